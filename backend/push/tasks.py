"""Celery tasks: ids in, nothing out. What waits, waits in PostgreSQL; a lost or doubled task does no harm."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task

from backend.push.services import dispatch, dispatch_many


@shared_task(name="push.dispatch", queue="default", max_retries=0, ignore_result=True)
def dispatch_push(message_id: str) -> None:
    """Give a message its turn. Tries are counted in the database, not here."""
    dispatch(message_id=UUID(message_id))


@shared_task(name="push.dispatch_many", queue="default", max_retries=0, ignore_result=True)
def dispatch_pushes(message_ids: list[str]) -> None:
    """The same for a batch of messages to phones."""
    dispatch_many(message_ids=[UUID(message_id) for message_id in message_ids])

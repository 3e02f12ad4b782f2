"""Celery tasks: ids in, nothing out. What waits, waits in PostgreSQL; a lost or doubled task does no harm."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task

from backend.push.services import dispatch, dispatch_many, tell_topics

ROUNDS = 5  # of up to a thousand phones


@shared_task(name="push.dispatch", queue="default", max_retries=0, ignore_result=True)
def dispatch_push(message_id: str) -> None:
    """Give a message its turn. Tries are counted in the database, not here."""
    dispatch(message_id=UUID(message_id))


@shared_task(name="push.dispatch_many", queue="default", max_retries=0, ignore_result=True)
def dispatch_pushes(message_ids: list[str]) -> None:
    """The same for a batch of messages to phones."""
    dispatch_many(message_ids=[UUID(message_id) for message_id in message_ids])


@shared_task(name="push.tell_topics", queue="default", max_retries=0, ignore_result=True)
def tell_of_topics() -> None:
    """Tell the push service which phones are in which topics, until nothing is due or the task is long enough."""
    for _ in range(ROUNDS):
        if not tell_topics():
            return

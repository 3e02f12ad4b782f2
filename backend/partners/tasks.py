"""Celery tasks: ids in, nothing out. What waits, waits in PostgreSQL; a lost or doubled task does no harm."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task

from backend.partners.services import dispatch


@shared_task(name="partners.dispatch", queue="bulk", max_retries=0, ignore_result=True)
def dispatch_webhook(webhook_id: str) -> None:
    """Give a webhook its turn. Tries are counted in the database, not here."""
    dispatch(webhook_id=UUID(webhook_id))

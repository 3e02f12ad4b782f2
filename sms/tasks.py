"""Celery tasks: ids in, nothing out. What waits, waits in PostgreSQL; a lost or doubled task does no harm."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task

from sms.handset import carrier
from sms.services import dispatch


@shared_task(name="sms.dispatch", queue="statutory", max_retries=0, ignore_result=True)
def dispatch_message(message_id: str) -> None:
    """Give a message its turn. Published to the queue of its purpose. Tries are counted in the database, not here."""
    dispatch(message_id=UUID(message_id))


@shared_task(name="sms.report_handset", queue="bulk", max_retries=0, ignore_result=True)
def report_handset() -> None:
    """Let the embedded carrier report what its handsets have got."""
    carrier.report_delivered()

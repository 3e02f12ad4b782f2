"""Celery tasks: ids in, nothing out. What waits, waits in PostgreSQL; a lost or doubled task does no harm."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task

from backend.inquiries.services import keep_recording


@shared_task(name="inquiries.recording", queue="files", max_retries=0, ignore_result=True)
def fetch_recording(call_id: str) -> None:
    """Fetch the sound of a call. Tries are counted in the database, not here."""
    keep_recording(call_id=UUID(call_id))

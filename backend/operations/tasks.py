"""Celery tasks: the answer to a knock."""

from __future__ import annotations

from celery import shared_task

from backend.operations.services import note_answer


@shared_task(name="operations.answer", queue="default", max_retries=0, ignore_result=True)
def answer(queue: str) -> None:
    """Say that a worker listens to this queue."""
    note_answer(queue=queue)

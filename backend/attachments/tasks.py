"""Celery tasks of the file store."""

from celery import shared_task

from backend.attachments.services import remove_leftovers as sweep


@shared_task(name="attachments.remove_leftovers", queue="files", max_retries=0, ignore_result=True)
def remove_leftovers() -> None:
    """Delete bytes that a crash left behind. Beat calls it again."""
    sweep()

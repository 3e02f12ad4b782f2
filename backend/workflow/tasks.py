"""Celery tasks of workflow."""

from celery import shared_task

from backend.workflow.services import sweep_deadlines as sweep


@shared_task(name="workflow.sweep_deadlines", queue="default", max_retries=0, ignore_result=True)
def sweep_deadlines() -> None:
    """Tell of passed deadlines. Beat calls it again; what one run misses the next finds."""
    sweep()

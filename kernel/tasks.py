"""Housekeeping that may run at any time, twice, or late."""

from __future__ import annotations

from celery import shared_task

from kernel import idempotency, realtime


@shared_task(name="kernel.forget_old", queue="default", max_retries=0)
def forget_old() -> None:
    """Drop answers past 24 hours and live events past 30 days; the next round takes what this one missed."""
    idempotency.forget_expired()
    realtime.forget_old()

"""Per-number limits, counted in PostgreSQL so that neither a cache flush nor parallel callers get around them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection

from kernel import clock
from sms.types import SendingPolicy

_COUNT = """
    INSERT INTO sms_numberlimit (number_index, purpose, "window", starts_at, used) VALUES (%s, %s, %s, %s, 1)
    ON CONFLICT (number_index, purpose, "window", starts_at)
    DO UPDATE SET used = sms_numberlimit.used + 1 WHERE sms_numberlimit.used < %s
    RETURNING used
"""


def count(number_index: bytes, policy: SendingPolicy, now: datetime) -> datetime | None:
    """Count one text for a number, inside the caller's transaction. None when it is within the limits, else the moment
    when the exhausted hour or day ends. A rollback gives the count back."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    day = clock.local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    windows = (
        ("hour", hour, hour + timedelta(hours=1), policy.hourly_limit),
        ("day", day, day + timedelta(days=1), policy.daily_limit),
    )
    for window, starts_at, ends_at, limit in windows:
        if limit and not _count(number_index, policy, window, starts_at, limit):
            return ends_at
    return None


def _count(number_index: bytes, policy: SendingPolicy, window: str, starts_at: datetime, limit: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [number_index, policy.purpose.value, window, starts_at, limit])
        return cursor.fetchone() is not None

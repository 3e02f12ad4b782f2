"""When a worker that is alive counts as silent."""

from __future__ import annotations

from datetime import datetime, timedelta

QUEUES = ("otp", "statutory", "bulk", "files", "default")
EVERY = timedelta(seconds=10)
SILENT = timedelta(seconds=30)


def is_silent(asked_at: datetime, answered_at: datetime | None, started_at: datetime, now: datetime) -> bool:
    """Whether a worker that has nothing to do does not answer: knocks go out (one was lately), it has been up long
    enough to hear several, and none was answered for half a minute."""
    if now - asked_at > EVERY * 2:
        return False
    return now - max(answered_at or started_at, started_at) > SILENT

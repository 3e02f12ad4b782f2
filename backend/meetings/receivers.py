"""What the relay calls."""

from __future__ import annotations

from datetime import timedelta

from backend.meetings.services import remind_due
from kernel.outbox import register_pump


def _remind() -> None:
    remind_due()


register_pump("meetings.reminders", _remind, every=timedelta(seconds=20))

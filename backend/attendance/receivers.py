"""What the relay calls. Leave, trips and outings come as events, by name."""

from __future__ import annotations

from datetime import timedelta

from backend.attendance.services import show_due
from kernel.outbox import register_pump


def _show() -> None:
    show_due()


register_pump("attendance.months", _show, every=timedelta(minutes=5))

"""What the relay does for notifications."""

from __future__ import annotations

from datetime import timedelta

from backend.notifications.services import climb
from kernel.outbox import register_pump


def step() -> None:
    """Send texts for urgent messages that nobody read."""
    climb()


register_pump("notifications.ladder", step, every=timedelta(seconds=20))

"""What the relay calls."""

from __future__ import annotations

from datetime import timedelta

from backend.documents.services import text_unread
from kernel.outbox import register_pump


def _text() -> None:
    text_unread()


register_pump("documents.unread", _text, every=timedelta(seconds=60))

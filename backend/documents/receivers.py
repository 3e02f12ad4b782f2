"""What the relay calls."""

from __future__ import annotations

from datetime import timedelta

from backend.documents.services import print_missing, text_unread
from kernel.outbox import register_pump


def _text() -> None:
    text_unread()


def _print() -> None:
    print_missing()


register_pump("documents.pages", _print, every=timedelta(seconds=30))
register_pump("documents.unread", _text, every=timedelta(seconds=60))

"""A journal of its own for each test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.factories import journal


@pytest.fixture(autouse=True)
def anchor_file(tmp_path: Path, settings: Any) -> Path:
    """An anchor file that no other test writes to."""
    settings.JOURNAL_ANCHOR_PATH = str(tmp_path / "outside" / "journal.jsonl")
    return Path(settings.JOURNAL_ANCHOR_PATH)


@pytest.fixture
def chain(db: None, travel: Callable[..., None]) -> int:
    """Thirty sealed lines, anchored at 10, 20 and 30; returns how many."""
    for _ in range(3):
        journal.sealed_lines(10)
        travel(seconds=61)
    return 30

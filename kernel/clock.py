"""Time. Only the database's clock decides anything; servers and phones may be wrong (reliability F19)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection

SHANGHAI = ZoneInfo("Asia/Shanghai")

_shift = timedelta()
_held: datetime | None = None


def now() -> datetime:
    """The moment by the database's clock (`clock_timestamp()`, not the transaction's start), aware, in UTC."""
    if _held is not None:
        return _held
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment.astimezone(UTC) + _shift


def local(moment: datetime) -> datetime:
    """The same moment as a clock on a wall in Suqian shows it."""
    return moment.astimezone(SHANGHAI)


def today() -> date:
    """The calendar day in Suqian by the database's clock."""
    return local(now()).date()


@contextmanager
def shifted(by: timedelta) -> Iterator[None]:
    """Let `now` run ahead (or behind) inside the block, in this process only. For tests and scripted plays."""
    global _shift  # noqa: PLW0603 - one process-wide offset is the whole point
    before = _shift
    _shift = before + by
    try:
        yield
    finally:
        _shift = before


@contextmanager
def held(at: datetime) -> Iterator[None]:
    """Let `now` stand still at a moment inside the block, in this process only. For tests and scripted plays."""
    global _held  # noqa: PLW0603 - one process-wide moment is the whole point
    before = _held
    _held = at.astimezone(UTC)
    try:
        yield
    finally:
        _held = before

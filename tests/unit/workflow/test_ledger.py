"""A deadline is replayed from its entries (domain.md 3.3): pause, resume, extend once, close."""

from __future__ import annotations

import pytest

from backend.workflow import rules
from backend.workflow.types import (
    Calendar,
    CalendarDayInfo,
    DayKind,
    DeadlineState,
    EntryKind,
    Ledger,
    LedgerEntry,
    Unit,
)
from kernel.errors import DomainError
from tests.unit.workflow.test_clock import CALENDAR, d

START = LedgerEntry(EntryKind.START, d("2013-11-07"), days=20)
REVIEW = LedgerEntry(
    EntryKind.PAUSE, d("2013-11-14"), days=5, procedure="expert_review", notice_number="特告〔2013〕1号"
)


def entry(kind: EntryKind, on: str, days: int = 0) -> LedgerEntry:
    """An entry of that day."""
    return LedgerEntry(kind, d(on), days=days)


def replay(*entries: LedgerEntry) -> Ledger:
    """Replay over the official calendar."""
    return rules.replay(CALENDAR, entries)


def refused(*entries: LedgerEntry) -> str:
    """The code with which the last entry is refused; all before it must be fine."""
    replay(*entries[:-1])
    with pytest.raises(DomainError) as refusal:
        replay(*entries)
    return refusal.value.code.code


def test_a_running_procedure_counts_as_planned() -> None:
    """While it goes on, the due date is what the written notice promised."""
    ledger = replay(START, REVIEW)
    assert ledger.state is DeadlineState.PAUSED
    assert rules.ledger_due(CALENDAR, ledger) == d("2013-12-12")


@pytest.mark.parametrize(("end", "due"), [("2013-11-20", "2013-12-12"), ("2013-11-15", "2013-12-09")])
def test_the_real_end_counts(end: str, due: str) -> None:
    """A procedure that ended early gives days back."""
    ledger = replay(START, REVIEW, entry(EntryKind.RESUME, end))
    assert ledger.state is DeadlineState.RUNNING
    assert rules.ledger_due(CALENDAR, ledger) == d(due)


def test_extension_adds_to_the_due_date() -> None:
    """Ten more working days after 2013-12-05."""
    ledger = replay(START, entry(EntryKind.EXTEND, "2013-12-04", 10))
    assert rules.ledger_due(CALENDAR, ledger) == d("2013-12-19")


def test_extension_once_only() -> None:
    """Art. 42."""
    extend = entry(EntryKind.EXTEND, "2013-12-02", 10)
    assert refused(START, extend, extend) == "deadline_already_extended"


@pytest.mark.parametrize("on", ["2013-12-05", "2013-12-06"])
def test_extension_only_before_the_due_date(on: str) -> None:
    """Requested before the due date, not on it."""
    assert refused(START, entry(EntryKind.EXTEND, on, 10)) == "extension_too_late"


def test_order_of_entries_is_checked() -> None:
    """What cannot happen is refused by name."""
    resume, close = entry(EntryKind.RESUME, "2013-11-20"), entry(EntryKind.CLOSE, "2013-11-21")
    assert refused(START, START) == "deadline_already_running"
    assert refused(START, resume) == "deadline_not_paused"
    assert refused(START, REVIEW, REVIEW) == "deadline_already_paused"
    assert refused(START, REVIEW, entry(EntryKind.RESUME, "2013-11-13")) == "deadline_bad_dates"
    assert refused(START, REVIEW, resume, entry(EntryKind.PAUSE, "2013-11-20", 3)) == "deadline_bad_dates"
    assert refused(START, entry(EntryKind.PAUSE, "2013-11-06", 3)) == "deadline_bad_dates"
    assert refused(START, entry(EntryKind.PAUSE, "2013-12-06", 3)) == "pause_too_late"
    assert refused(START, entry(EntryKind.PAUSE, "2013-11-14", 0)) == "deadline_bad_length"
    assert refused(START, entry(EntryKind.EXTEND, "2013-11-14", 0)) == "deadline_bad_length"
    assert refused(START, close, REVIEW) == "deadline_closed"
    with pytest.raises(DomainError):
        replay(REVIEW)


def test_elapsed_and_remaining() -> None:
    """Paused days are used by nobody; closing stops the count."""
    ledger = replay(START, REVIEW, entry(EntryKind.RESUME, "2013-11-20"))
    assert [rules.ledger_elapsed(CALENDAR, ledger, d(day)) for day in ("2013-11-07", "2013-11-13", "2013-11-20")] == [
        0,
        4,
        4,
    ]
    assert rules.ledger_elapsed(CALENDAR, ledger, d("2013-11-21")) == 5
    closed = replay(START, REVIEW, entry(EntryKind.RESUME, "2013-11-20"), entry(EntryKind.CLOSE, "2013-11-22"))
    assert rules.ledger_elapsed(CALENDAR, closed, d("2013-12-31")) == 6


def test_a_procedure_longer_than_planned_still_stops_the_clock() -> None:
    """Supervision sees the excess; the clock does not run meanwhile."""
    assert rules.ledger_elapsed(CALENDAR, replay(START, REVIEW), d("2013-12-31")) == 4


def test_import_of_a_year_moves_a_provisional_date() -> None:
    """The same entries over a fuller calendar give another date."""
    start = LedgerEntry(EntryKind.START, d("2026-12-24"), days=10)
    ledger = replay(start)
    before = rules.ledger_due(CALENDAR, ledger)
    year = rules.days_of_year(2027, [(d("2027-01-01"), DayKind.HOLIDAY, "元旦")])
    added = [CalendarDayInfo(*row) for row in year]
    after = rules.ledger_due(Calendar.of([*CALENDAR.days.values(), *added]), ledger)
    assert (before, after) == (d("2027-01-07"), d("2027-01-08"))


def test_pauses_in_calendar_days() -> None:
    """A limit in calendar days stops too, and rolls at its end."""
    start = LedgerEntry(EntryKind.START, d("2026-09-07"), days=10, unit=Unit.CALENDAR_DAYS)
    pause = LedgerEntry(EntryKind.PAUSE, d("2026-09-10"), days=1, procedure="testing")
    resume = LedgerEntry(EntryKind.RESUME, d("2026-09-11"))
    ledger = replay(start, pause, resume)
    assert rules.ledger_due(CALENDAR, ledger) == d("2026-09-20")


def test_rolled_days_are_not_used_up() -> None:
    """On the due date after a holiday no more than the limit is used; the day after it is late."""
    ledger = replay(LedgerEntry(EntryKind.START, d("2026-09-12"), days=20, unit=Unit.CALENDAR_DAYS))
    assert rules.ledger_elapsed(CALENDAR, ledger, d("2026-10-08")) == 20
    assert rules.ledger_elapsed(CALENDAR, ledger, d("2026-10-09")) == 27

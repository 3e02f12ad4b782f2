"""What holds for every start, limit and pause (domain.md 3.3), tried at random."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from backend.workflow import rules
from backend.workflow.types import DayReason, EntryKind, LedgerEntry, Pause, Unit
from tests.unit.workflow.test_clock import CALENDAR

starts = st.dates(date(2005, 1, 1), date(2025, 6, 1))
limits = st.integers(0, 90)
units = st.sampled_from(list(Unit))
working = Unit.WORKING_DAYS


@st.composite
def pauses(draw: st.DrawFn, start: date) -> list[Pause]:
    """Up to three pauses after a start, one after the other."""
    found: list[Pause] = []
    day = start
    for _ in range(draw(st.integers(0, 3))):
        first = day + timedelta(days=draw(st.integers(1, 20)))
        last = first + timedelta(days=draw(st.integers(0, 15)))
        found.append(Pause(first, last, last, 1, "testing"))
        day = last
    return found


@given(st.data(), starts, limits, units)
@settings(max_examples=50, deadline=None)
def test_the_reckoning_is_whole(data: st.DataObject, start: date, limit: int, unit: Unit) -> None:
    """It names every day once, counts exactly the limit, and ends on a working day outside pauses."""
    stops = data.draw(pauses(start))
    entries = rules.explain(CALENDAR, start, limit, unit, stops)
    assert [entry.day for entry in entries] == [start + timedelta(days=n) for n in range(len(entries))]
    assert [entry.number for entry in entries if entry.counted] == list(range(1, limit + 1))
    assert CALENDAR.is_workday(entries[-1].day)
    assert not any(stop.contains(entries[-1].day) for stop in stops)
    assert [entry.reason for entry in entries].count(DayReason.DUE) == 1


@given(st.data(), starts, st.integers(1, 90))
@settings(max_examples=40, deadline=None)
def test_used_and_left_make_the_limit(data: st.DataObject, start: date, limit: int) -> None:
    """On the due date everything is used up; before it the sum is the limit."""
    stops = data.draw(pauses(start))
    due = rules.due_date(CALENDAR, start, limit, working, stops)
    assert rules.elapsed_days(CALENDAR, start, due, working, stops) == limit
    today = start + timedelta(days=data.draw(st.integers(0, max(0, (due - start).days))))
    assert 0 <= rules.elapsed_days(CALENDAR, start, today, working, stops) <= limit


@given(starts, limits, st.integers(0, 30))
@settings(max_examples=40, deadline=None)
def test_limits_add_up(start: date, limit: int, more: int) -> None:
    """Extending is the same as counting on; a longer limit never ends earlier."""
    due = rules.due_date(CALENDAR, rules.next_workday(CALENDAR, start), limit, working)
    longer = rules.due_date(CALENDAR, rules.next_workday(CALENDAR, start), limit + more, working)
    assert longer == rules.due_date(CALENDAR, due, more, working)
    assert longer >= due


@given(starts, st.integers(1, 60), st.integers(1, 20), st.integers(1, 20))
@settings(max_examples=40, deadline=None)
def test_a_pause_moves_the_end_by_its_working_days(start: date, limit: int, after: int, planned: int) -> None:
    """Pausing n working days inside the limit moves the due date n working days."""
    plain = rules.due_date(CALENDAR, start, limit, working)
    first = min(rules.next_workday(CALENDAR, start + timedelta(days=after)), plain)
    if first <= start:
        return
    stop = LedgerEntry(EntryKind.PAUSE, first, days=planned, procedure="hearing")
    ledger = rules.replay(CALENDAR, [LedgerEntry(EntryKind.START, start, days=limit), stop])
    assert rules.ledger_due(CALENDAR, ledger) == rules.due_date(CALENDAR, plain, planned, working)
    resumed = rules.apply(CALENDAR, ledger, LedgerEntry(EntryKind.RESUME, ledger.pauses[0].planned_end))
    assert rules.ledger_due(CALENDAR, resumed) == rules.ledger_due(CALENDAR, ledger)

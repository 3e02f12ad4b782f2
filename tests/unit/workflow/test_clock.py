"""The working-day clock counts as domain.md 3.3 says, on every vector of domain.md 14."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from backend.workflow import rules, seeds
from backend.workflow.types import Calendar, CalendarDayInfo, DayKind, DayReason, Hours, Pause, Unit
from kernel.errors import DomainError

HOURS = Hours(time(9), time(17, 30))


def _calendar() -> Calendar:
    days = [
        CalendarDayInfo(day, kind, name)
        for year in range(seeds.FIRST_YEAR, seeds.LAST_YEAR + 1)
        for day, kind, name in rules.days_of_year(year, seeds.special_days(year))
    ]
    return Calendar.of(days)


CALENDAR = _calendar()


def d(text: str) -> date:
    """A date of this text."""
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2013-11-07", 20, "2013-12-05"),
        ("2013-09-27", 5, "2013-10-10"),
        ("2013-09-30", 5, "2013-10-12"),
        ("2014-01-24", 5, "2014-01-30"),
        ("2014-01-24", 20, "2014-02-26"),
        ("2026-02-13", 5, "2026-02-27"),
        ("2026-04-30", 45, "2026-07-07"),
        ("2026-09-24", 20, "2026-10-29"),
        ("2026-09-30", 1, "2026-10-08"),
        ("2013-11-25", 5, "2013-12-02"),
        ("2013-11-25", 20, "2013-12-23"),
    ],
)
def test_working_days(start: str, days: int, due: str) -> None:
    """Vectors in working days."""
    assert rules.due_date(CALENDAR, d(start), days, Unit.WORKING_DAYS) == d(due)


def test_a_make_up_saturday_can_be_the_last_day() -> None:
    """2013-10-12 is a Saturday on which offices work."""
    entry = rules.explain(CALENDAR, d("2013-09-30"), 5, Unit.WORKING_DAYS)[-1]
    assert (entry.day.weekday(), entry.kind, entry.number, entry.reason) == (
        5,
        DayKind.ADJUSTED_WORKDAY,
        5,
        DayReason.DUE,
    )


def test_special_procedure_is_not_counted() -> None:
    """Expert review from 11-14 to 11-20 moves 2013-12-05 to 2013-12-12."""
    pause = Pause(d("2013-11-14"), d("2013-11-20"), d("2013-11-20"), 5, "expert_review")
    explanation = rules.explain(CALENDAR, d("2013-11-07"), 20, Unit.WORKING_DAYS, [pause])
    assert explanation[-1].day == d("2013-12-12")
    paused = [entry.day for entry in explanation if entry.reason is DayReason.PAUSED]
    assert (paused[0], paused[-1], len(paused)) == (d("2013-11-14"), d("2013-11-20"), 7)


@pytest.mark.parametrize(
    ("start", "days", "last_counted", "due"),
    [("2026-09-12", 20, "2026-10-02", "2026-10-08"), ("2026-09-29", 3, "2026-10-02", "2026-10-08")],
)
def test_calendar_days_roll_to_a_working_day(start: str, days: int, last_counted: str, due: str) -> None:
    """The last day of a period in calendar days rolls over a holiday."""
    explanation = rules.explain(CALENDAR, d(start), days, Unit.CALENDAR_DAYS)
    assert [entry.day for entry in explanation if entry.number == days] == [d(last_counted)]
    assert explanation[-1].day == d(due)


def test_deemed_acceptance() -> None:
    """No notice by 2013-12-02: accepted as of 2013-11-25, and the decision is due 2013-12-23."""
    notice_due = rules.due_date(CALENDAR, d("2013-11-25"), 5, Unit.WORKING_DAYS)
    assert notice_due == d("2013-12-02")
    silence = {"received": d("2013-11-25"), "notice_due": notice_due, "answered_on": None}
    assert rules.deemed_accepted_on(**silence, today=d("2013-12-02")) is None
    accepted = rules.deemed_accepted_on(**silence, today=d("2013-12-03"))
    assert accepted == d("2013-11-25")
    assert rules.due_date(CALENDAR, accepted, 20, Unit.WORKING_DAYS) == d("2013-12-23")


@pytest.mark.parametrize(("answered", "accepted"), [("2013-12-02", None), ("2013-12-03", "2013-11-25")])
def test_a_late_notice_does_not_undo_deemed_acceptance(answered: str, accepted: str | None) -> None:
    """Only an answer inside the five days counts."""
    found = rules.deemed_accepted_on(
        received=d("2013-11-25"), notice_due=d("2013-12-02"), answered_on=d(answered), today=d("2013-12-10")
    )
    assert found == (d(accepted) if accepted else None)


def test_official_plans_of_the_vectors_stand_in_the_seeds() -> None:
    """Every holiday and make-up workday that domain.md 14 lists for 2013, 2014 and 2026."""
    off = [("2013-09-19", "2013-09-21"), ("2013-10-01", "2013-10-07"), ("2014-01-01", "2014-01-01")]
    off += [("2014-01-31", "2014-02-06"), ("2026-01-01", "2026-01-03"), ("2026-02-15", "2026-02-23")]
    off += [("2026-04-04", "2026-04-06"), ("2026-05-01", "2026-05-05"), ("2026-06-19", "2026-06-21")]
    off += [("2026-09-25", "2026-09-27"), ("2026-10-01", "2026-10-07")]
    work = "2013-09-22 2013-09-29 2013-10-12 2014-01-26 2014-02-08 2026-01-04 2026-02-14 2026-02-28 2026-05-09"
    for first, last in off:
        span = (d(last) - d(first)).days
        assert not any(CALENDAR.is_workday(d(first) + timedelta(days=n)) for n in range(span + 1)), first
    for day in f"{work} 2026-09-20 2026-10-10".split():
        assert CALENDAR.info(d(day)).kind is DayKind.ADJUSTED_WORKDAY


def test_an_unknown_year_is_guessed_and_marked() -> None:
    """A missing year counts weekends only and is provisional."""
    explanation = rules.explain(CALENDAR, d("2026-12-24"), 10, Unit.WORKING_DAYS)
    assert explanation[-1].day == d("2027-01-07")
    assert rules.is_provisional(explanation)
    assert not rules.is_provisional(rules.explain(CALENDAR, d("2026-12-01"), 10, Unit.WORKING_DAYS))


@pytest.mark.parametrize(("start", "due"), [("2026-09-24", "2026-09-24"), ("2026-09-26", "2026-09-28")])
def test_an_immediate_matter_is_due_the_same_day(start: str, due: str) -> None:
    """A limit of 0 ends on the day itself, or the next working day."""
    assert rules.due_date(CALENDAR, d(start), 0, Unit.WORKING_DAYS) == d(due)


@pytest.mark.parametrize("limit", [-1, 3661])
def test_a_senseless_limit_is_refused(limit: int) -> None:
    """Outside 0 to 3660."""
    with pytest.raises(DomainError) as refusal:
        rules.due_date(CALENDAR, d("2026-01-05"), limit, Unit.WORKING_DAYS)
    assert refusal.value.code.code == "deadline_bad_length"


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-09-24T17:30", "2026-09-24"),
        ("2026-09-24T17:30:01", "2026-09-28"),
        ("2026-09-24T06:00", "2026-09-24"),
        ("2026-10-03T10:00", "2026-10-08"),
        ("2026-10-10T10:00", "2026-10-10"),
    ],
)
def test_day_of_receipt(moment: str, day: str) -> None:
    """Sent after closing or on a day of rest counts as received on the next working day."""
    assert rules.received_on(CALENDAR, datetime.fromisoformat(moment), HOURS) == d(day)


def test_overdue_begins_after_the_end_of_business() -> None:
    """The last second of business hours is still in time."""
    due_at = rules.end_of_business(d("2026-09-24"), HOURS)
    assert due_at == datetime(2026, 9, 24, 17, 30)
    assert not rules.is_overdue(due_at, due_at)
    assert rules.is_overdue(due_at, due_at + timedelta(microseconds=1))


@pytest.mark.parametrize(
    ("today", "due", "left"),
    [("2026-09-24", "2026-09-24", 0), ("2026-09-24", "2026-09-28", 1), ("2026-09-28", "2026-09-24", -1)],
)
def test_working_days_left(today: str, due: str, left: int) -> None:
    """Weekends and holidays are nobody's time."""
    assert rules.working_days_left(CALENDAR, d(today), d(due)) == left


@pytest.mark.parametrize(
    "special",
    [
        [(date(2026, 1, 1), DayKind.HOLIDAY, "元旦")],
        [(date(2027, 1, 1), DayKind.HOLIDAY, "元旦")] * 2,
        [(date(2027, 1, 4), DayKind.ADJUSTED_WORKDAY, "元旦")],
    ],
)
def test_a_wrong_calendar_is_refused(special: list[tuple[date, DayKind, str]]) -> None:
    """A day of another year, a day twice, a make-up workday on a Monday."""
    with pytest.raises(DomainError) as refusal:
        rules.days_of_year(2027, special)
    assert refusal.value.code.code == "calendar_invalid"

"""The judgement of a day, by holidays and make-up workdays as the deadlines know them (issue 6, domain.md 10.2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.attendance import rules
from backend.attendance.types import AbsenceKind, DayFacts, DayVerdict, Half, Mark, Plan, PunchKind, Span, Where
from backend.workflow.seeds import special_days
from backend.workflow.types import Calendar, CalendarDayInfo

ZONE = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 11, 23)
AM, PM = Span(time(9), time(12)), Span(time(13, 30), time(17, 30))
PLAN = Plan({Half.AM: AM, Half.PM: PM}, grace_minutes=5)
CALENDAR = Calendar.of([CalendarDayInfo(*row) for row in special_days(2026)])
NIGHT = datetime.combine(DAY, time(23), ZONE)


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    return datetime.combine(day, time(hour, minute), ZONE)


def verdict(
    came: datetime | None,
    went: datetime | None,
    *,
    away: dict[Half, AbsenceKind] | None = None,
    now: datetime = NIGHT,
    plan: Plan = PLAN,
) -> DayVerdict:
    facts = DayFacts(DAY, True, plan, True, punched_in=came, punched_out=went, away=away or {})
    return rules.judge(facts, now)


@pytest.mark.parametrize(
    ("came", "went", "marks", "late", "early", "absent"),
    [
        (at(8, 50), at(17, 31), (), 0, 0, ()),
        (at(9, 5), at(17, 25), (), 0, 0, ()),
        (at(9, 6), at(17, 30), (Mark.LATE,), 6, 0, ()),
        (at(9, 0), at(17, 24), (Mark.EARLY,), 0, 6, ()),
        (at(9, 30), at(16, 30), (Mark.LATE, Mark.EARLY), 30, 60, ()),
        (at(12, 0), at(17, 30), (Mark.ABSENT,), 0, 0, (Half.AM,)),
        (at(13, 50), at(17, 30), (Mark.LATE, Mark.ABSENT), 20, 0, (Half.AM,)),
        (at(9, 0), at(13, 30), (Mark.ABSENT,), 0, 0, (Half.PM,)),
        (at(9, 0), at(11, 0), (Mark.EARLY, Mark.ABSENT), 0, 60, (Half.PM,)),
        (at(9, 0), None, (Mark.ABSENT,), 0, 0, (Half.PM,)),
        (None, at(17, 30), (Mark.ABSENT,), 0, 0, (Half.AM,)),
        (None, None, (Mark.ABSENT,), 0, 0, (Half.AM, Half.PM)),
        (at(18, 0), at(18, 30), (Mark.ABSENT,), 0, 0, (Half.AM, Half.PM)),
    ],
)
def test_a_whole_day(
    came: datetime | None,
    went: datetime | None,
    marks: tuple[Mark, ...],
    late: int,
    early: int,
    absent: tuple[Half, ...],
) -> None:
    found = verdict(came, went)
    assert (found.marks, found.late_minutes, found.early_minutes, found.absent) == (marks, late, early, absent)


def test_half_a_day_of_leave_moves_what_is_expected() -> None:
    found = verdict(at(13, 29), at(17, 30), away={Half.AM: AbsenceKind.LEAVE})
    assert (found.expected_in, found.marks) == (at(13, 30), (Mark.LEAVE,))
    found = verdict(at(9), at(12), away={Half.PM: AbsenceKind.TRIP})
    assert (found.expected_out, found.marks) == (at(12), (Mark.TRIP,))
    both = verdict(None, None, away={Half.AM: AbsenceKind.OUTING, Half.PM: AbsenceKind.OUTING})
    assert (both.expected_in, both.absent, both.marks) == (None, (), (Mark.OUTING,))


@pytest.mark.parametrize(
    ("now", "came", "marks"),
    [
        (at(8), None, ()),
        (at(10), None, ()),
        (at(12), None, (Mark.ABSENT,)),
        (at(10), at(9, 20), (Mark.LATE,)),
        (at(17, 29), at(8, 50), ()),
        (at(17, 30), at(8, 50), (Mark.ABSENT,)),
    ],
)
def test_nothing_is_judged_before_it_is_over(now: datetime, came: datetime | None, marks: tuple[Mark, ...]) -> None:
    assert verdict(came, None, now=now).marks == marks


def test_going_for_lunch_is_not_early_while_the_day_lasts() -> None:
    assert verdict(at(9), at(12, 5), now=at(13)).marks == ()
    assert verdict(at(9), at(12, 5), now=at(18)).marks == (Mark.ABSENT,)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 10, 1), False),  # National Day, a Thursday
        (date(2026, 10, 10), True),  # make-up workday, a Saturday
        (date(2026, 2, 14), True),
        (date(2026, 2, 16), False),
        (date(2026, 11, 21), False),
        (date(2026, 11, 23), True),
    ],
)
def test_the_calendar_of_the_deadlines_decides_what_is_a_workday(day: date, works: bool) -> None:
    plan = rules.plan_of(PLAN, {}, is_workday=CALENDAR.is_workday(day))
    found = rules.judge(DayFacts(day, works, plan, True), at(23, day=day))
    assert found.marks == ((Mark.ABSENT,) if works else (Mark.REST,))


def test_a_duty_at_a_window_makes_a_day_of_rest_a_day_of_work() -> None:
    saturday = rules.plan_of(PLAN, {Half.AM: Span(time(8, 30), time(11, 30))}, is_workday=False)
    assert dict(saturday.halves) == {Half.AM: Span(time(8, 30), time(11, 30))}
    workday = rules.plan_of(PLAN, {Half.AM: Span(time(8, 30), time(11, 30))}, is_workday=True)
    assert workday.halves[Half.PM] == PM


MOMENTS = st.none() | st.integers(0, 24 * 60 - 1).map(lambda minute: at(minute // 60, minute % 60))
AWAY = st.dictionaries(st.sampled_from(list(Half)), st.sampled_from(list(AbsenceKind)))
PLANS = st.sampled_from([PLAN, Plan({Half.AM: AM}), Plan({Half.PM: PM}, 10), Plan()])


@given(came=MOMENTS, went=MOMENTS, away=AWAY, plan=PLANS, now=MOMENTS.filter(bool))
def test_what_holds_for_every_day(
    came: datetime | None, went: datetime | None, away: dict[Half, AbsenceKind], plan: Plan, now: datetime
) -> None:
    found = verdict(came, went, away=away, now=now, plan=plan)
    assert set(found.absent).isdisjoint(away)
    assert set(found.absent) <= set(plan.halves)
    assert set(found.away) <= set(plan.halves)
    assert (Mark.REST in found.marks) == (not plan.halves)
    assert (Mark.ABSENT in found.marks) == bool(found.absent)
    assert (Mark.LATE in found.marks) == (found.late_minutes > plan.grace_minutes)
    assert (Mark.EARLY in found.marks) == (found.early_minutes > plan.grace_minutes)
    assert all(now >= at(plan.halves[half].ends.hour, plan.halves[half].ends.minute) for half in found.absent)


@given(came=MOMENTS, went=MOMENTS, minutes=st.integers(0, 600))
def test_coming_sooner_and_going_later_never_makes_a_day_worse(
    came: datetime | None, went: datetime | None, minutes: int
) -> None:
    if came is None or went is None or came > went:
        return
    first, last = at(0), at(23, 59)
    better = verdict(max(first, came - timedelta(minutes=minutes)), min(last, went + timedelta(minutes=minutes)))
    worse = verdict(came, went)
    assert len(better.absent) <= len(worse.absent)
    if better.absent == worse.absent:
        assert better.late_minutes <= worse.late_minutes
        assert better.early_minutes <= worse.early_minutes


def test_a_month_in_figures() -> None:
    days = [
        verdict(at(9, 30), at(17, 30)),
        verdict(None, None),
        verdict(at(13, 30), at(17, 0), away={Half.AM: AbsenceKind.LEAVE}),
    ]
    days = [replace(row, day=DAY + timedelta(days=step)) for step, row in enumerate(days)]
    planned = {row.day: 2 for row in days}
    found = rules.totals(days, planned, DAY + timedelta(days=2))
    assert (found.expected, found.absent, found.leave, found.worked) == (3, 1, 0.5, 1.5)
    assert (found.late, found.late_minutes, found.early, found.early_minutes) == (1, 30, 1, 30)
    assert rules.totals(days, planned, DAY).expected == 1


def test_halves_between_two_ends_are_away() -> None:
    first, last = (DAY, Half.PM), (DAY + timedelta(days=2), Half.AM)
    found = [set(rules.away_on(DAY + timedelta(days=step), AbsenceKind.LEAVE, first, last)) for step in range(-1, 4)]
    assert found == [set(), {Half.PM}, {Half.AM, Half.PM}, {Half.AM}, set()]


def test_inside_is_told_with_the_inaccuracy_allowed_for_and_no_more() -> None:
    place = (33.9630, 118.2750, 200.0)
    north = (33.9630 + 250 / 111_195, 118.2750)
    assert rules.where(None, 0, [place], 100) is Where.UNKNOWN
    assert rules.where(north, 0, [], 100) is Where.UNKNOWN
    assert rules.where(north, 0, [place], 100) is Where.OUTSIDE
    assert rules.where(north, 60, [place], 100) is Where.INSIDE
    assert rules.where((34.9, 118.2), 50_000, [place], 100) is Where.OUTSIDE


def test_the_button_and_the_month() -> None:
    assert rules.next_kind([]) is PunchKind.IN
    assert rules.next_kind([PunchKind.IN]) is PunchKind.OUT
    assert rules.next_kind([PunchKind.IN, PunchKind.OUT]) is PunchKind.IN
    assert rules.month_of("2026-02") == date(2026, 2, 1)
    assert [rules.month_of(text) for text in ("2026-13", "2026-2", "abc", "2026-021")] == [None] * 4
    assert len(rules.days_of(date(2026, 2, 1))) == 28
    assert rules.month_before(date(2026, 1, 15)) == date(2025, 12, 1)

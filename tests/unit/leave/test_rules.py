"""Decree 514 of 2007, articles 3 and 4; halves and days; a return gives back what was charged and not taken."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.leave import rules
from backend.leave.types import Half, Point, Step, Unit

STEPS = [Step(1, Decimal(5), 60), Step(10, Decimal(10), 90), Step(20, Decimal(15), 120)]
DAYS = st.dates(date(2013, 1, 1), date(2040, 1, 1))
POINTS = st.builds(Point, DAYS, st.sampled_from(Half))


def _weekday(day: date) -> bool:
    return day.weekday() < 5


@pytest.mark.parametrize(
    ("since", "on", "days"),
    [
        (date(2025, 7, 10), date(2026, 7, 31), 0),
        (date(2025, 7, 10), date(2026, 8, 1), 5),
        (date(2016, 11, 30), date(2026, 11, 30), 5),
        (date(2016, 11, 30), date(2026, 12, 1), 10),
        (date(2006, 3, 1), date(2026, 4, 1), 15),
    ],
)
def test_days_by_years_of_work_hold_from_the_month_after(since: date, on: date, days: int) -> None:
    step = rules.step_for(STEPS, rules.years_of_work(since, on))
    assert (step.days if step else 0) == days


@pytest.mark.parametrize(
    ("sick", "personal", "is_barred"), [(0, 0, False), (89, 19, False), (90, 0, True), (0, 20, True)]
)
def test_long_sick_or_personal_leave_bars_annual_leave(sick: int, personal: int, is_barred: bool) -> None:
    assert (rules.barred(STEPS[1], Decimal(sick), Decimal(personal), 20) is not None) is is_barred
    assert rules.barred(None, Decimal(sick), Decimal(personal), 20) is None


@given(POINTS)
def test_a_half_day_has_one_number(point: Point) -> None:
    assert rules.point_at(rules.position(point)) == point


@given(POINTS, st.integers(0, 500), st.sampled_from(Unit))
def test_days_are_counted_by_halves(first: Point, length: int, unit: Unit) -> None:
    last = rules.point_at(rules.position(first) + length)
    total = sum(rules.days_by_year(first, last, unit, _weekday).values())
    if unit is Unit.CALENDAR_DAYS:
        assert total == Decimal(length + 1) / 2
    worked = sum(_weekday(rules.point_at(rules.position(first) + one).day) for one in range(length + 1))
    assert total == Decimal(length + 1 if unit is Unit.CALENDAR_DAYS else worked) / 2


@given(POINTS, st.integers(1, 500), st.data())
def test_what_goes_back_and_what_stays_is_what_was_charged(first: Point, length: int, data: st.DataObject) -> None:
    end = rules.position(first) + length
    back = data.draw(st.integers(rules.position(first) + 1, end))
    charged = rules.days_by_year(first, rules.point_at(end), Unit.WORKING_DAYS, _weekday)
    kept = rules.days_by_year(first, rules.point_at(back - 1), Unit.WORKING_DAYS, _weekday)
    returned = rules.given_back(charged, kept)
    assert all(days > 0 for days in returned.values())
    for year, days in charged.items():
        assert kept.get(year, Decimal(0)) + returned.get(year, Decimal(0)) == days


@given(DAYS, st.integers(0, 400), st.integers(-30, 30))
def test_pieces_of_a_delegation_cover_the_absence_from_today_on(first: date, length: int, offset: int) -> None:
    last, today = first + timedelta(days=length), first + timedelta(days=offset)
    spans = rules.delegation_spans(first, last, today, 180)
    covered = [start + timedelta(days=one) for start, end in spans for one in range((end - start).days + 1)]
    wanted = [first + timedelta(days=one) for one in range(length + 1) if first + timedelta(days=one) >= today]
    assert covered == wanted
    assert all((end - start).days < 180 for start, end in spans)


def test_only_long_absences_go_up_a_level() -> None:
    assert rules.levels_needed(Decimal(5), Decimal(5)) == 1
    assert rules.levels_needed(Decimal("5.5"), Decimal(5)) == 2
    assert rules.levels_needed(Decimal(90), None) == 1

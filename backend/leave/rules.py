"""Decisions of leave without a database: halves, days, entitlement, what a return gives back.

A span is told by its first and its last half-day, both included. Positions count half-days from a fixed day, so that
spans are plain integer ranges and the database itself can refuse overlaps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from backend.leave.types import Half, Point, Step, Unit

DAY_ZERO = date(2000, 1, 1)
HALF = Decimal("0.5")


def position(point: Point) -> int:
    """The number of a half-day."""
    return (point.day - DAY_ZERO).days * 2 + (point.half is Half.PM)


def point_at(number: int) -> Point:
    """The half-day of a number."""
    day, half = divmod(number, 2)
    return Point(DAY_ZERO + timedelta(days=day), Half.PM if half else Half.AM)


def days_by_year(first: Point, last: Point, unit: Unit, is_workday: Callable[[date], bool]) -> dict[int, Decimal]:
    """How many days of each year a span counts, in steps of half a day; rest days only for calendar days."""
    found: dict[int, Decimal] = {}
    for number in range(position(first), position(last) + 1):
        day = point_at(number).day
        if unit is Unit.CALENDAR_DAYS or is_workday(day):
            found[day.year] = found.get(day.year, Decimal(0)) + HALF
    return found


def years_of_work(since: date, on: date) -> int:
    """Full years of work on a day as annual leave reads them: a year counts from the month after it is full.

    Decree 514 article 3 with article 2 of the rules for agencies (Order 9 of the Ministry of Personnel, 2008).
    """
    month = on.replace(day=1) - timedelta(days=1)
    full = month.year - since.year - ((month.month, month.day) < (since.month, since.day))
    return max(full, 0)


def step_for(steps: Iterable[Step], years: int) -> Step | None:
    """The step of the entitlement that so many years of work reach; None below the first."""
    reached = [step for step in steps if step.years <= years]
    return max(reached, key=lambda step: step.years) if reached else None


def barred(step: Step | None, sick_days: Decimal, personal_days: Decimal, most_personal: int) -> tuple[str, str] | None:
    """Why somebody has no annual leave in a year (Decree 514 article 4); None where nothing bars it."""
    if step is None:
        return None
    if sick_days >= step.sick_days:
        return f"病假累计达到{step.sick_days}天", f"{step.sick_days} days of sick leave"
    if personal_days >= most_personal:
        return f"事假累计达到{most_personal}天", f"{most_personal} days of personal leave"
    return None


def given_back(charged: Mapping[int, Decimal], kept: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """What goes back to each year's balance when less was taken than charged; never less than nothing."""
    back = {year: days - kept.get(year, Decimal(0)) for year, days in charged.items()}
    return {year: days for year, days in back.items() if days > 0}


def levels_needed(days: Decimal, second_above: Decimal | None) -> int:
    """How many decide: the unit's head, and above so many days the next level too."""
    return 2 if second_above is not None and days > second_above else 1


def delegation_spans(first: date, last: date, today: date, most_days: int) -> Sequence[tuple[date, date]]:
    """The days for which a stand-in acts from today on, in pieces that a delegation may have."""
    spans, start = [], max(first, today)
    while start <= last:
        end = min(last, start + timedelta(days=most_days - 1))
        spans.append((start, end))
        start = end + timedelta(days=1)
    return spans

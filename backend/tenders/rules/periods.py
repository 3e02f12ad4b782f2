"""Lawful periods: calendar days by the Tender Law and its Regulation, working days in part of procurement law."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from backend.tenders.types import PeriodRule, Unit
from backend.workflow.types import Calendar

_DAY = timedelta(days=1)
Rules = Mapping[str, PeriodRule]


def after(calendar: Calendar, start: date, rule: PeriodRule, *, roll: bool = False) -> date:
    """The first day on which a period that starts on `start` (not counted) is over.

    With `roll` a period that would end on a day of rest ends on the next working day (periods of publicity).
    """
    day = start
    if rule.unit is Unit.CALENDAR:
        day = start + rule.value * _DAY
    else:
        for _ in range(rule.value):
            day = next_workday(calendar, day + _DAY)
    return next_workday(calendar, day) if roll else day


def before(calendar: Calendar, end: date, rule: PeriodRule) -> date:
    """The last day on which something may happen that must lie so many days before `end`."""
    if rule.unit is Unit.CALENDAR:
        return end - rule.value * _DAY
    day = end
    for _ in range(rule.value):
        day = _previous_workday(calendar, day - _DAY)
    return day


def next_workday(calendar: Calendar, day: date) -> date:
    """This day, or the first working day after it."""
    while not calendar.is_workday(day):
        day += _DAY
    return day


def _previous_workday(calendar: Calendar, day: date) -> date:
    while not calendar.is_workday(day):
        day -= _DAY
    return day

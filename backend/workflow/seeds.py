"""The announced calendars of 2004 to 2026, from the package chinesecalendar (State Council notices)."""

from __future__ import annotations

from datetime import date

from chinese_calendar.constants import Holiday, holidays, workdays

from backend.workflow.types import DayKind

FIRST_YEAR = 2004
LAST_YEAR = 2026
SOURCE = "chinesecalendar（国务院办公厅放假通知）"

_NAMES = {str(festival.value): str(festival.chinese) for festival in Holiday}


def special_days(year: int) -> list[tuple[date, DayKind, str]]:
    """Festival days off and make-up workdays of a year. Raises KeyError for a year the package does not know."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise KeyError(year)
    off = [(day, DayKind.HOLIDAY, _NAMES[name]) for day, name in holidays.items() if day.year == year]
    on = [(day, DayKind.ADJUSTED_WORKDAY, _NAMES[name]) for day, name in workdays.items() if day.year == year]
    return sorted([*off, *on])

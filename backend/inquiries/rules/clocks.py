"""Limits shorter than days; days are kept by backend.workflow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from backend.workflow.types import Calendar, Hours

DAY_UNITS = frozenset({"wd", "cd"})
_PLAIN = {"min": timedelta(minutes=1), "h": timedelta(hours=1)}
UNIT_NAMES = {"min": "分钟", "h": "小时", "wh": "个工作小时", "wd": "个工作日", "cd": "日"}


def is_days(unit: str) -> bool:
    """Whether a unit counts in days."""
    return unit in DAY_UNITS


def end_of(start: datetime, amount: int, unit: str, calendar: Calendar, hours: Callable[[date], Hours]) -> datetime:
    """When a limit of minutes, hours or working hours ends, local time in and out. Working hours run while offices do.

    Raises ValueError for a unit of days.
    """
    if unit in _PLAIN:
        return start + amount * _PLAIN[unit]
    if unit != "wh":
        raise ValueError(f"{unit} is not a unit of hours")
    left = timedelta(hours=amount)
    moment = start
    while True:
        opens, closes = _open_between(moment, calendar, hours)
        begin = max(moment, opens)
        if begin + left <= closes:
            return begin + left
        left -= max(closes - begin, timedelta())
        moment = (moment + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)


def _open_between(moment: datetime, calendar: Calendar, hours: Callable[[date], Hours]) -> tuple[datetime, datetime]:
    day = moment.date()
    found = hours(day)
    opens = moment.replace(hour=found.opens.hour, minute=found.opens.minute, second=0, microsecond=0)
    if not calendar.is_workday(day):
        return moment, moment
    closes = moment.replace(hour=found.closes.hour, minute=found.closes.minute, second=0, microsecond=0)
    return opens, closes


def half(amount: int) -> int:
    """An assisting unit's limit: half of the lead's, at least one."""
    return max(1, amount // 2)


def words(amount: int, unit: str) -> str:
    """A limit as people say it: 5个工作日."""
    return f"{amount}{UNIT_NAMES[unit]}"


def is_near(start: datetime, due: datetime, now: datetime, lead: timedelta) -> bool:
    """Whether a limit ends so soon that one is warned: within `lead`, of a short one within the last third."""
    return due - min(lead, (due - start) / 3) <= now < due

"""Reads the official calendar and business hours for this app's own use."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from backend.workflow import rules
from backend.workflow.models import BusinessHours, CalendarDay, Deadline, DeadlineEntry
from backend.workflow.types import Calendar, CalendarDayInfo, DayKind, EntryKind, Hours, Ledger, LedgerEntry, Unit
from kernel.clock import SHANGHAI

_YEARS_AHEAD = 3
_DAYS_A_YEAR = 200


def calendar_for(start: date, days: int = 0) -> Calendar:
    """The calendar from the year of `start` on, far enough for a limit of so many days.

    Only days that differ from their weekday are read, and 1 January of each year to know which years are there.
    """
    until = date(min(9998, start.year + _YEARS_AHEAD + days // _DAYS_A_YEAR), 12, 31)
    special = Q(kind__in=(DayKind.HOLIDAY, DayKind.ADJUSTED_WORKDAY)) | Q(day__month=1, day__day=1)
    rows = CalendarDay.objects.filter(special, day__range=(date(start.year, 1, 1), until))
    return Calendar.of([CalendarDayInfo(row.day, DayKind(row.kind), row.name) for row in rows])


def hours_on(day: date) -> Hours:
    """Business hours that hold on a day."""
    row = BusinessHours.objects.filter(valid_from__lte=day).order_by("-valid_from").first()
    return Hours(row.opens, row.closes) if row else rules.DEFAULT_HOURS


def due_moment(due_on: date) -> datetime:
    """The moment a deadline ends: the end of business on its due date, aware."""
    return rules.end_of_business(due_on, hours_on(due_on)).replace(tzinfo=SHANGHAI)


def entry_of(row: DeadlineEntry) -> LedgerEntry:
    """The plain value of a stored entry."""
    return LedgerEntry(
        kind=EntryKind(row.kind),
        on=row.on,
        days=row.days,
        unit=Unit(row.unit),
        procedure=row.procedure,
        notice_number=row.notice_number,
        legal_basis=row.legal_basis,
        reason=row.reason,
    )


def ledgers_of(deadlines: Sequence[Deadline]) -> list[tuple[Calendar, Ledger]]:
    """The same as `ledger_of` for each of several deadlines, with one reading of the entries and of the calendar."""
    if not deadlines:
        return []
    entries: dict[UUID, list[LedgerEntry]] = {deadline.id: [] for deadline in deadlines}
    for row in DeadlineEntry.objects.filter(deadline__in=deadlines).order_by("deadline_id", "number"):
        entries[row.deadline_id].append(entry_of(row))
    start = min(deadline.start_on for deadline in deadlines)
    reach = max(
        (deadline.start_on - start).days + sum(entry.days for entry in entries[deadline.id]) for deadline in deadlines
    )
    calendar = calendar_for(start, reach)
    return [(calendar, rules.replay(calendar, entries[deadline.id])) for deadline in deadlines]


def ledger_of(deadline: Deadline) -> tuple[Calendar, Ledger]:
    """A deadline replayed from its entries, with the calendar it was reckoned by."""
    entries = [entry_of(row) for row in deadline.entries.order_by("number")]
    calendar = calendar_for(deadline.start_on, sum(entry.days for entry in entries))
    return calendar, rules.replay(calendar, entries)

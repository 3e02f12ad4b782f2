"""The working-day clock: plain decisions, no database.

Counting follows Civil Code Art. 201 and 203 (the first day is not counted; a period that ends on a day of rest ends on
the next working day) and Administrative Licensing Law Art. 45 (special procedures are not counted) and Art. 82
(working days). A deadline is never edited: it is replayed from its entries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from backend.workflow.types import (
    Calendar,
    DayEntry,
    DayKind,
    DayReason,
    DeadlineState,
    EntryKind,
    Hours,
    Ledger,
    LedgerEntry,
    Pause,
    TaskInfo,
    Unit,
    WorkflowError,
)
from kernel.errors import DomainError

MAX_LIMIT = 3660
_DAY = timedelta(days=1)


def due_date(calendar: Calendar, start: date, limit: int, unit: Unit, pauses: Sequence[Pause] = ()) -> date:
    """The last day of a limit that starts on `start` (which is not counted).

    A limit of 0 is due on the starting day, or the next working day when offices rest on it. In calendar days the last
    day rolls to the next working day. Days inside a pause never count.
    """
    return explain(calendar, start, limit, unit, pauses)[-1].day


def explain(
    calendar: Calendar, start: date, limit: int, unit: Unit, pauses: Sequence[Pause] = ()
) -> tuple[DayEntry, ...]:
    """The reckoning day by day, from the starting day to the due date.

    Raises BAD_LENGTH for a limit outside 0 to 3660.
    """
    if not 0 <= limit <= MAX_LIMIT:
        raise DomainError(WorkflowError.BAD_LENGTH)
    entries = [_entry(calendar, start, None, DayReason.START_NOT_COUNTED)]
    number, day = 0, start
    while number < limit:
        day += _DAY
        reason = _reason(calendar, day, unit, pauses)
        number += reason is DayReason.COUNTED
        entries.append(_entry(calendar, day, number if reason is DayReason.COUNTED else None, reason))
    while not _can_end_on(calendar, day, pauses):
        day += _DAY
        entries.append(_entry(calendar, day, None, DayReason.ROLLED))
    entries[-1] = replace(entries[-1], reason=DayReason.DUE)
    return tuple(entries)


def _reason(calendar: Calendar, day: date, unit: Unit, pauses: Sequence[Pause]) -> DayReason:
    if any(pause.contains(day) for pause in pauses):
        return DayReason.PAUSED
    if unit is Unit.CALENDAR_DAYS or calendar.is_workday(day):
        return DayReason.COUNTED
    return DayReason.HOLIDAY if calendar.info(day).kind is DayKind.HOLIDAY else DayReason.WEEKEND


def _can_end_on(calendar: Calendar, day: date, pauses: Sequence[Pause]) -> bool:
    return calendar.is_workday(day) and not any(pause.contains(day) for pause in pauses)


def _entry(calendar: Calendar, day: date, number: int | None, reason: DayReason) -> DayEntry:
    info = calendar.info(day)
    return DayEntry(day, info.kind, info.name, number is not None, number, reason, not calendar.knows(day))


def is_provisional(explanation: Iterable[DayEntry]) -> bool:
    """Whether the reckoning runs through a year whose calendar is not known yet."""
    return any(entry.provisional for entry in explanation)


def elapsed_days(calendar: Calendar, start: date, today: date, unit: Unit, pauses: Sequence[Pause] = ()) -> int:
    """Days of the unit used up: those in (start, today] that count. 0 before the start."""
    return sum(_reason(calendar, day, unit, pauses) is DayReason.COUNTED for day in _days_after(start, today))


def working_days_left(calendar: Calendar, today: date, due_on: date) -> int:
    """Working days from today to a due date: 0 on the day itself, negative after it."""
    if due_on >= today:
        return sum(calendar.is_workday(day) for day in _days_after(today, due_on))
    return -sum(calendar.is_workday(day) for day in _days_after(due_on, today))


def _days_after(start: date, end: date) -> Iterator[date]:
    day = start + _DAY
    while day <= end:
        yield day
        day += _DAY


def next_workday(calendar: Calendar, day: date) -> date:
    """The first working day on or after `day`."""
    while not calendar.is_workday(day):
        day += _DAY
    return day


def planned_end(calendar: Calendar, start: date, planned_days: int) -> date:
    """The last day of a special procedure planned for so many working days, its first day included."""
    day, used = start, int(calendar.is_workday(start))
    while used < planned_days:
        day += _DAY
        used += calendar.is_workday(day)
    return day


def received_on(calendar: Calendar, moment: datetime, hours: Hours) -> date:
    """The day an application counts as received: the next working day when sent after closing or on a day of rest.

    `moment` is local time.
    """
    day = moment.date()
    if calendar.is_workday(day) and moment.time() <= hours.closes:
        return day
    return next_workday(calendar, day + _DAY)


def end_of_business(due_on: date, hours: Hours) -> datetime:
    """The moment a deadline ends, local time without zone (Civil Code Art. 203)."""
    return datetime.combine(due_on, hours.closes)


def is_overdue(due_at: datetime, moment: datetime) -> bool:
    """Whether the deadline has passed; at the very end of business it has not."""
    return moment > due_at


def deemed_accepted_on(*, received: date, notice_due: date, answered_on: date | None, today: date) -> date | None:
    """The day of acceptance by silence: the day the materials were received (Administrative Licensing Law Art. 32).

    None while the notice period runs, or when an answer was given within it.
    """
    if answered_on is not None and answered_on <= notice_due:
        return None
    return received if today > notice_due else None


def replay(calendar: Calendar, entries: Iterable[LedgerEntry]) -> Ledger:
    """Rebuild a deadline from its entries, checking each against what came before.

    Raises the WorkflowError of the first entry that is not allowed there.
    """
    ledger: Ledger | None = None
    for entry in entries:
        ledger = apply(calendar, ledger, entry)
    if ledger is None:
        raise DomainError(WorkflowError.DEADLINE_NOT_FOUND)
    return ledger


def apply(calendar: Calendar, ledger: Ledger | None, entry: LedgerEntry) -> Ledger:
    """The deadline after one more entry."""
    if ledger is None:
        if entry.kind is not EntryKind.START:
            raise DomainError(WorkflowError.DEADLINE_NOT_FOUND)
        return _start(entry)
    if entry.kind is EntryKind.START:
        raise DomainError(WorkflowError.DEADLINE_RUNNING)
    if ledger.state is DeadlineState.CLOSED:
        raise DomainError(WorkflowError.DEADLINE_CLOSED)
    return _STEPS[entry.kind](calendar, ledger, entry)


def _start(entry: LedgerEntry) -> Ledger:
    if not 0 <= entry.days <= MAX_LIMIT:
        raise DomainError(WorkflowError.BAD_LENGTH)
    return Ledger(start=entry.on, limit=entry.days, unit=entry.unit)


def _pause(calendar: Calendar, ledger: Ledger, entry: LedgerEntry) -> Ledger:
    if ledger.open_pause:
        raise DomainError(WorkflowError.ALREADY_PAUSED)
    if not 1 <= entry.days <= MAX_LIMIT:
        raise DomainError(WorkflowError.BAD_LENGTH)
    if entry.on < ledger.start or (ledger.pauses and entry.on <= ledger.pauses[-1].last_day):
        raise DomainError(WorkflowError.BAD_DATES)
    due_on = ledger_due(calendar, ledger)
    if entry.on > due_on:
        raise DomainError(WorkflowError.PAUSE_TOO_LATE, due_on=due_on.isoformat())
    pause = Pause(
        start=entry.on,
        end=None,
        planned_end=planned_end(calendar, entry.on, entry.days),
        planned_days=entry.days,
        procedure=entry.procedure,
        notice_number=entry.notice_number,
        legal_basis=entry.legal_basis,
        reason=entry.reason,
    )
    return replace(ledger, pauses=(*ledger.pauses, pause))


def _resume(_calendar: Calendar, ledger: Ledger, entry: LedgerEntry) -> Ledger:
    pause = ledger.open_pause
    if pause is None:
        raise DomainError(WorkflowError.NOT_PAUSED)
    if entry.on < pause.start:
        raise DomainError(WorkflowError.BAD_DATES)
    return replace(ledger, pauses=(*ledger.pauses[:-1], replace(pause, end=entry.on)))


def _extend(calendar: Calendar, ledger: Ledger, entry: LedgerEntry) -> Ledger:
    if ledger.extended_on is not None:
        raise DomainError(WorkflowError.ALREADY_EXTENDED)
    if not 1 <= entry.days <= MAX_LIMIT:
        raise DomainError(WorkflowError.BAD_LENGTH)
    due_on = ledger_due(calendar, ledger)
    if entry.on >= due_on:
        raise DomainError(WorkflowError.EXTENSION_TOO_LATE, due_on=due_on.isoformat())
    return replace(ledger, extension=entry.days, extended_on=entry.on)


def _close(_calendar: Calendar, ledger: Ledger, entry: LedgerEntry) -> Ledger:
    """What came in after office hours counts from the next working day, and may be done with the same evening."""
    on = max(entry.on, ledger.start)
    pause = ledger.open_pause
    pauses = (*ledger.pauses[:-1], replace(pause, end=max(on, pause.start))) if pause else ledger.pauses
    return replace(ledger, pauses=pauses, closed_on=on)


_STEPS: dict[EntryKind, Callable[[Calendar, Ledger, LedgerEntry], Ledger]] = {
    EntryKind.PAUSE: _pause,
    EntryKind.RESUME: _resume,
    EntryKind.EXTEND: _extend,
    EntryKind.CLOSE: _close,
}


def ledger_due(calendar: Calendar, ledger: Ledger) -> date:
    """The due date of a deadline with all its pauses (a running one as planned) and its extension."""
    return due_date(calendar, ledger.start, ledger.total, ledger.unit, ledger.pauses)


def ledger_explanation(calendar: Calendar, ledger: Ledger) -> tuple[DayEntry, ...]:
    """The reckoning of a deadline day by day."""
    return explain(calendar, ledger.start, ledger.total, ledger.unit, ledger.pauses)


def ledger_elapsed(calendar: Calendar, ledger: Ledger, today: date) -> int:
    """Days used up today, or when it was closed. A procedure that outlasts its plan still does not count.

    Up to the due date never more than the limit: days over which the end rolled are nobody's.
    """
    until = min(today, ledger.closed_on) if ledger.closed_on else today
    pauses = tuple(replace(p, end=max(p.last_day, until)) if p.end is None else p for p in ledger.pauses)
    used = elapsed_days(calendar, ledger.start, until, ledger.unit, pauses)
    return min(used, ledger.total) if until <= ledger_due(calendar, ledger) else used


def days_of_year(year: int, special: Iterable[tuple[date, DayKind, str]]) -> list[tuple[date, DayKind, str]]:
    """All days of a year from the announced ones (festivals and make-up workdays); the rest follow the weekday.

    Raises CALENDAR_INVALID for a day of another year, a day named twice, or a make-up workday on a weekday.
    """
    named: dict[date, tuple[DayKind, str]] = {}
    for day, kind, name in special:
        if day.year != year or day in named:
            raise DomainError(WorkflowError.CALENDAR_INVALID, detail=day.isoformat())
        if kind is DayKind.ADJUSTED_WORKDAY and day.weekday() < 5:
            raise DomainError(WorkflowError.CALENDAR_INVALID, detail=day.isoformat())
        named[day] = (kind, name)
    ordinary = Calendar.of([])
    first = date(year, 1, 1)
    days = [first + timedelta(days=offset) for offset in range((date(year + 1, 1, 1) - first).days)]
    return [(day, *named.get(day, (ordinary.info(day).kind, ""))) for day in days]


def task_row(task: TaskInfo) -> dict[str, str | None]:
    """A to-do as it stands in a person's live state; the same in the snapshot and in each event."""
    return {
        "id": str(task.id),
        "subject_kind": task.subject_kind,
        "subject_id": str(task.subject_id),
        "kind": task.kind,
        "organisation_id": str(task.organisation_id),
        "role": task.role,
        "title": task.title,
        "due_on": task.due_on.isoformat() if task.due_on else None,
        "state": task.state.value,
        "assignee_id": str(task.assignee_id) if task.assignee_id else None,
    }


DEFAULT_HOURS = Hours(opens=time(9, 0), closes=time(17, 30))

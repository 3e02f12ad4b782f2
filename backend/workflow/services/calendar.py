"""Importing a year of the official calendar, and reckoning anew what was provisional."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from backend.journal.services import record
from backend.workflow import rules
from backend.workflow.models import CalendarDay, Deadline, Task
from backend.workflow.services.deadlines import recompute
from backend.workflow.types import DayKind, DeadlineState, TaskState
from kernel.actors import Actor


@transaction.atomic
def import_calendar_year(*, actor: Actor, year: int, special: Iterable[tuple[date, DayKind, str]], source: str) -> int:
    """Take a year as the State Council announced it: festival days and make-up workdays; others follow the weekday.

    Replaces the year whole, then reckons anew every open deadline that runs through it. Returns how many due dates
    moved. Raises CALENDAR_INVALID.
    """
    days = rules.days_of_year(year, special)
    CalendarDay.objects.bulk_create(
        [CalendarDay(day=day, kind=kind, name=name, source=source) for day, kind, name in days],
        update_conflicts=True,
        unique_fields=["day"],
        update_fields=["kind", "name", "source"],
    )
    moved = _recompute_through(year)
    record(
        actor=actor,
        action="workflow.calendar_imported",
        subject=("calendar_year", None),
        organisation_id=None,
        data={"year": year, "source": source, "moved": moved},
    )
    return moved


def _recompute_through(year: int) -> int:
    touched = Deadline.objects.exclude(state=DeadlineState.CLOSED).filter(
        start_on__lte=date(year, 12, 31), due_on__gte=date(year, 1, 1)
    )
    moved = 0
    for deadline in touched.select_for_update().order_by("id").iterator(chunk_size=500):
        before = deadline.due_on
        if recompute(deadline):
            moved += 1
            _move_tasks(deadline, before)
    return moved


def _move_tasks(deadline: Deadline, before: date) -> None:
    Task.objects.filter(
        subject_kind=deadline.subject_kind, subject_id=deadline.subject_id, state=TaskState.OPEN, due_on=before
    ).update(due_on=deadline.due_on, due_key=deadline.due_on)

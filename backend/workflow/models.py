"""Tables of workflow: the official calendar, business hours, deadlines with their ledger, and to-dos."""

from __future__ import annotations

from datetime import date

import pgtrigger
from django.db import models

from backend.workflow.types import DayKind, DeadlineState, EntryKind, TaskState, Unit
from kernel.models import Entity, Versioned

NO_DUE_DATE = date(9999, 12, 31)


def _choices(kinds: type[DayKind | Unit | EntryKind | DeadlineState | TaskState]) -> list[tuple[str, str]]:
    return [(kind.value, kind.value) for kind in kinds]


def _append_only(name: str) -> list[pgtrigger.Trigger]:
    return [pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)]


class CalendarDay(models.Model):
    """One day of the official calendar. A year is there whole or not at all."""

    day = models.DateField(primary_key=True)
    kind = models.CharField(max_length=20, choices=_choices(DayKind))
    name = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=120)


class BusinessHours(models.Model):
    """When offices open and close, from a day on until the next row."""

    valid_from = models.DateField(primary_key=True)
    opens = models.TimeField()
    closes = models.TimeField()
    source = models.CharField(max_length=120, blank=True)


class Deadline(Versioned):
    """The present state of a deadline, always recomputed from its entries.

    `expired_due_on` is the due date whose passing has been told.
    """

    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    kind = models.CharField(max_length=30)
    organisation_id = models.UUIDField()
    state = models.CharField(max_length=10, choices=_choices(DeadlineState), default=DeadlineState.RUNNING)
    start_on = models.DateField()
    limit = models.PositiveIntegerField()
    unit = models.CharField(max_length=2, choices=_choices(Unit))
    due_on = models.DateField()
    due_at = models.DateTimeField()
    provisional = models.BooleanField(default=False)
    closed_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    expired_due_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "kind"],
                condition=~models.Q(state="closed"),
                name="deadline_one_open",
            )
        ]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "kind"], name="deadline_subject"),
            models.Index(
                fields=["due_at"],
                condition=models.Q(state="running") & ~models.Q(expired_due_on=models.F("due_on")),
                name="deadline_running",
            ),
            models.Index(
                fields=["id"],
                condition=models.Q(provisional=True) & ~models.Q(state="closed"),
                name="deadline_provisional",
            ),
        ]


class DeadlineEntry(Entity):
    """One line of a deadline's ledger. Never changed."""

    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=_choices(EntryKind))
    on = models.DateField()
    days = models.PositiveIntegerField(default=0)
    unit = models.CharField(max_length=2, choices=_choices(Unit))
    procedure = models.CharField(max_length=20, blank=True)
    notice_number = models.CharField(max_length=80, blank=True)
    legal_basis = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["deadline", "number"], name="deadline_entry_once")]
        triggers = _append_only("keep_entries")


class DueAction(Entity):
    """What was done because a deadline passed: once for each due date, with the true due time."""

    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="due_actions")
    kind = models.CharField(max_length=30)
    due_on = models.DateField()
    due_at = models.DateTimeField()
    done_at = models.DateTimeField()
    event_id = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["deadline", "kind", "due_on"], name="due_action_once")]
        triggers = _append_only("keep_due_actions")


class Task(Entity):
    """Something an official has to do. Claimed by one of those who hold the role, or assigned from the start.

    A task without a role (`PERSONAL`) belongs to its assignee, and during a delegation to the delegate as well.
    `due_key` is what the list is sorted by: the due date, or a day after all days when there is none.
    """

    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    kind = models.CharField(max_length=40)
    organisation_id = models.UUIDField()
    role = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200)
    due_on = models.DateField(null=True)
    due_key = models.DateField(default=NO_DUE_DATE)
    state = models.CharField(max_length=10, choices=_choices(TaskState), default=TaskState.OPEN)
    assignee_id = models.UUIDField(null=True)
    claimed_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "kind"], name="task_subject"),
            models.Index(
                fields=["organisation_id", "role", "due_key", "id"],
                condition=models.Q(state="open"),
                name="task_open_by_time_left",
            ),
            models.Index(
                fields=["organisation_id", "role", "done_at", "id"],
                condition=models.Q(state="done"),
                name="task_done_by_time",
            ),
            models.Index(fields=["assignee_id", "due_key", "id"], name="task_of_person"),
        ]


class Delegation(Entity):
    """From a day to a day (both included) somebody else may do what is a person's own to do."""

    principal_id = models.UUIDField()
    delegate_id = models.UUIDField()
    organisation_id = models.UUIDField()
    from_on = models.DateField()
    to_on = models.DateField()
    reason = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(from_on__lte=models.F("to_on")), name="delegation_in_order"),
            models.CheckConstraint(
                condition=~models.Q(principal_id=models.F("delegate_id")), name="delegation_to_somebody_else"
            ),
        ]
        indexes = [
            models.Index(fields=["delegate_id"], condition=models.Q(ended_at=None), name="delegation_to"),
            models.Index(fields=["principal_id"], condition=models.Q(ended_at=None), name="delegation_of"),
        ]

"""Tables of schedules, work tasks, weekly reports and calendar feeds."""

from __future__ import annotations

from django.db import models

from backend.agenda.types import EntryKind, Openness, ReportState, ShareLevel, WorkState
from kernel.models import Entity, Versioned


def _choices(kind: type[EntryKind | Openness | ReportState | ShareLevel | WorkState]) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in kind]


class Entry(Versioned):
    """Something in a schedule: a person's, or with `owner_id` None a unit's; what events put there has a subject."""

    owner_id = models.UUIDField(null=True)
    organisation_id = models.UUIDField()
    path = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=_choices(EntryKind), default=EntryKind.OWN)
    title = models.CharField(max_length=200)
    place = models.CharField(max_length=120, blank=True)
    notes = models.CharField(max_length=500, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    all_day = models.BooleanField(default=False)
    openness = models.CharField(max_length=10, choices=_choices(Openness), default=Openness.UNIT)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_id = models.UUIDField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(starts_at__lte=models.F("ends_at")), name="agenda_in_order"),
            models.UniqueConstraint(
                fields=["owner_id", "subject_kind", "subject_id"],
                condition=models.Q(subject_id__isnull=False),
                name="agenda_entry_once",
            ),
        ]
        indexes = [
            models.Index(fields=["owner_id", "starts_at"], name="agenda_of_person"),
            models.Index(fields=["organisation_id", "starts_at"], name="agenda_of_unit"),
        ]


class Share(Entity):
    """Who may look into (or keep) somebody's schedule: one person, or a unit's subtree; how much, from when to when."""

    owner_id = models.UUIDField()
    owner_name = models.CharField(max_length=60)
    reader_id = models.UUIDField(null=True)
    organisation_id = models.UUIDField(null=True)
    path = models.CharField(max_length=200, blank=True)
    reader_name = models.CharField(max_length=120)
    level = models.CharField(max_length=8, choices=_choices(ShareLevel))
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reader_id=None) ^ models.Q(organisation_id=None), name="agenda_share_one_reader"
            )
        ]
        indexes = [models.Index(fields=["owner_id"], name="agenda_share_owner")]


class WorkTask(Versioned):
    """A piece of work with one owner, a day and a progress, perhaps about a case, an order, a document, a meeting."""

    title = models.CharField(max_length=200)
    details = models.TextField(blank=True)
    owner_id = models.UUIDField()
    owner_name = models.CharField(max_length=60)
    giver_id = models.UUIDField()
    giver_name = models.CharField(max_length=60)
    organisation_id = models.UUIDField()
    due_on = models.DateField()
    progress = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=_choices(WorkState), default=WorkState.OPEN)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_id = models.UUIDField(null=True)
    subject_label = models.CharField(max_length=200, blank=True)
    source_id = models.UUIDField(null=True, unique=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(progress__range=(0, 100)), name="agenda_progress_in_range")
        ]
        indexes = [
            models.Index(fields=["owner_id", "due_on", "id"], name="agenda_task_owner"),
            models.Index(fields=["giver_id", "due_on", "id"], name="agenda_task_giver"),
        ]


class TaskNote(Entity):
    """What somebody said about how a task stands. Never changed."""

    task = models.ForeignKey(WorkTask, on_delete=models.CASCADE, related_name="notes")
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=60)
    progress = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()


class WeeklyReport(Versioned):
    """The week of a person: drafted from what happened, written by the person. `week` is its Monday."""

    person_id = models.UUIDField()
    person_name = models.CharField(max_length=60)
    organisation_id = models.UUIDField()
    path = models.CharField(max_length=200)
    week = models.DateField()
    facts = models.JSONField(default=list)
    done = models.TextField(blank=True)
    planned = models.TextField(blank=True)
    problems = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=_choices(ReportState), default=ReportState.DRAFT)
    handed_in_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person_id", "week"], name="agenda_report_once")]
        indexes = [models.Index(fields=["path", "week"], name="agenda_report_unit")]


class Feed(Entity):
    """A private address of a person's calendar; only a digest of its secret is kept."""

    person_id = models.UUIDField()
    digest = models.BinaryField(max_length=32, unique=True)
    language = models.CharField(max_length=10, default="zh-hans")
    revoked_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person_id"], condition=models.Q(revoked_at=None), name="agenda_feed_one_open"
            )
        ]

"""Tables of the meetings. That a room is never given twice is held by the database itself."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models

from backend.meetings.types import Answer, MeetingState, Part
from kernel.models import Entity, Versioned


class TimeRange(models.Func):
    """From (included) to (not included): a meeting may begin when the one before ends."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class MeetingRule(models.Model):
    """From a day on: when people are reminded, how long a code lives, how much a meeting may hold."""

    effective_from = models.DateField(primary_key=True)
    reminder_minutes = models.JSONField()
    code_seconds = models.PositiveSmallIntegerField()
    sign_in_before_minutes = models.PositiveSmallIntegerField()
    max_hours = models.PositiveSmallIntegerField()
    max_people = models.PositiveSmallIntegerField()
    max_files = models.PositiveSmallIntegerField()
    max_file_mb = models.PositiveSmallIntegerField()


class Room(Entity):
    """A meeting room of an organisation, lent to everybody of its subtree and above."""

    organisation_id = models.UUIDField()
    path = models.CharField(max_length=200)
    name = models.CharField(max_length=60)
    place = models.CharField(max_length=120, blank=True)
    seats = models.PositiveSmallIntegerField()
    equipment = models.CharField(max_length=200, blank=True)
    given_up_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation_id", "name"], name="meeting_room_once")]


class Meeting(Versioned):
    """A meeting that people were called to."""

    title = models.CharField(max_length=110)
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in MeetingState], default=MeetingState.CALLED
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    room = models.ForeignKey(Room, on_delete=models.PROTECT, null=True, related_name="meetings")
    place = models.CharField(max_length=120)
    organiser_id = models.UUIDField()
    organiser_name = models.CharField(max_length=60)
    organisation_id = models.UUIDField()
    unit_name = models.CharField(max_length=120)
    host_name = models.CharField(max_length=60)
    agenda = models.JSONField(default=list)
    notes = models.TextField(blank=True)
    receipt_by = models.DateTimeField()
    ended_reason = models.CharField(max_length=300, blank=True)
    minutes = models.TextField(blank=True)
    minutes_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(starts_at__lt=models.F("ends_at")), name="meeting_in_order"),
            ExclusionConstraint(
                name="meeting_room_not_twice",
                expressions=[
                    (TimeRange("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                    ("room", RangeOperators.EQUAL),
                ],
                condition=~models.Q(state=MeetingState.CANCELLED) & models.Q(room__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["organiser_id", "starts_at"], name="meeting_organised"),
            models.Index(fields=["starts_at", "id"], name="meeting_by_time"),
        ]


class Attendee(Entity):
    """Somebody who was invited, what was answered, and whether the person signed in. Removed ones keep their row."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendees")
    person_id = models.UUIDField()
    name = models.CharField(max_length=60)
    organisation_id = models.UUIDField()
    unit_name = models.CharField(max_length=120)
    part = models.CharField(max_length=10, choices=[(p.value, p.value) for p in Part], default=Part.MEMBER)
    answer = models.CharField(max_length=10, choices=[(a.value, a.value) for a in Answer], blank=True, default="")
    reason = models.CharField(max_length=300, blank=True)
    substitute_name = models.CharField(max_length=60, blank=True)
    substitute_post = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    read_at = models.DateTimeField(null=True)
    urged_at = models.DateTimeField(null=True)
    signed_in_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "person_id"], name="meeting_attendee_once")]
        indexes = [models.Index(fields=["person_id", "meeting"], name="meeting_attendee_person")]


class MeetingFile(Entity):
    """A paper of a meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="files")
    file_id = models.UUIDField(unique=True)
    filename = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    at = models.DateTimeField()


class Reminder(Entity):
    """A reminder that is due at a time; done once."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="reminders")
    minutes_before = models.PositiveIntegerField()
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "minutes_before"], name="meeting_reminder_once")]
        indexes = [models.Index(fields=["due_at"], condition=models.Q(done_at=None), name="meeting_reminder_due")]


class Decision(Entity):
    """What was decided, and who does it by when."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    owner_id = models.UUIDField()
    owner_name = models.CharField(max_length=60)
    due_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="meeting_decision_once")]

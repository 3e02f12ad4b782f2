"""Tables of attendance. That nobody is on duty twice at once is held by the database itself."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from backend.attendance.types import AbsenceKind, CorrectionState, Half, PunchKind, SheetState, Where
from kernel.models import Entity, Versioned

HALVES = [(half.value, half.value) for half in Half]
KINDS = [(kind.value, kind.value) for kind in PunchKind]


class TimeRange(models.Func):
    """From (included) to (not included): a duty may begin when the one before ends."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class AttendanceRule(models.Model):
    """From a day on: how old a queued punch may be, how far back a day is corrected, when a head may look."""

    effective_from = models.DateField(primary_key=True)
    queued_hours = models.PositiveSmallIntegerField()
    same_seconds = models.PositiveSmallIntegerField()
    accuracy_m = models.PositiveSmallIntegerField()
    correction_days = models.PositiveSmallIntegerField()
    answer_workdays = models.PositiveSmallIntegerField()
    seen_workdays = models.PositiveSmallIntegerField()
    roster_days = models.PositiveSmallIntegerField()


class Shift(Versioned):
    """Working times of a unit with all below it, or of one window, from a day on."""

    organisation_id = models.UUIDField()
    path = models.CharField(max_length=200)
    window_id = models.UUIDField(null=True)
    name = models.CharField(max_length=40)
    valid_from = models.DateField()
    am_starts = models.TimeField(null=True)
    am_ends = models.TimeField(null=True)
    pm_starts = models.TimeField(null=True)
    pm_ends = models.TimeField(null=True)
    grace_minutes = models.PositiveSmallIntegerField(default=0)
    outside_allowed = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["path", "valid_from"], condition=Q(window_id=None), name="attendance_shift_unit_once"
            ),
            models.UniqueConstraint(
                fields=["window_id", "valid_from"],
                condition=Q(window_id__isnull=False),
                name="attendance_shift_window_once",
            ),
            models.CheckConstraint(
                condition=Q(am_starts=None, am_ends=None) | Q(am_starts__lt=F("am_ends")), name="attendance_am_in_order"
            ),
            models.CheckConstraint(
                condition=Q(pm_starts=None, pm_ends=None) | Q(pm_starts__lt=F("pm_ends")), name="attendance_pm_in_order"
            ),
        ]


class Place(Entity):
    """Where a unit works: a point and a radius. People's positions are compared with it and thrown away."""

    organisation_id = models.UUIDField()
    path = models.CharField(max_length=200)
    name = models.CharField(max_length=60)
    latitude = models.DecimalField(max_digits=9, decimal_places=6)
    longitude = models.DecimalField(max_digits=9, decimal_places=6)
    radius_m = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation_id", "name"], name="attendance_place_once")]


class Punch(Entity):
    """Somebody came or went. `at` counts: the server's time, or the device's when it was queued without a net."""

    person_id = models.UUIDField()
    organisation_id = models.UUIDField()
    day = models.DateField()
    kind = models.CharField(max_length=3, choices=KINDS)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    queued = models.BooleanField(default=False)
    where = models.CharField(max_length=8, choices=[(where.value, where.value) for where in Where])

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person_id", "kind", "at"], name="attendance_punch_once")]
        indexes = [models.Index(fields=["day", "person_id"], name="attendance_punch_day")]


class Absence(Entity):
    """Leave, a trip or an outing that was granted elsewhere, as it stands now."""

    request_id = models.UUIDField(unique=True)
    person_id = models.UUIDField()
    kind = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in AbsenceKind])
    starts_on = models.DateField()
    starts_half = models.CharField(max_length=2, choices=HALVES)
    ends_on = models.DateField()
    ends_half = models.CharField(max_length=2, choices=HALVES)

    class Meta:
        indexes = [models.Index(fields=["person_id", "starts_on"], name="attendance_absence_person")]


class Correction(Versioned):
    """Somebody asks for a punch that was forgotten; the head of the unit decides."""

    person_id = models.UUIDField()
    name = models.CharField(max_length=60)
    organisation_id = models.UUIDField()
    unit_name = models.CharField(max_length=120)
    path = models.CharField(max_length=200)
    day = models.DateField()
    kind = models.CharField(max_length=3, choices=KINDS)
    at = models.DateTimeField()
    reason = models.CharField(max_length=300)
    state = models.CharField(
        max_length=8, choices=[(s.value, s.value) for s in CorrectionState], default=CorrectionState.ASKED
    )
    comment = models.CharField(max_length=300, blank=True)
    decided_by = models.UUIDField(null=True)
    decided_by_name = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "day", "kind"],
                condition=Q(state=CorrectionState.ASKED),
                name="attendance_correction_once",
            )
        ]
        indexes = [
            models.Index(fields=["person_id", "day"], name="attendance_correction_day"),
            models.Index(fields=["state", "organisation_id"], name="attendance_correction_unit"),
        ]


class MonthClosing(models.Model):
    """A month whose sheets were shown to everybody."""

    month = models.DateField(primary_key=True)
    closed_at = models.DateTimeField(null=True)


class Sheet(Versioned):
    """The month's sheet of a person: shown, then confirmed or disputed. A running month has no row."""

    person_id = models.UUIDField()
    organisation_id = models.UUIDField()
    path = models.CharField(max_length=200)
    month = models.DateField()
    state = models.CharField(max_length=9, choices=[(s.value, s.value) for s in SheetState], default=SheetState.SHOWN)
    shown_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    dispute = models.CharField(max_length=1000, blank=True)
    disputed_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_name = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person_id", "month"], name="attendance_sheet_once")]
        indexes = [models.Index(fields=["organisation_id", "month"], name="attendance_sheet_unit")]


class Roster(Versioned):
    """The duty roster of a window."""

    window_id = models.UUIDField(unique=True)
    organisation_id = models.UUIDField()


class Duty(Entity):
    """Half a day of one person at one window. `shown_as` is what the public reads: a post or a staff number."""

    roster = models.ForeignKey(Roster, on_delete=models.PROTECT, related_name="duties")
    window_id = models.UUIDField()
    person_id = models.UUIDField()
    name = models.CharField(max_length=60)
    shown_as = models.CharField(max_length=30)
    day = models.DateField()
    half = models.CharField(max_length=2, choices=HALVES)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="attendance_duty_in_order"),
            ExclusionConstraint(
                name="attendance_person_not_twice",
                expressions=[
                    (TimeRange("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                    ("person_id", RangeOperators.EQUAL),
                ],
            ),
        ]
        indexes = [
            models.Index(fields=["window_id", "day"], name="attendance_duty_window"),
            models.Index(fields=["day", "person_id"], name="attendance_duty_day"),
        ]

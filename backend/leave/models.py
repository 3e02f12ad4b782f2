"""Tables of leave. No overlap and no overdraw: both are held by the database itself."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, IntegerRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from backend.leave.types import STANDING, Group, Half, LeaveState, Unit
from kernel.crypto import EncryptedTextField
from kernel.models import Entity, Versioned

HALVES = [(half.value, half.value) for half in Half]


class HalfRange(models.Func):
    """Half-days by number, from (included) to (not included)."""

    function = "INT4RANGE"
    output_field = IntegerRangeField()


class LeaveRule(models.Model):
    """From a day on: how late and how early one asks, by when one tells of a return, how much a request holds."""

    effective_from = models.DateField(primary_key=True)
    back_days = models.PositiveSmallIntegerField()
    ahead_days = models.PositiveSmallIntegerField()
    return_back_days = models.PositiveSmallIntegerField()
    answer_workdays = models.PositiveSmallIntegerField()
    personal_days = models.PositiveSmallIntegerField()
    max_files = models.PositiveSmallIntegerField()
    max_file_mb = models.PositiveSmallIntegerField()


class EntitlementStep(Entity):
    """Annual leave by full years of work (Decree 514 article 3), and the sick leave that bars it (article 4)."""

    effective_from = models.DateField()
    years = models.PositiveSmallIntegerField()
    days = models.DecimalField(max_digits=4, decimal_places=1)
    sick_days = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["effective_from", "years"], name="leave_step_once")]


class LeaveKind(Entity):
    """A kind of absence as it holds from a day on."""

    code = models.CharField(max_length=20)
    effective_from = models.DateField()
    ended_on = models.DateField(null=True)
    position = models.PositiveSmallIntegerField()
    name_zh = models.CharField(max_length=30)
    name_en = models.CharField(max_length=60)
    group = models.CharField(max_length=8, choices=[(group.value, group.value) for group in Group])
    unit = models.CharField(max_length=2, choices=[(unit.value, unit.value) for unit in Unit])
    half_days = models.BooleanField()
    from_balance = models.BooleanField()
    paper = models.BooleanField()
    paper_above_days = models.DecimalField(max_digits=5, decimal_places=1, default=0)
    destination = models.BooleanField()
    most_days = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    second_above_days = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    basis = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "effective_from"], name="leave_kind_once")]


class Career(models.Model):
    """Since when somebody works at all; annual leave hangs on it."""

    person_id = models.UUIDField(primary_key=True)
    works_since = models.DateField()
    noted_at = models.DateTimeField()


class Balance(Entity):
    """A person's days of a kind in a year. Requests that wait hold theirs already."""

    person_id = models.UUIDField()
    kind = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    granted = models.DecimalField(max_digits=5, decimal_places=1)
    carried = models.DecimalField(max_digits=5, decimal_places=1, default=0)
    used = models.DecimalField(max_digits=5, decimal_places=1, default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person_id", "kind", "year"], name="leave_balance_once"),
            models.CheckConstraint(condition=Q(used__gte=0), name="leave_balance_not_negative"),
            models.CheckConstraint(condition=Q(used__lte=F("granted") + F("carried")), name="leave_balance_not_over"),
        ]


class LeaveRequest(Versioned):
    """Somebody asks to be away. `first_half` and `past_half` number the half-days that are really taken."""

    person_id = models.UUIDField()
    name = models.CharField(max_length=60)
    organisation_id = models.UUIDField()
    unit_name = models.CharField(max_length=120)
    kind = models.ForeignKey(LeaveKind, on_delete=models.PROTECT)
    state = models.CharField(
        max_length=10, choices=[(state.value, state.value) for state in LeaveState], default=LeaveState.ASKED
    )
    starts_on = models.DateField()
    starts_half = models.CharField(max_length=2, choices=HALVES)
    ends_on = models.DateField()
    ends_half = models.CharField(max_length=2, choices=HALVES)
    first_half = models.IntegerField()
    past_half = models.IntegerField()
    days = models.DecimalField(max_digits=5, decimal_places=1)
    asked_ends_on = models.DateField()
    asked_ends_half = models.CharField(max_length=2, choices=HALVES)
    asked_days = models.DecimalField(max_digits=5, decimal_places=1)
    reason = EncryptedTextField(context="leave.reason", null=True)
    destination = models.CharField(max_length=120, blank=True)
    stand_in_id = models.UUIDField(null=True)
    stand_in_name = models.CharField(max_length=60, blank=True)
    delegations = ArrayField(models.UUIDField(), default=list)
    level = models.PositiveSmallIntegerField(default=1)
    levels = models.PositiveSmallIntegerField(default=1)
    ended_reason = EncryptedTextField(context="leave.ended_reason", null=True)
    ended_at = models.DateTimeField(null=True)
    returned_on = models.DateField(null=True)
    returned_half = models.CharField(max_length=2, choices=HALVES, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(first_half__lt=F("past_half")), name="leave_in_order"),
            ExclusionConstraint(
                name="leave_not_twice",
                expressions=[
                    ("person_id", RangeOperators.EQUAL),
                    (HalfRange("first_half", "past_half"), RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=[state.value for state in STANDING]),
            ),
        ]
        indexes = [models.Index(fields=["person_id", "starts_on"], name="leave_person")]


class Approver(Entity):
    """Who may decide a level of a request, fixed when the level opened; a successor takes the place of who leaves."""

    request = models.ForeignKey(LeaveRequest, on_delete=models.CASCADE, related_name="approvers")
    level = models.PositiveSmallIntegerField()
    person_id = models.UUIDField()
    name = models.CharField(max_length=60)
    organisation_id = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "level", "person_id"], name="leave_approver_once")]
        indexes = [models.Index(fields=["person_id", "level"], name="leave_approver_person")]


class Decision(Entity):
    """What somebody decided at a level, and for whom."""

    request = models.ForeignKey(LeaveRequest, on_delete=models.CASCADE, related_name="decisions")
    level = models.PositiveSmallIntegerField()
    person_id = models.UUIDField()
    name = models.CharField(max_length=60)
    for_name = models.CharField(max_length=60, blank=True)
    agreed = models.BooleanField()
    comment = EncryptedTextField(context="leave.comment", null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "level"], name="leave_decision_once")]


class Charge(Entity):
    """The days of a year that a request holds of a balance."""

    request = models.ForeignKey(LeaveRequest, on_delete=models.CASCADE, related_name="charges")
    year = models.PositiveSmallIntegerField()
    days = models.DecimalField(max_digits=5, decimal_places=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "year"], name="leave_charge_once")]


class Paper(Entity):
    """A proof that belongs to a request."""

    request = models.ForeignKey(LeaveRequest, on_delete=models.CASCADE, related_name="papers")
    file_id = models.UUIDField(unique=True)
    filename = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    at = models.DateTimeField()

"""Bodies and parameters that come in."""

from __future__ import annotations

from rest_framework import serializers

from backend.attendance.types import AbsenceKind, Half, Mark, PunchKind, Where
from mobile_api.platform.serializers import StrictSerializer

S = serializers
KINDS = [kind.value for kind in PunchKind]
HALVES = [half.value for half in Half]
MARKS = [mark.value for mark in Mark]
CLOCK_TIME = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"


class AttendanceEmptyBody(StrictSerializer):
    """A body without fields."""


class PunchBody(StrictSerializer):
    """Coming or going. The position is compared with the places of the unit and kept nowhere.

    `queued` with `punched_at` is for a punch that waited in the device without a net.
    """

    kind = S.ChoiceField(choices=KINDS)
    latitude = S.FloatField(min_value=-90, max_value=90, required=False, allow_null=True)
    longitude = S.FloatField(min_value=-180, max_value=180, required=False, allow_null=True)
    accuracy = S.FloatField(min_value=0, max_value=100000, required=False, default=0.0)
    queued = S.BooleanField(required=False, default=False)
    punched_at = S.DateTimeField(required=False, allow_null=True)


# -- what goes out


class PunchShape(S.Serializer):
    """A punch. `at` counts; `received_at` is when the server heard of it."""

    id = S.UUIDField()
    kind = S.ChoiceField(choices=KINDS)
    at = S.DateTimeField()
    received_at = S.DateTimeField()
    where = S.ChoiceField(choices=[where.value for where in Where])
    queued = S.BooleanField()


class ShiftHalfShape(S.Serializer):
    """A half's working time."""

    starts = S.RegexField(CLOCK_TIME)
    ends = S.RegexField(CLOCK_TIME)


class TodayShiftShape(S.Serializer):
    """The shift that holds today."""

    name = S.CharField()
    am = ShiftHalfShape(allow_null=True)
    pm = ShiftHalfShape(allow_null=True)
    grace_minutes = S.IntegerField()
    outside_allowed = S.BooleanField()


class AwayShape(S.Serializer):
    """A half on which somebody is rightly away."""

    half = S.ChoiceField(choices=HALVES)
    kind = S.ChoiceField(choices=[kind.value for kind in AbsenceKind])


class TodayDutyShape(S.Serializer):
    """A duty at a window today."""

    window_id = S.UUIDField()
    number = S.CharField()
    window_name = S.CharField()
    starts_at = S.DateTimeField()
    ends_at = S.DateTimeField()


class TodayPlaceShape(S.Serializer):
    """Where one punches."""

    id = S.UUIDField()
    name = S.CharField()


class TodayShape(S.Serializer):
    """My day so far. `next` is what the button offers."""

    day = S.DateField()
    server_time = S.DateTimeField()
    kept = S.BooleanField(help_text="False: nobody keeps attendance at my unit.")
    is_workday = S.BooleanField()
    shift = TodayShiftShape(allow_null=True)
    expected_in = S.DateTimeField(allow_null=True)
    expected_out = S.DateTimeField(allow_null=True)
    next = S.ChoiceField(choices=KINDS)
    punches = PunchShape(many=True)
    away = AwayShape(many=True)
    duties = TodayDutyShape(many=True)
    places = TodayPlaceShape(many=True)
    marks = S.ListField(child=S.ChoiceField(choices=MARKS))
    mark_names = S.ListField(child=S.CharField())

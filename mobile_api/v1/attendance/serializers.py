"""Bodies and parameters that come in."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from backend.attendance.types import AbsenceKind, CorrectionState, Half, Mark, PunchKind, SheetState, Where
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


class DisputeBody(StrictSerializer):
    """What is wrong with a sheet, or what is answered."""

    text = S.CharField(max_length=1000)


class CorrectionBody(StrictSerializer):
    """A punch that was forgotten."""

    day = S.DateField()
    kind = S.ChoiceField(choices=KINDS)
    time = S.RegexField(CLOCK_TIME, max_length=5)
    reason = S.CharField(max_length=300)


class CorrectionDecisionBody(StrictSerializer):
    """A refusal needs a comment."""

    agree = S.BooleanField()
    comment = S.CharField(max_length=300, required=False, default="", allow_blank=True)


class CorrectionListQuery(StrictSerializer):
    """Whose requests."""

    to_decide = S.BooleanField(required=False, default=False)
    cursor = S.CharField(max_length=1000, required=False, allow_blank=True)
    limit = S.CharField(max_length=3, required=False)


class AttendanceDayShape(S.Serializer):
    """A day on the sheet."""

    day = S.DateField()
    is_workday = S.BooleanField()
    expected_in = S.DateTimeField(allow_null=True)
    expected_out = S.DateTimeField(allow_null=True)
    punched_in = S.DateTimeField(allow_null=True)
    punched_out = S.DateTimeField(allow_null=True)
    late_minutes = S.IntegerField()
    early_minutes = S.IntegerField()
    absent = S.ListField(child=S.ChoiceField(choices=HALVES))
    away = AwayShape(many=True)
    marks = S.ListField(child=S.ChoiceField(choices=MARKS))
    mark_names = S.ListField(child=S.CharField())
    outside = S.BooleanField(help_text="A punch of the day was outside of the unit's places.")
    queued = S.BooleanField(help_text="A punch of the day waited in a device without a net.")


class AttendanceTotalsShape(S.Serializer):
    """A month in figures; days count by halves. Days that are not over do not count yet."""

    expected = S.FloatField()
    worked = S.FloatField()
    late = S.IntegerField()
    late_minutes = S.IntegerField()
    early = S.IntegerField()
    early_minutes = S.IntegerField()
    absent = S.FloatField()
    leave = S.FloatField()
    trip = S.FloatField()
    outing = S.FloatField()
    corrected = S.IntegerField()


class SheetDisputeShape(S.Serializer):
    """A dispute and its answer."""

    text = S.CharField()
    at = S.DateTimeField()
    answer = S.CharField(allow_blank=True)
    answered_at = S.DateTimeField(allow_null=True)
    answered_by_name = S.CharField(allow_blank=True)


class AttendanceMonthShape(S.Serializer):
    """A person's sheet of a month."""

    sheet_id = S.UUIDField(allow_null=True)
    person_id = S.UUIDField()
    name = S.CharField()
    organisation_id = S.UUIDField()
    unit_name = S.CharField()
    month = S.CharField()
    state = S.ChoiceField(choices=[state.value for state in SheetState])
    state_name = S.CharField()
    version = S.IntegerField()
    shown_at = S.DateTimeField(allow_null=True)
    confirmed_at = S.DateTimeField(allow_null=True)
    dispute = SheetDisputeShape(allow_null=True)
    days = AttendanceDayShape(many=True)
    totals = AttendanceTotalsShape()


class CorrectionShape(S.Serializer):
    """A request to correct a day."""

    id = S.UUIDField()
    person_id = S.UUIDField()
    name = S.CharField()
    unit_name = S.CharField()
    day = S.DateField()
    kind = S.ChoiceField(choices=KINDS)
    kind_name = S.CharField()
    time = S.RegexField(CLOCK_TIME)
    reason = S.CharField()
    state = S.ChoiceField(choices=[state.value for state in CorrectionState])
    state_name = S.CharField()
    comment = S.CharField(allow_blank=True)
    decided_by_name = S.CharField(allow_blank=True)
    decided_at = S.DateTimeField(allow_null=True)
    asked_at = S.DateTimeField()
    may_decide = S.BooleanField()
    version = S.IntegerField()


class CorrectionPageShape(S.Serializer):
    """A page of requests."""

    items = CorrectionShape(many=True)
    next = S.CharField(allow_null=True)


class WaitingPersonShape(S.Serializer):
    """Somebody who has not seen the own sheet yet."""

    person_id = S.UUIDField()
    name = S.CharField()


class UnitMonthShape(S.Serializer):
    """A unit's month for its head."""

    organisation_id = S.UUIDField()
    unit_name = S.CharField()
    month = S.CharField()
    closed = S.BooleanField(help_text="False: the month is still running, so nobody was shown a sheet.")
    waiting = WaitingPersonShape(many=True)
    items = AttendanceMonthShape(many=True)


class ShiftChangeBody(StrictSerializer):
    """Working times from a day on; a half is left out by null."""

    name = S.CharField(max_length=40)
    valid_from = S.DateField()
    am_starts = S.RegexField(CLOCK_TIME, max_length=5, required=False, allow_null=True, default=None)
    am_ends = S.RegexField(CLOCK_TIME, max_length=5, required=False, allow_null=True, default=None)
    pm_starts = S.RegexField(CLOCK_TIME, max_length=5, required=False, allow_null=True, default=None)
    pm_ends = S.RegexField(CLOCK_TIME, max_length=5, required=False, allow_null=True, default=None)
    grace_minutes = S.IntegerField(min_value=0, max_value=60)
    outside_allowed = S.BooleanField()


class ShiftBody(ShiftChangeBody):
    """A new shift of a unit with all below it, or of one window."""

    organisation_id = S.UUIDField()
    window_id = S.UUIDField(required=False, allow_null=True, default=None)


class PlaceBody(StrictSerializer):
    """Where a unit punches; the name says which."""

    organisation_id = S.UUIDField()
    name = S.CharField(max_length=60)
    latitude = S.FloatField(min_value=-90, max_value=90)
    longitude = S.FloatField(min_value=-180, max_value=180)
    radius_m = S.IntegerField(min_value=20, max_value=5000)


class DutyBody(StrictSerializer):
    """Somebody on duty for half a day. `shown_as` is a post or a staff number, which the public reads."""

    person_id = S.UUIDField()
    day = S.DateField()
    half = S.ChoiceField(choices=HALVES)
    shown_as = S.CharField(max_length=30, required=False, default="", allow_blank=True)


class RosterBody(StrictSerializer):
    """All duties of the days asked for."""

    items = S.ListField(child=DutyBody(), max_length=400)


class UnitQuery(StrictSerializer):
    """Of which unit."""

    organisation = S.UUIDField()


class RosterQuery(StrictSerializer):
    """Which window, which days."""

    window = S.UUIDField()

    def get_fields(self) -> dict[str, Any]:
        """`from` is no name in Python."""
        return {**super().get_fields(), "from": S.DateField(), "to": S.DateField()}


class AttendanceWindowShape(S.Serializer):
    """A service window."""

    id = S.UUIDField()
    number = S.CharField()
    name = S.CharField()
    centre_code = S.CharField()
    centre_name = S.CharField()


class ManagedUnitShape(S.Serializer):
    """A unit whose attendance I keep; of those that I head I see the sheets."""

    id = S.UUIDField()
    name = S.CharField()
    short_name = S.CharField(allow_blank=True)
    headed = S.BooleanField()


class ManagedShape(S.Serializer):
    """What I manage."""

    units = ManagedUnitShape(many=True)
    windows = AttendanceWindowShape(many=True)


class ShiftShape(S.Serializer):
    """Working times from a day on. `begun`: in force, so it cannot be changed."""

    id = S.UUIDField()
    organisation_id = S.UUIDField()
    window_id = S.UUIDField(allow_null=True)
    name = S.CharField()
    valid_from = S.DateField()
    am = ShiftHalfShape(allow_null=True)
    pm = ShiftHalfShape(allow_null=True)
    grace_minutes = S.IntegerField()
    outside_allowed = S.BooleanField()
    begun = S.BooleanField()
    version = S.IntegerField()


class ShiftListShape(S.Serializer):
    """The shifts of a unit."""

    items = ShiftShape(many=True)


class PlaceShape(S.Serializer):
    """Where a unit punches."""

    id = S.UUIDField()
    organisation_id = S.UUIDField()
    name = S.CharField()
    latitude = S.FloatField()
    longitude = S.FloatField()
    radius_m = S.IntegerField()


class PlaceListShape(S.Serializer):
    """The places of a unit."""

    items = PlaceShape(many=True)


class WindowDutyShape(S.Serializer):
    """Half a day of somebody at a window."""

    id = S.UUIDField()
    person_id = S.UUIDField()
    name = S.CharField()
    day = S.DateField()
    half = S.ChoiceField(choices=HALVES)
    starts_at = S.DateTimeField()
    ends_at = S.DateTimeField()
    shown_as = S.CharField()


class RosterShape(S.Serializer):
    """A window's roster."""

    window = AttendanceWindowShape()
    version = S.IntegerField()
    items = WindowDutyShape(many=True)

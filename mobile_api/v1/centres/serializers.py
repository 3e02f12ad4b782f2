"""Shapes of the service centres. They only describe; `documents.py` fills them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from backend.centres.types import CentreLevel, Facing, FeatureKind, WindowKind

CLOCK_TIME = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"


class Shape(serializers.Serializer[Any]):
    """A part of an answer."""


class CentreIntervalSerializer(Shape):
    """Opening hours within a day, wall-clock time in Suqian."""

    opens = serializers.RegexField(CLOCK_TIME)
    closes = serializers.RegexField(CLOCK_TIME)


class CentreDaySerializer(Shape):
    """One day; no interval: closed."""

    date = serializers.DateField()
    intervals = CentreIntervalSerializer(many=True)


class CentreHoursSerializer(Shape):
    """The hours of a weekday."""

    weekday = serializers.IntegerField(min_value=1, max_value=7, help_text="1 Monday … 7 Sunday.")
    intervals = CentreIntervalSerializer(many=True)


class CentreSummarySerializer(Shape):
    """A service centre in the list."""

    code = serializers.SlugField()
    name = serializers.CharField()
    name_en = serializers.CharField()
    level = serializers.ChoiceField([level.value for level in CentreLevel])
    region_code = serializers.CharField()
    organisation_id = serializers.UUIDField()
    address = serializers.CharField()
    phone = serializers.CharField()
    transport = serializers.CharField()
    access_note = serializers.CharField(help_text="What people with disabilities find there.")
    latitude = serializers.FloatField(allow_null=True)
    longitude = serializers.FloatField(allow_null=True)
    today = CentreDaySerializer(help_text="Holidays and make-up workdays are minded.")
    window_count = serializers.IntegerField(min_value=0)


class CentrePageSerializer(Shape):
    """All service centres."""

    items = CentreSummarySerializer(many=True)
    next = serializers.CharField(allow_null=True)


class PlanBoxSerializer(Shape):
    """A rectangle on the plan, in units of ten centimetres from the upper left corner of the hall."""

    x = serializers.IntegerField(min_value=0)
    y = serializers.IntegerField(min_value=0)
    width = serializers.IntegerField(min_value=1)
    height = serializers.IntegerField(min_value=1)


class PlanFeatureSerializer(Shape):
    """Something on the plan that is no window: a polygon, or a line of two points for doors."""

    kind = serializers.ChoiceField([kind.value for kind in FeatureKind])
    label = serializers.CharField()  # type: ignore[assignment] # a field, not the option
    label_en = serializers.CharField()
    points = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField(min_value=0), min_length=2, max_length=2)
    )


class WindowClosureSerializer(Shape):
    """Why a window is shut today."""

    reason = serializers.CharField()
    reason_en = serializers.CharField()
    until = serializers.DateField(allow_null=True, help_text="The last day; null: not known.")
    instead = serializers.CharField(help_text="Number of the window that takes over; may be empty.")


class WindowStaffingSerializer(Shape):
    """Who is at a window now, by the duty roster and the punches of the day. Never a name."""

    rostered = serializers.BooleanField(help_text="Somebody is on duty at this hour.")
    staffed = serializers.BooleanField(help_text="On duty, and signed in.")
    shown_as = serializers.CharField(help_text="Post or staff number; empty while nobody is on duty.")


class ServiceWindowSerializer(Shape):
    """A service window and what it handles today."""

    number = serializers.CharField()
    name = serializers.CharField()
    name_en = serializers.CharField()
    kind = serializers.ChoiceField([kind.value for kind in WindowKind])
    box = PlanBoxSerializer()
    facing = serializers.ChoiceField([side.value for side in Facing], help_text="The side at which people stand.")
    is_accessible = serializers.BooleanField(help_text="A low counter that a wheelchair fits under.")
    item_ids = serializers.ListField(child=serializers.UUIDField(), help_text="Items of `items`, by name.")
    counter_services = serializers.ListField(
        child=serializers.CharField(), help_text="What is done at the counter only and stands in no catalogue."
    )
    closure = WindowClosureSerializer(allow_null=True)
    staffing = WindowStaffingSerializer(allow_null=True, help_text="null: no duty roster for today.")


class PlanZoneSerializer(Shape):
    """A part of a hall under one sign."""

    code = serializers.CharField()
    name = serializers.CharField()
    name_en = serializers.CharField()
    tone = serializers.IntegerField(min_value=1, max_value=6, help_text="Colour of its signs.")
    box = PlanBoxSerializer()
    windows = ServiceWindowSerializer(many=True)


class PlanHallSerializer(Shape):
    """A hall on a floor."""

    code = serializers.CharField()
    name = serializers.CharField()
    name_en = serializers.CharField()
    floor = serializers.IntegerField()
    width = serializers.IntegerField(min_value=1)
    height = serializers.IntegerField(min_value=1)
    features = PlanFeatureSerializer(many=True)
    zones = PlanZoneSerializer(many=True)


class PlanItemSerializer(Shape):
    """A public item that some window of the centre handles."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    name = serializers.CharField()
    name_en = serializers.CharField()
    project_type = serializers.CharField()
    is_online = serializers.BooleanField()
    is_fee = serializers.BooleanField()
    organisation = serializers.CharField()
    state = serializers.ChoiceField(["published", "suspended"])


class CentrePlanSerializer(CentreSummarySerializer):
    """A service centre with its halls, zones and windows."""

    hours = CentreHoursSerializer(many=True)
    halls = PlanHallSerializer(many=True)
    items = PlanItemSerializer(many=True)

"""Shapes of ratings and rectifications."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from backend.ratings.types import Channel, RectificationAction, RectificationState
from mobile_api.platform.serializers import StrictSerializer

MAX_COMMENT = 1000
MAX_TAGS = 10
CHANNELS = [channel.value for channel in Channel]
STATES = [state.value for state in RectificationState]
ACTIONS = [action.value for action in RectificationAction]


class RateSerializer(StrictSerializer):
    """A rating: 5 very satisfied, 1 very dissatisfied."""

    level = serializers.IntegerField(min_value=1, max_value=5)
    tags = serializers.ListField(child=serializers.CharField(max_length=40), max_length=MAX_TAGS, required=False)
    comment = serializers.CharField(max_length=MAX_COMMENT, required=False, allow_blank=True)


class ChangeRatingSerializer(StrictSerializer):
    """What to correct."""

    level = serializers.IntegerField(min_value=1, max_value=5, required=False)
    tags = serializers.ListField(child=serializers.CharField(max_length=40), max_length=MAX_TAGS, required=False)
    comment = serializers.CharField(max_length=MAX_COMMENT, required=False, allow_blank=True)


class RatingSerializer(serializers.Serializer[Any]):
    """The one effective rating of a case."""

    id = serializers.UUIDField()
    case_id = serializers.UUIDField()
    level = serializers.IntegerField(min_value=1, max_value=5)
    level_name = serializers.CharField()
    tags = serializers.ListField(child=serializers.CharField())
    comment = serializers.CharField(allow_blank=True)
    channel = serializers.ChoiceField(CHANNELS, help_text="Through what it was given, or last corrected.")
    rated_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField()
    corrections = serializers.IntegerField(min_value=0)
    changeable_until = serializers.DateTimeField()


class RatingTagSerializer(serializers.Serializer[Any]):
    """What a rating may be about."""

    code = serializers.CharField()
    name = serializers.CharField()


class RatingTagsSerializer(serializers.Serializer[Any]):
    """All of them."""

    items = RatingTagSerializer(many=True)
    next = serializers.CharField(allow_null=True)


class RectificationSerializer(serializers.Serializer[Any]):
    """A bad rating being made good."""

    id = serializers.UUIDField()
    case_id = serializers.UUIDField()
    case_no = serializers.CharField()
    power_name = serializers.CharField()
    organisation_id = serializers.UUIDField()
    level = serializers.IntegerField(min_value=1, max_value=5)
    level_name = serializers.CharField()
    tags = serializers.ListField(child=serializers.CharField())
    comment = serializers.CharField(allow_blank=True)
    state = serializers.ChoiceField(STATES)
    assignee_id = serializers.UUIDField(allow_null=True)
    contact_due_on = serializers.DateField()
    mend_due_on = serializers.DateField(allow_null=True)
    overdue = serializers.BooleanField()
    opened_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)
    actions = serializers.ListField(child=serializers.ChoiceField(ACTIONS))
    version = serializers.IntegerField(min_value=1, help_text="The ETag of this row.")


class RectificationPageSerializer(serializers.Serializer[Any]):
    """A page of them."""

    items = RectificationSerializer(many=True)
    next = serializers.CharField(allow_null=True)


class RectificationActSerializer(StrictSerializer):
    """An act."""

    action = serializers.ChoiceField(ACTIONS)
    note = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")
    assignee_id = serializers.UUIDField(required=False)
    is_complex = serializers.BooleanField(required=False, default=False, help_text="Needs the longer limit.")

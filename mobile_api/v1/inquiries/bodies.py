"""What is sent about inquiries."""

from __future__ import annotations

from rest_framework import serializers

from backend.inquiries.selectors import CALLER_FIELDS
from backend.inquiries.types import Channel
from mobile_api.platform.serializers import StrictSerializer
from mobile_api.v1.inquiries.serializers import ACTIONS, RESOLUTIONS, TYPES, URGENCIES

CITIZEN_CHANNELS = [Channel.APP.value, Channel.WEB.value, Channel.MAILBOX.value]


class InquiryEmptySerializer(StrictSerializer):
    """A body without fields."""


class InquiryPlaceSerializer(StrictSerializer):
    """Where: by words, by region code, by a point; each may be missing."""

    words = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    area_code = serializers.RegexField(r"^([0-9]{6,12})?$", required=False, allow_blank=True, default="")
    longitude = serializers.FloatField(min_value=-180, max_value=180, required=False, allow_null=True, default=None)
    latitude = serializers.FloatField(min_value=-90, max_value=90, required=False, allow_null=True, default=None)


class SuggestSerializer(StrictSerializer):
    """Body of POST /inquiries/suggestions."""

    words = serializers.CharField(max_length=2000)
    area_code = serializers.RegexField(r"^([0-9]{6,12})?$", required=False, allow_blank=True, default="")
    topic = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")


class AskSerializer(StrictSerializer):
    """Body of POST /inquiries. Only `words` is needed."""

    words = serializers.CharField(max_length=2000)
    title = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")
    channel = serializers.ChoiceField(choices=CITIZEN_CHANNELS, required=False, default="app")
    request_type = serializers.ChoiceField(choices=TYPES, required=False, allow_null=True, default=None)
    topic = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
    place = InquiryPlaceSerializer(required=False)
    occurred_at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    anonymous = serializers.BooleanField(required=False, default=False)
    confidential = serializers.BooleanField(required=False, default=False)
    petition = serializers.BooleanField(required=False, default=False)
    public = serializers.BooleanField(required=False, default=True)
    client_ref = serializers.RegexField(
        r"^([A-Za-z0-9_-]{8,64})?$",
        required=False,
        allow_blank=True,
        default="",
        help_text="The draft's own id: sent twice, even days apart, it is one inquiry.",
    )


class InquiryUploadSerializer(StrictSerializer):
    """Multipart body of a file."""

    file = serializers.FileField(allow_empty_file=True)


class UrgeSerializer(StrictSerializer):
    """Body of POST /inquiries/{id}/urge."""

    words = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class SatisfactionSerializer(StrictSerializer):
    """The three questions: did somebody contact you, is it solved, are you satisfied."""

    contacted = serializers.BooleanField(allow_null=True)
    solved = serializers.BooleanField()
    satisfied = serializers.BooleanField()
    comment = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class ReopenSerializer(StrictSerializer):
    """Body of POST /inquiries/{id}/reopen."""

    reason = serializers.CharField(max_length=500)


class OrderQuerySerializer(StrictSerializer):
    """Query of an order as officials work on it."""

    masked = serializers.BooleanField(default=False)


class InquiryUnmaskSerializer(StrictSerializer):
    """Body of POST …/{id}/unmask."""

    names = serializers.ListField(
        child=serializers.ChoiceField(choices=CALLER_FIELDS), min_length=1, max_length=len(CALLER_FIELDS)
    )
    reason = serializers.CharField(min_length=4, max_length=200, help_text="Kept in the journal.")


class InquiryActionSerializer(StrictSerializer):
    """An official's act; which fields an act needs is in its description."""

    action = serializers.ChoiceField(choices=ACTIONS)
    note = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")
    text = serializers.CharField(max_length=4000, required=False, allow_blank=True, default="")
    law_basis = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
    resolution = serializers.ChoiceField(choices=RESOLUTIONS, required=False, allow_blank=True, default="")
    reason_code = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
    clause = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")
    file_ids = serializers.ListField(
        child=serializers.UUIDField(),
        max_length=20,
        required=False,
        default=list,
        help_text="Of `submit_reply`: files the unit has put with the order, which the citizen gets with the answer.",
    )
    unit_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    assist_ids = serializers.ListField(child=serializers.UUIDField(), max_length=10, required=False, default=list)
    target_no = serializers.CharField(max_length=20, required=False, allow_blank=True, default="")
    entry_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    days = serializers.IntegerField(min_value=0, max_value=366, required=False, default=0)
    topic_code = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
    request_type = serializers.ChoiceField(choices=TYPES, required=False, allow_blank=True, default="")
    urgency = serializers.ChoiceField(choices=URGENCIES, required=False, allow_blank=True, default="")
    heavy = serializers.BooleanField(required=False, allow_null=True, default=None)
    reached = serializers.BooleanField(required=False, allow_null=True, default=None)
    contacted = serializers.BooleanField(required=False, allow_null=True, default=None)
    solved = serializers.BooleanField(required=False, allow_null=True, default=None)
    satisfied = serializers.BooleanField(required=False, allow_null=True, default=None)

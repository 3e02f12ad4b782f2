"""Shapes of what everybody may read: what holds for those who ask, and the public figures."""

from __future__ import annotations

from rest_framework import serializers

from mobile_api.v1.inquiries.serializers import TYPES


class InquiryCountSerializer(serializers.Serializer):
    """How many of something."""

    key = serializers.CharField()
    count = serializers.IntegerField()


class InquiryLimitSerializer(serializers.Serializer):
    """How long something may take. Empty `channel` and `request_type` stand for all that have no line of their own."""

    kind = serializers.ChoiceField(choices=["accept", "answer", "extension"])
    channel = serializers.ChoiceField(choices=["", "mailbox"])
    request_type = serializers.ChoiceField(choices=["", *TYPES])
    urgent = serializers.BooleanField()
    petition = serializers.BooleanField()
    amount = serializers.IntegerField()
    unit = serializers.ChoiceField(choices=["min", "h", "wh", "wd", "cd"])


class InquiryAreaSerializer(serializers.Serializer):
    """A county or district."""

    code = serializers.CharField()
    name = serializers.CharField()


class InquiryMapSerializer(serializers.Serializer):
    """The map to choose a place on: pictures from `tiles`, none when it is empty, and where it opens."""

    tiles = serializers.CharField(allow_blank=True)
    attribution = serializers.CharField(allow_blank=True)
    longitude = serializers.FloatField()
    latitude = serializers.FloatField()
    zoom = serializers.IntegerField()


class InquiryTermsSerializer(serializers.Serializer):
    """What holds for those who ask."""

    limits = InquiryLimitSerializer(many=True)
    reopen_hours = serializers.IntegerField()
    max_files = serializers.IntegerField()
    max_file_bytes = serializers.IntegerField()
    areas = InquiryAreaSerializer(many=True)
    map = InquiryMapSerializer()


class InquiryStatisticsSerializer(serializers.Serializer):
    """Public figures: numerators beside their denominators; what units say apart from what citizens say."""

    received = serializers.IntegerField()
    open = serializers.IntegerField()
    unit_done = serializers.IntegerField()
    heard = serializers.IntegerField(help_text="Citizens who said; the denominator of solved and satisfied.")
    citizen_solved = serializers.IntegerField()
    citizen_satisfied = serializers.IntegerField()
    contacted_asked = serializers.IntegerField()
    contacted = serializers.IntegerField()
    unreachable = serializers.IntegerField()
    redone = serializers.IntegerField()
    returned = serializers.IntegerField()
    reopened = serializers.IntegerField()
    by_type = InquiryCountSerializer(many=True)
    by_channel = InquiryCountSerializer(many=True)

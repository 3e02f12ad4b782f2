"""Shapes of notices to many."""

from __future__ import annotations

from rest_framework import serializers

from backend.notifications.types import AlertState, Urgency
from mobile_api.platform.serializers import StrictSerializer

MAX_TOPICS = 5
MAX_WORDS = 2000
CODE = r"^[A-Za-z0-9_.~-]{1,64}$"
URGENCIES = [Urgency.NORMAL.value, Urgency.HIGH.value]


class AlertTopicSerializer(serializers.Serializer):
    """Whom a notice may be sent to."""

    code = serializers.CharField()
    name = serializers.CharField()
    everybody = serializers.BooleanField(help_text="Goes to all; cannot be chosen, only switched off as a purpose.")


class AlertTopicListSerializer(serializers.Serializer):
    """All of them, in their order."""

    items = AlertTopicSerializer(many=True)


class OwnTopicsSerializer(serializers.Serializer):
    """What I wish to hear of, beside what goes to everybody."""

    topics = serializers.ListField(child=serializers.CharField())


class ChooseTopicsSerializer(StrictSerializer):
    """Body of PUT /me/alert-topics."""

    topics = serializers.ListField(child=serializers.RegexField(CODE), max_length=50)


class AlertSerializer(serializers.Serializer):
    """A notice as everybody reads it."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    body = serializers.CharField()
    topics = serializers.ListField(child=serializers.CharField())
    urgency = serializers.ChoiceField(choices=[one.value for one in Urgency])
    at = serializers.DateTimeField()
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    withdrawn_why = serializers.CharField(allow_blank=True)


class AlertPageSerializer(serializers.Serializer):
    """A page of them."""

    items = AlertSerializer(many=True)
    next = serializers.CharField(allow_null=True)


class ProposeAlertSerializer(StrictSerializer):
    """Body of POST /alert-desk/alerts."""

    topics = serializers.ListField(child=serializers.RegexField(CODE), min_length=1, max_length=MAX_TOPICS)
    title_zh = serializers.CharField(max_length=60)
    body_zh = serializers.CharField(max_length=MAX_WORDS)
    title_en = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")
    body_en = serializers.CharField(max_length=MAX_WORDS, required=False, allow_blank=True, default="")
    urgency = serializers.ChoiceField(choices=URGENCIES, required=False, default=Urgency.NORMAL.value)


class DecideAlertSerializer(StrictSerializer):
    """Body of POST …/decision."""

    agree = serializers.BooleanField()
    comment = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class WithdrawAlertSerializer(StrictSerializer):
    """Body of POST …/withdrawal."""

    comment = serializers.CharField(min_length=2, max_length=300, help_text="Everybody who opens the notice reads it.")


class DeskAlertSerializer(serializers.Serializer):
    """A notice as those see it who write and decide."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    topics = serializers.ListField(child=serializers.CharField())
    title_zh = serializers.CharField()
    title_en = serializers.CharField(allow_blank=True)
    body_zh = serializers.CharField()
    body_en = serializers.CharField(allow_blank=True)
    urgency = serializers.ChoiceField(choices=[one.value for one in Urgency])
    state = serializers.ChoiceField(choices=[one.value for one in AlertState])
    proposed_at = serializers.DateTimeField()
    proposed_by = serializers.CharField()
    decided_at = serializers.DateTimeField(allow_null=True)
    decided_by = serializers.CharField(allow_blank=True)
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    comment = serializers.CharField(allow_blank=True)
    phones = serializers.IntegerField(help_text="Phones and browsers to be reached when it was decided on.")
    people = serializers.IntegerField()
    push_state = serializers.CharField(
        allow_blank=True,
        help_text="`accepted`, `failed`, `browsers` without a service for phones; empty while under way.",
    )
    actions = serializers.ListField(child=serializers.ChoiceField(choices=["decide", "withdraw"]))


class DeskAlertPageSerializer(serializers.Serializer):
    """A page of them."""

    items = DeskAlertSerializer(many=True)
    next = serializers.CharField(allow_null=True)


class ReachSerializer(serializers.Serializer):
    """What sending to these topics would do now."""

    phones = serializers.IntegerField()
    people = serializers.IntegerField()
    lock_screen = serializers.CharField(help_text="What a locked phone shows; the words themselves are fetched.")
    left_today = serializers.IntegerField(help_text="How many more these topics may get today.")


class ReachQuerySerializer(StrictSerializer):
    """Query of GET /alert-desk/reach."""

    topics = serializers.RegexField(r"^[A-Za-z0-9_.~,-]{1,330}$", help_text="Codes, separated by commas.")

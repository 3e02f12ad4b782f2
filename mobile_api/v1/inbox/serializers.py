"""Shapes of the message centre."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from rest_framework import serializers

from backend.notifications.types import Channel, DeliveryState, Purpose, Urgency
from mobile_api.platform.serializers import StrictSerializer


def choices(kind: type[StrEnum]) -> list[str]:
    """The values of an enumeration."""
    return [member.value for member in kind]


class NothingSentSerializer(StrictSerializer):
    """A request without content."""


class MessageSubjectSerializer(serializers.Serializer[Any]):
    """What a message is about."""

    kind = serializers.CharField()
    id = serializers.UUIDField()


class MessageChannelSerializer(serializers.Serializer[Any]):
    """How one channel fared."""

    channel = serializers.ChoiceField(choices(Channel))
    state = serializers.ChoiceField(choices(DeliveryState))
    state_label = serializers.CharField()
    reason = serializers.CharField(help_text="Empty when there is nothing to explain.")
    reason_label = serializers.CharField()
    at = serializers.DateTimeField()


class MessageSerializer(serializers.Serializer[Any]):
    """A message of the message centre."""

    id = serializers.UUIDField()
    event_id = serializers.UUIDField(help_text="The event that it tells of; the same id on every channel.")
    type = serializers.CharField()
    title = serializers.CharField()
    body = serializers.CharField()
    link = serializers.CharField(help_text="Where it leads inside the apps, for example /cases/<id>.")
    subject = MessageSubjectSerializer()
    purpose = serializers.ChoiceField(choices(Purpose))
    statutory = serializers.BooleanField()
    urgency = serializers.ChoiceField(choices(Urgency))
    at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)
    channels = MessageChannelSerializer(many=True)


class MessagePageSerializer(serializers.Serializer[Any]):
    """A page of messages."""

    items = MessageSerializer(many=True)
    next = serializers.CharField(allow_null=True)


class BadgeSerializer(serializers.Serializer[Any]):
    """How much is unread."""

    unread = serializers.IntegerField(min_value=0)


class ReadAllSerializer(BadgeSerializer):
    """What marking everything as read did."""

    read = serializers.IntegerField(min_value=0, help_text="How many were not read before.")


class ChosenChannelsSerializer(serializers.Serializer[Any]):
    """The channels that can be chosen."""

    sms = serializers.BooleanField(required=False, help_text="Missing where no texts are sent for the purpose.")
    push = serializers.BooleanField()


class ChannelChoiceSerializer(serializers.Serializer[Any]):
    """The choice for one purpose."""

    purpose = serializers.ChoiceField(choices(Purpose))
    name = serializers.CharField()
    statutory = serializers.BooleanField()
    channels = ChosenChannelsSerializer()


class ChannelChoicesSerializer(serializers.Serializer[Any]):
    """All choices."""

    items = ChannelChoiceSerializer(many=True)


class ChannelChangeSerializer(StrictSerializer):
    """What to switch."""

    sms = serializers.BooleanField(required=False)
    push = serializers.BooleanField(required=False)


class ChannelChoicesChangeSerializer(StrictSerializer):
    """What to switch, by purpose."""

    case_notice = ChannelChangeSerializer(required=False)
    case_progress = ChannelChangeSerializer(required=False)
    rating = ChannelChangeSerializer(required=False)
    security = ChannelChangeSerializer(required=False)
    work = ChannelChangeSerializer(required=False)
    tender = ChannelChangeSerializer(required=False)
    notice = ChannelChangeSerializer(required=False)

"""Shapes of push."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from backend.push.types import Platform
from mobile_api.platform.serializers import StrictSerializer

PLATFORMS = [platform.value for platform in Platform]
MAX_TOKEN = 4096
MAX_ENDPOINT = 2000


class PushKeysSerializer(StrictSerializer):
    """Keys of a browser's subscription, base64url."""

    p256dh = serializers.CharField(max_length=120)
    auth = serializers.CharField(max_length=60)


class PushSubscriptionSerializer(StrictSerializer):
    """What `PushSubscription.toJSON()` gives."""

    endpoint = serializers.CharField(max_length=MAX_ENDPOINT)
    expirationTime = serializers.IntegerField(required=False, allow_null=True)  # noqa: N815 - the browser's name
    keys = PushKeysSerializer()


class PushAddressSerializer(StrictSerializer):
    """A push address: an FCM token or a browser's subscription."""

    platform = serializers.ChoiceField(PLATFORMS)
    token = serializers.CharField(max_length=MAX_TOKEN, required=False)
    subscription = PushSubscriptionSerializer(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Exactly what the platform needs."""
        return one_address(attrs)


class GoneSubscriptionSerializer(StrictSerializer):
    """A subscription to be removed; its keys may have been forgotten."""

    endpoint = serializers.CharField(max_length=MAX_ENDPOINT)
    expirationTime = serializers.IntegerField(required=False, allow_null=True)  # noqa: N815 - the browser's name
    keys = serializers.DictField(required=False)


class GoneAddressSerializer(StrictSerializer):
    """A push address to be removed."""

    platform = serializers.ChoiceField(PLATFORMS)
    token = serializers.CharField(max_length=MAX_TOKEN, required=False)
    subscription = GoneSubscriptionSerializer(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Exactly what the platform needs."""
        return one_address(attrs)


def one_address(attrs: dict[str, Any]) -> dict[str, Any]:
    """Check that the address fits the platform. Raises ValidationError at the field that is missing or too much."""
    wanted, other = ("token", "subscription") if attrs["platform"] == Platform.FCM else ("subscription", "token")
    if wanted not in attrs:
        raise serializers.ValidationError({wanted: "该平台需要此项。 / Needed for this platform."}, code="required")
    if other in attrs:
        raise serializers.ValidationError({other: "该平台不用此项。 / Not for this platform."}, code="unknown_field")
    return attrs


class DeviceSerializer(serializers.Serializer[Any]):
    """A device that gets push messages."""

    id = serializers.UUIDField()
    platform = serializers.ChoiceField(PLATFORMS)
    service = serializers.CharField(help_text="Origin of the push service.")
    current = serializers.BooleanField(help_text="Whether this session registered it.")
    created_at = serializers.DateTimeField()
    seen_at = serializers.DateTimeField()


class DevicesSerializer(serializers.Serializer[Any]):
    """All of them."""

    items = DeviceSerializer(many=True)
    next = serializers.CharField(allow_null=True)


class VapidKeySerializer(serializers.Serializer[Any]):
    """The key browsers subscribe with."""

    public_key = serializers.CharField()

"""Shapes of the live state."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from kernel.errors import ErrorCode, error
from mobile_api.platform.serializers import StrictSerializer


class RealtimeError(ErrorCode):
    """Refusals of the live log."""

    CURSOR_TOO_OLD = error(
        "cursor_too_old",
        409,
        zh=("需要重新载入", "离线时间过长，请重新获取最新状态。"),
        en=("Reload needed", "You were away too long. Take a new snapshot."),
    )


class NothingSerializer(StrictSerializer):
    """A request without content."""


class SnapshotSerializer(serializers.Serializer[Any]):
    """State of a person's screens."""

    state = serializers.DictField(help_text="Collections of rows by name, and single values.")
    cursor = serializers.IntegerField(min_value=0)
    realtime_url = serializers.CharField()


class TicketSerializer(serializers.Serializer[Any]):
    """A ticket."""

    ticket = serializers.CharField()
    expires_in = serializers.IntegerField(min_value=1, help_text="Seconds.")


class SubjectSerializer(serializers.Serializer[Any]):
    """What an event is about."""

    kind = serializers.CharField()
    id = serializers.UUIDField()


class EventSerializer(serializers.Serializer[Any]):
    """One event, as on the socket."""

    seq = serializers.IntegerField(min_value=1)
    id = serializers.UUIDField()
    type = serializers.CharField()
    subject = SubjectSerializer()
    data = serializers.DictField(  # type: ignore[assignment]  # the wire names it so
        help_text="A patch of the snapshot's state: upsert, remove, set."
    )
    at = serializers.DateTimeField()


class EventsSerializer(serializers.Serializer[Any]):
    """What happened since, and the cursor for the next call."""

    events = EventSerializer(many=True)
    cursor = serializers.IntegerField(min_value=0)

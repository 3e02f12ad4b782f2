"""Shapes of what those who keep the system running see."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from mobile_api.platform.serializers import StrictSerializer
from sms.types import AttemptState, MessageState, Purpose

PURPOSES = [purpose.value for purpose in Purpose]


class Shape(serializers.Serializer[Any]):
    """A part of an answer."""


class OperationsEmptySerializer(StrictSerializer):
    """A body without fields."""


class TextsWaitingSerializer(Shape):
    """Texts of one purpose that are due and not yet with a carrier."""

    purpose = serializers.ChoiceField(PURPOSES)
    number = serializers.IntegerField()
    oldest_seconds = serializers.FloatField()


class CarrierSerializer(Shape):
    """A carrier: share in hundredths, circuit, outcomes of the last five minutes."""

    gateway = serializers.CharField()
    share = serializers.IntegerField()
    circuit = serializers.ChoiceField(["closed", "probing", "held", "open"])
    held_until = serializers.DateTimeField(allow_null=True)
    outcomes = serializers.DictField(child=serializers.IntegerField())


class CarrierChangeSerializer(Shape):
    """A share that moved, or a circuit that opened or closed."""

    gateway = serializers.CharField()
    what = serializers.ChoiceField(["share", "opened", "closed"])
    share = serializers.IntegerField()
    why = serializers.CharField()
    at = serializers.DateTimeField()


class PushesWaitingSerializer(Shape):
    """Pushes that are due."""

    number = serializers.IntegerField()
    oldest_seconds = serializers.FloatField()


class WebhooksWaitingSerializer(PushesWaitingSerializer):
    """Webhooks to partners: due, parked, and endpoints that were disabled."""

    parked = serializers.IntegerField()
    disabled = serializers.IntegerField()


class EventsWaitingSerializer(Shape):
    """Events inside the house: the oldest, and those a reader failed at five times."""

    oldest_seconds = serializers.FloatField()
    parked = serializers.DictField(child=serializers.IntegerField())


class QueueSerializer(Shape):
    """Seconds since a worker last answered a knock at this queue; null: never."""

    queue = serializers.CharField()
    silent_seconds = serializers.FloatField(allow_null=True)


class ChannelsSerializer(Shape):
    """Everything that waits, fails or is parked."""

    texts = TextsWaitingSerializer(many=True)
    carriers = CarrierSerializer(many=True)
    changes = CarrierChangeSerializer(many=True)
    parked_receipts = serializers.IntegerField()
    pushes = PushesWaitingSerializer()
    webhooks = WebhooksWaitingSerializer()
    events = EventsWaitingSerializer()
    queues = QueueSerializer(many=True)


class TextCallSerializer(Shape):
    """One call to a carrier."""

    ordinal = serializers.IntegerField()
    gateway = serializers.CharField()
    state = serializers.ChoiceField([state.value for state in AttemptState])
    code = serializers.CharField(allow_blank=True)
    started_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)


class TextReportSerializer(Shape):
    """What the carrier reported."""

    status = serializers.CharField()
    code = serializers.CharField(allow_blank=True)
    received_at = serializers.DateTimeField()


class TextStorySerializer(Shape):
    """A text's whole story: why, what, through whom, what became of it, what it cost (thousandths of a yuan)."""

    id = serializers.UUIDField()
    reference = serializers.CharField(help_text="The intent it stands for.")
    purpose = serializers.ChoiceField(PURPOSES)
    template = serializers.CharField()
    template_version = serializers.IntegerField()
    approval_number = serializers.CharField(allow_blank=True)
    to_masked = serializers.CharField()
    text = serializers.CharField(help_text="A sign-in code is hidden.")
    parts = serializers.IntegerField()
    state = serializers.ChoiceField([state.value for state in MessageState])
    reason = serializers.CharField(allow_blank=True)
    maybe_duplicate = serializers.BooleanField()
    queued_at = serializers.DateTimeField()
    give_up_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    calls = TextCallSerializer(many=True)
    reports = TextReportSerializer(many=True)
    cost_milli_yuan = serializers.IntegerField()


class RetriedSerializer(Shape):
    """Whether it goes again; not when a carrier has it, or nobody knows."""

    retried = serializers.BooleanField()

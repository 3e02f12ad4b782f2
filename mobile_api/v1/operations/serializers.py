"""Shapes of what those who keep the system running see."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from backend.partners.types import WebhookState
from mobile_api.platform.serializers import StrictSerializer
from sms.types import AttemptState, MessageState, Purpose, TextGroup

GROUPS = [group.value for group in TextGroup]
PURPOSES = [purpose.value for purpose in Purpose]


class Shape(serializers.Serializer[Any]):
    """A part of an answer."""


class OperationsEmptySerializer(StrictSerializer):
    """A body without fields."""


class TextsWaitingSerializer(Shape):
    """Texts of one purpose that are due and not yet with a carrier; `failing`: those of them that were tried in vain;
    `failed_lately`: failed for good within a day."""

    purpose = serializers.ChoiceField(PURPOSES)
    number = serializers.IntegerField()
    oldest_seconds = serializers.FloatField()
    failing = serializers.IntegerField()
    failed_lately = serializers.IntegerField()


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


class TextQuerySerializer(StrictSerializer):
    """Which texts. `limit` and `cursor` are read by the page."""

    group = serializers.ChoiceField(GROUPS, default=TextGroup.ALL.value)
    limit = serializers.CharField(required=False)
    cursor = serializers.CharField(required=False, allow_blank=True)


class TextRowSerializer(Shape):
    """A text in a list."""

    id = serializers.UUIDField()
    purpose = serializers.ChoiceField(PURPOSES)
    kind = serializers.CharField()
    to_masked = serializers.CharField()
    state = serializers.ChoiceField([state.value for state in MessageState])
    reason = serializers.CharField(allow_blank=True)
    gateway = serializers.CharField(allow_blank=True)
    parts = serializers.IntegerField()
    failures = serializers.IntegerField()
    queued_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)


class TextPageSerializer(Shape):
    """A page of texts."""

    items = TextRowSerializer(many=True)
    next = serializers.CharField(allow_null=True)


class FindTextsSerializer(StrictSerializer):
    """Whose texts."""

    phone = serializers.CharField(max_length=30)


class FoundTextsSerializer(Shape):
    """The newest fifty."""

    items = TextRowSerializer(many=True)


class RetrySerializer(StrictSerializer):
    """What is tried again. `reader`: parked events of one reader only."""

    what = serializers.ChoiceField(["texts", "events"])
    group = serializers.ChoiceField(["failed", "failing"], default="failed")
    reader = serializers.CharField(max_length=80, default="", allow_blank=True)


class RetriedManySerializer(Shape):
    """How many go again."""

    count = serializers.IntegerField()


class TextWordingSerializer(Shape):
    """A version of a wording. `is_own`: an organisation's own."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    kind = serializers.CharField()
    version = serializers.IntegerField()
    text = serializers.CharField()
    params = serializers.ListField(child=serializers.CharField())
    approval_number = serializers.CharField(allow_blank=True)
    approved_at = serializers.DateTimeField(allow_null=True)
    effective_from = serializers.DateField()
    is_own = serializers.BooleanField()
    is_in_force = serializers.BooleanField()


class TextWordingsSerializer(Shape):
    """All wordings."""

    items = TextWordingSerializer(many=True)


class WordingValuesSerializer(StrictSerializer):
    """What is filled in."""

    values = serializers.DictField(child=serializers.CharField(max_length=200, allow_blank=True))


class WordingTrialSerializer(WordingValuesSerializer):
    """What is filled in, and whose phone gets it."""

    phone = serializers.CharField(max_length=30)


class WordingCostSerializer(Shape):
    """What it costs at a carrier, in thousandths of a yuan."""

    gateway = serializers.CharField()
    milli_yuan = serializers.IntegerField()


class WordingPreviewSerializer(Shape):
    """A wording filled in."""

    text = serializers.CharField()
    units = serializers.IntegerField()
    parts = serializers.IntegerField()
    costs = WordingCostSerializer(many=True)


class TriedSerializer(Shape):
    """The text that was sent."""

    id = serializers.UUIDField()


class WebhookCountsSerializer(Shape):
    """Webhooks of an address by state."""

    waiting = serializers.IntegerField()
    calling = serializers.IntegerField()
    retrying = serializers.IntegerField()
    delivered = serializers.IntegerField()
    parked = serializers.IntegerField()


class EndpointSerializer(Shape):
    """An address of a partner. `disabled` says why nothing is sent there."""

    id = serializers.UUIDField()
    partner = serializers.CharField()
    name = serializers.CharField()
    url = serializers.CharField()
    disabled = serializers.CharField(allow_null=True)
    failing_since = serializers.DateTimeField(allow_null=True)
    webhooks = WebhookCountsSerializer()


class EndpointsSerializer(Shape):
    """All addresses."""

    items = EndpointSerializer(many=True)


class DeliveryQuerySerializer(StrictSerializer):
    """Which webhooks."""

    state = serializers.ChoiceField([state.value for state in WebhookState], default="")


class DeliveryTrySerializer(Shape):
    """A call: the status that came back (0: none), what was wrong, how long it took."""

    at = serializers.DateTimeField()
    status = serializers.IntegerField()
    detail = serializers.CharField(allow_blank=True)
    seconds = serializers.FloatField(allow_null=True)


class DeliverySerializer(Shape):
    """A webhook with each try."""

    id = serializers.CharField()
    type = serializers.CharField()
    state = serializers.ChoiceField([state.value for state in WebhookState])
    occurred_at = serializers.DateTimeField()
    attempts = DeliveryTrySerializer(many=True)


class DeliveriesSerializer(Shape):
    """The newest hundred."""

    items = DeliverySerializer(many=True)


class EndpointActSerializer(StrictSerializer):
    """What is done. `replay` needs a time."""

    action = serializers.ChoiceField(["enable", "replay", "rotate"])
    since = serializers.DateTimeField(required=False)
    until = serializers.DateTimeField(required=False)
    delivered_too = serializers.BooleanField(default=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A replay says from when until when."""
        for name in ("since", "until"):
            if attrs["action"] == "replay" and name not in attrs:
                raise serializers.ValidationError({name: "重新推送须给出起止时间。 / A replay needs a time."})
        return attrs


class EndpointActedSerializer(Shape):
    """How many webhooks go again; a new secret, shown this once, and until when the old one holds."""

    count = serializers.IntegerField()
    secret = serializers.CharField(allow_null=True)
    old_valid_until = serializers.DateTimeField(allow_null=True)

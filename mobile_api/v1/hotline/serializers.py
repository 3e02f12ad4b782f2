"""Shapes of the operators' desk."""

from __future__ import annotations

from rest_framework import serializers

from backend.inquiries.types import CallState, PublicationState, Queue, State
from mobile_api.platform.serializers import StrictSerializer
from mobile_api.v1.inquiries.bodies import InquiryPlaceSerializer
from mobile_api.v1.inquiries.serializers import (
    TYPES,
    URGENCIES,
    InquirySummarySerializer,
    KnowledgeHitSerializer,
    SimilarSerializer,
    TopicGuessSerializer,
)

CHANNELS = ["call", "web", "sms", "mailbox"]


class CallerBodySerializer(StrictSerializer):
    """Who asks; each may be missing."""

    name = serializers.CharField(max_length=50, required=False, allow_blank=True, default="")
    phone = serializers.RegexField(r"^(\+?[0-9-]{3,20})?$", required=False, allow_blank=True, default="")
    gender = serializers.ChoiceField(choices=["male", "female"], required=False, allow_blank=True, default="")


class RegisterSerializer(StrictSerializer):
    """Body of POST /hotline/orders."""

    words = serializers.CharField(max_length=4000)
    title = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")
    channel = serializers.ChoiceField(choices=CHANNELS, required=False, default="call")
    caller = CallerBodySerializer(required=False)
    request_type = serializers.ChoiceField(choices=TYPES, required=False, allow_null=True, default=None)
    topic = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
    urgency = serializers.ChoiceField(choices=URGENCIES, required=False, allow_null=True, default=None)
    place = InquiryPlaceSerializer(required=False)
    occurred_at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    anonymous = serializers.BooleanField(required=False, default=False)
    confidential = serializers.BooleanField(required=False, default=False)
    petition = serializers.BooleanField(required=False, default=False)
    public = serializers.BooleanField(required=False, default=True)
    call_id = serializers.UUIDField(required=False, allow_null=True, default=None)


class SuggestBodySerializer(StrictSerializer):
    """Body of POST /hotline/suggestions."""

    words = serializers.CharField(max_length=4000)
    area_code = serializers.RegexField(r"^([0-9]{6,12})?$", required=False, allow_blank=True, default="")
    topic = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")


class PhoneSerializer(StrictSerializer):
    """A number, in the body so that it stands in no address."""

    phone = serializers.RegexField(r"^\+?[0-9-]{3,20}$")


class NoteSerializer(StrictSerializer):
    """Body of POST /hotline/handovers."""

    note = serializers.CharField(max_length=2000)


class DecisionSerializer(StrictSerializer):
    """Body of POST /hotline/publications/{id}/decision; texts as corrected by the person who confirms."""

    publish = serializers.BooleanField()
    question = serializers.CharField(max_length=4000, required=False, allow_blank=True, default="")
    answer = serializers.CharField(max_length=4000, required=False, allow_blank=True, default="")


class OwnerSerializer(StrictSerializer):
    """Body of POST /hotline/orders/{id}/knowledge."""

    owner_id = serializers.UUIDField(required=False, allow_null=True, default=None)


class DeskRowSerializer(InquirySummarySerializer):
    """An order in the desk's list; the caller is masked. `next_due_at` is the nearest limit, whosever it is."""

    caller = serializers.CharField(allow_blank=True)
    next_due_at = serializers.DateTimeField(allow_null=True)


class DeskPageSerializer(serializers.Serializer):
    """One page of the desk's list."""

    items = DeskRowSerializer(many=True)
    next = serializers.CharField(allow_null=True)


class UnitGuessSerializer(serializers.Serializer):
    """A unit the matter probably belongs to, by the duty list (`topic`) or by past dispatches (`past`)."""

    unit_id = serializers.UUIDField()
    unit_name = serializers.CharField()
    score = serializers.FloatField()
    why = serializers.ChoiceField(choices=["topic", "past"])


class DeskSimilarSerializer(SimilarSerializer):
    """An open matter like it, with its number."""

    order_no = serializers.CharField()


class DeskSuggestionsSerializer(serializers.Serializer):
    """What the words speak for, while the operator types."""

    topics = TopicGuessSerializer(many=True)
    similar = DeskSimilarSerializer(many=True)
    knowledge = KnowledgeHitSerializer(many=True)
    units = UnitGuessSerializer(many=True)
    urgent = serializers.BooleanField()


class CallSerializer(serializers.Serializer):
    """A phone call."""

    id = serializers.UUIDField()
    number = serializers.CharField(allow_blank=True)
    state = serializers.ChoiceField(choices=[one.value for one in CallState])
    operator_id = serializers.UUIDField(allow_null=True)
    order_id = serializers.UUIDField(allow_null=True)
    received_at = serializers.DateTimeField()
    answered_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    seconds = serializers.IntegerField(allow_null=True)
    recording = serializers.ChoiceField(choices=["none", "coming", "ready", "lost"])
    recording_seconds = serializers.IntegerField(allow_null=True)
    version = serializers.IntegerField()


class CallPageSerializer(serializers.Serializer):
    """One page of calls."""

    items = CallSerializer(many=True)
    next = serializers.CharField(allow_null=True)


class PopSerializer(serializers.Serializer):
    """The screen pop: the call and what the number asked before."""

    call = CallSerializer()
    history = InquirySummarySerializer(many=True)


class HistorySerializer(serializers.Serializer):
    """What a number asked before."""

    items = InquirySummarySerializer(many=True)


class WallboardQuerySerializer(StrictSerializer):
    """Query of GET /hotline/wallboard."""

    centre_id = serializers.UUIDField(required=False, default=None)


class LastHandoverSerializer(serializers.Serializer):
    """The last change of shift; `taken_by` is empty until the next leader has confirmed it."""

    by_name = serializers.CharField()
    at = serializers.DateTimeField()
    taken_by = serializers.CharField(allow_blank=True)
    taken_at = serializers.DateTimeField(allow_null=True)


class WallboardSerializer(serializers.Serializer):
    """The hotline at a glance; shares are null without calls."""

    waiting = serializers.IntegerField()
    talking = serializers.IntegerField()
    longest_wait_seconds = serializers.IntegerField()
    offered = serializers.IntegerField()
    answered = serializers.IntegerField()
    answered_in_15s = serializers.IntegerField()
    connected_share = serializers.FloatField(allow_null=True)
    quick_share = serializers.FloatField(allow_null=True)
    open_orders = serializers.IntegerField()
    overdue = serializers.IntegerField()
    urgent_open = serializers.IntegerField()
    to_dispatch = serializers.IntegerField()
    to_call_back = serializers.IntegerField()
    to_decide = serializers.IntegerField(help_text="Returns that were asked for.")
    to_review = serializers.IntegerField()
    goal_seconds = serializers.IntegerField(help_text="Within which a call is to be answered.")
    goal_percent = serializers.IntegerField(help_text="Of the calls, how many are to be connected.")
    at = serializers.DateTimeField()
    handover = LastHandoverSerializer(allow_null=True)


class HandoverTakenSerializer(serializers.Serializer):
    """The leader of the next shift has confirmed it."""

    by_name = serializers.CharField()
    note = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()


class HandoverSerializer(serializers.Serializer):
    """A shift gave over to the next."""

    id = serializers.UUIDField()
    by_name = serializers.CharField(allow_blank=True)
    note = serializers.CharField()
    figures = serializers.DictField()
    at = serializers.DateTimeField()
    taken = HandoverTakenSerializer(allow_null=True)


class TakeOverSerializer(StrictSerializer):
    """Body of POST /hotline/handovers/{id}/confirm."""

    note = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")


class HandoverPageSerializer(serializers.Serializer):
    """One page of hand-overs."""

    items = HandoverSerializer(many=True)
    next = serializers.CharField(allow_null=True)


class PublicationSerializer(serializers.Serializer):
    """A proposal for the public; `found` counts what was hidden."""

    id = serializers.UUIDField()
    order_id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=[one.value for one in PublicationState])
    question = serializers.CharField()
    answer = serializers.CharField()
    found = serializers.DictField(child=serializers.IntegerField())
    unit_name = serializers.CharField()
    proposed_at = serializers.DateTimeField()
    version = serializers.IntegerField()


class PublicationPageSerializer(serializers.Serializer):
    """One page of proposals."""

    items = PublicationSerializer(many=True)
    next = serializers.CharField(allow_null=True)


class HotSerializer(serializers.Serializer):
    """How many of a topic in an area in a week; `week` is its Monday."""

    topic = serializers.CharField()
    path = serializers.CharField()
    area_code = serializers.CharField(allow_blank=True)
    week = serializers.DateField()
    count = serializers.IntegerField()


class HotListSerializer(serializers.Serializer):
    """Topic × area × week, most first."""

    items = HotSerializer(many=True)


class ReasonSerializer(serializers.Serializer):
    """A standard reason."""

    kind = serializers.ChoiceField(choices=["return", "cancel", "transfer"])
    code = serializers.CharField()
    name = serializers.CharField()
    needs_clause = serializers.BooleanField()


class ReasonListSerializer(serializers.Serializer):
    """The standard reasons."""

    items = ReasonSerializer(many=True)


class HotlineUnitSerializer(serializers.Serializer):
    """A unit that orders can be given to."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    level = serializers.CharField()


class HotlineUnitListSerializer(serializers.Serializer):
    """The units, by the tree."""

    items = HotlineUnitSerializer(many=True)


class HotlineCentreSerializer(serializers.Serializer):
    """A centre of the hotline: the city's, or a county's own. `open`: the official may look into its desk."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    own = serializers.BooleanField()
    open = serializers.BooleanField()


class HotlineCentreListSerializer(serializers.Serializer):
    """The centres, the city's first."""

    items = HotlineCentreSerializer(many=True)


class EntryMadeSerializer(serializers.Serializer):
    """The draft made of a solved question."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    version = serializers.IntegerField()


DESK_STATES = [one.value for one in State]
QUEUES = [one.value for one in Queue]

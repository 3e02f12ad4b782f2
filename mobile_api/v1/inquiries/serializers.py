"""Shapes of inquiries, for those who ask and those who handle."""

from __future__ import annotations

from rest_framework import serializers

from backend.inquiries.types import (
    Action,
    Channel,
    Outcome,
    Part,
    PartState,
    ReplyState,
    RequestType,
    Resolution,
    State,
    Urgency,
)

STATES = [one.value for one in State]
TYPES = [one.value for one in RequestType]
URGENCIES = [one.value for one in Urgency]
RESOLUTIONS = [one.value for one in Resolution]
ACTIONS = [one.value for one in Action if one not in {Action.SAY, Action.JOIN, Action.ADD_FILE, Action.ARCHIVE}]
WHOSE = ["unit", "centre", "caller", "none"]


class InquiryTopicSerializer(serializers.Serializer):
    """A node of the topic tree."""

    code = serializers.CharField()
    parent = serializers.CharField(allow_null=True)  # type: ignore[assignment]
    name = serializers.CharField()
    path = serializers.CharField()
    request_type = serializers.CharField(allow_blank=True)


class TopicListSerializer(serializers.Serializer):
    """The topic tree, parents first."""

    items = InquiryTopicSerializer(many=True)


class TopicGuessSerializer(serializers.Serializer):
    """A topic that the words speak for."""

    code = serializers.CharField()
    path = serializers.CharField()
    request_type = serializers.ChoiceField(choices=TYPES)
    score = serializers.FloatField()


class SimilarSerializer(serializers.Serializer):
    """An open matter like it. The title names nobody."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    topic = serializers.CharField()
    state_label = serializers.CharField()
    holder = serializers.CharField()
    received_at = serializers.DateTimeField()
    followers = serializers.IntegerField()
    likeness = serializers.FloatField()


class KnowledgeHitSerializer(serializers.Serializer):
    """An entry of the knowledge base that may answer."""

    id = serializers.UUIDField()
    title = serializers.CharField()


class SuggestionsSerializer(serializers.Serializer):
    """What the words speak for, before anything is sent."""

    topics = TopicGuessSerializer(many=True)
    similar = SimilarSerializer(many=True)
    knowledge = KnowledgeHitSerializer(many=True)


class InquiryReceiptSerializer(serializers.Serializer):
    """What one holds in hands after asking."""

    id = serializers.UUIDField()
    order_no = serializers.CharField()
    query_code = serializers.CharField()
    received_at = serializers.DateTimeField()
    answer_due_on = serializers.DateField(allow_null=True)


class InquirySummarySerializer(serializers.Serializer):
    """A row of the list, and of the live state. `unit_says` and `citizen_says_solved` are two facts."""

    id = serializers.UUIDField()
    order_no = serializers.CharField()
    title = serializers.CharField()
    topic = serializers.CharField()
    request_type = serializers.ChoiceField(choices=TYPES)
    request_type_label = serializers.CharField()
    urgency = serializers.ChoiceField(choices=URGENCIES)
    state = serializers.ChoiceField(choices=STATES)
    state_label = serializers.CharField()
    outcome = serializers.ChoiceField(choices=[one.value for one in Outcome], allow_null=True)
    outcome_label = serializers.CharField(allow_null=True)
    holder = serializers.CharField(help_text="Who holds it now.")
    clock = serializers.ChoiceField(choices=WHOSE, help_text="Whose clock runs.")
    due_at = serializers.DateTimeField(allow_null=True)
    received_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    unit_says = serializers.ChoiceField(choices=RESOLUTIONS, allow_null=True)
    citizen_says_solved = serializers.BooleanField(allow_null=True)
    followers = serializers.IntegerField()
    version = serializers.IntegerField()


class InquiryPageSerializer(serializers.Serializer):
    """One page of inquiries."""

    items = InquirySummarySerializer(many=True)
    next = serializers.CharField(allow_null=True)


class InquiryFileSerializer(serializers.Serializer):
    """A photo, a voice note, a paper."""

    id = serializers.UUIDField()
    filename = serializers.CharField()
    media_type = serializers.CharField()
    size = serializers.IntegerField()
    by = serializers.ChoiceField(choices=["caller", "unit", "centre"])
    at = serializers.DateTimeField()


class InquiryReplySerializer(serializers.Serializer):
    """An answer."""

    round = serializers.IntegerField()
    state = serializers.ChoiceField(choices=[one.value for one in ReplyState])
    text = serializers.CharField()
    law_basis = serializers.CharField(allow_blank=True)
    resolution = serializers.ChoiceField(choices=RESOLUTIONS)
    unit_name = serializers.CharField()
    signed_name = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()
    file_ids = serializers.ListField(
        child=serializers.UUIDField(), help_text="Of the order's files those that belong to it."
    )


class InquiryClockSerializer(serializers.Serializer):
    """A limit as it runs."""

    kind = serializers.CharField()
    due_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)
    overdue = serializers.BooleanField()
    whose = serializers.ChoiceField(choices=WHOSE)
    unit_name = serializers.CharField(allow_blank=True)


class InquiryPlaceShownSerializer(serializers.Serializer):
    """Where it is about."""

    words = serializers.CharField(allow_blank=True)
    area_code = serializers.CharField(allow_blank=True)
    longitude = serializers.FloatField(allow_null=True)
    latitude = serializers.FloatField(allow_null=True)


class InquirySaidSerializer(serializers.Serializer):
    """What the citizen said about the last answer."""

    contacted = serializers.BooleanField(allow_null=True)
    solved = serializers.BooleanField(allow_null=True)
    satisfied = serializers.BooleanField(allow_null=True)
    at = serializers.DateTimeField()


class InquirySerializer(InquirySummarySerializer):
    """One's own inquiry, whole; a follower sees neither words, place nor files."""

    is_own = serializers.BooleanField()
    words = serializers.CharField(allow_blank=True)
    place = InquiryPlaceShownSerializer(allow_null=True)
    query_code = serializers.CharField(allow_null=True)
    files = InquiryFileSerializer(many=True)
    replies = InquiryReplySerializer(many=True)
    channel = serializers.ChoiceField(choices=[one.value for one in Channel])
    anonymous = serializers.BooleanField()
    protected = serializers.BooleanField(help_text="The handling unit never learns who asked.")
    said = InquirySaidSerializer(allow_null=True)
    reopen_until = serializers.DateTimeField(allow_null=True)
    can = serializers.ListField(child=serializers.ChoiceField(choices=["say", "reopen", "urge", "add_file"]))


class InquiryStoryLineSerializer(serializers.Serializer):
    """One line of the story."""

    kind = serializers.CharField()
    title = serializers.CharField()
    at = serializers.DateTimeField()
    who = serializers.CharField(allow_blank=True)
    note = serializers.CharField(allow_blank=True)
    facts = serializers.DictField(child=serializers.JSONField(allow_null=True))


class InquiryTimelineSerializer(serializers.Serializer):
    """What happened, who holds it, whose clock runs."""

    items = InquiryStoryLineSerializer(many=True)
    holder = serializers.CharField()
    clock = serializers.ChoiceField(choices=WHOSE)
    due_at = serializers.DateTimeField(allow_null=True)


class InquiryProgressSerializer(serializers.Serializer):
    """What anybody with number and query code may know. No personal data."""

    order_no = serializers.CharField()
    topic = serializers.CharField()
    state = serializers.ChoiceField(choices=STATES)
    state_label = serializers.CharField()
    holder = serializers.CharField()
    clock = serializers.ChoiceField(choices=WHOSE)
    due_at = serializers.DateTimeField(allow_null=True)
    received_at = serializers.DateTimeField()
    steps = serializers.ListField(child=serializers.DictField(child=serializers.CharField()))


class InquiryPartSerializer(serializers.Serializer):
    """A unit's part."""

    unit_id = serializers.UUIDField()
    unit_name = serializers.CharField()
    part = serializers.ChoiceField(choices=[one.value for one in Part])
    state = serializers.ChoiceField(choices=[one.value for one in PartState])
    dispatched_at = serializers.DateTimeField()
    signed_at = serializers.DateTimeField(allow_null=True)
    return_due_at = serializers.DateTimeField(allow_null=True)
    opinion = serializers.CharField(allow_blank=True)
    file_ids = serializers.ListField(child=serializers.UUIDField(), help_text="Files that go with the opinion.")


class InquiryAskedForSerializer(serializers.Serializer):
    """What a unit asks the hotline for and nobody has decided yet."""

    kind = serializers.ChoiceField(choices=["return", "extension"])
    unit_name = serializers.CharField()
    reason = serializers.CharField(allow_blank=True)
    clause = serializers.CharField(allow_blank=True)
    note = serializers.CharField(allow_blank=True)
    asked_at = serializers.DateTimeField()
    number = serializers.IntegerField(help_text="Of a return: the how-manieth.")
    days = serializers.IntegerField(help_text="Of an extension: by how much.")


class InquiryCallerSerializer(serializers.Serializer):
    """Who asked."""

    name = serializers.CharField(allow_blank=True)
    phone = serializers.CharField(allow_blank=True)
    gender = serializers.CharField(allow_blank=True)


class InquiryUnmaskedSerializer(serializers.Serializer):
    """The fields asked for, in clear; empty where nothing is known."""

    name = serializers.CharField(required=False, allow_blank=True)
    phone = serializers.CharField(required=False, allow_blank=True)


class InquiryRecordingSerializer(serializers.Serializer):
    """The sound of a call from which the order came; heard at /hotline/calls/{call_id}/recording."""

    call_id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=["coming", "ready", "lost"])
    seconds = serializers.IntegerField(allow_null=True)
    at = serializers.DateTimeField()


class OrderFileSerializer(InquirySummarySerializer):
    """The order as an official works on it. `caller` is null for a unit where the caller is protected."""

    channel = serializers.ChoiceField(choices=[one.value for one in Channel])
    centre_id = serializers.UUIDField()
    protected = serializers.BooleanField()
    anonymous = serializers.BooleanField()
    heavy = serializers.BooleanField()
    petition = serializers.BooleanField()
    topic_code = serializers.CharField(allow_null=True)
    words = serializers.CharField()
    place = InquiryPlaceShownSerializer()
    caller = InquiryCallerSerializer(allow_null=True)
    occurred_at = serializers.DateTimeField(allow_null=True)
    redo_count = serializers.IntegerField()
    return_count = serializers.IntegerField()
    urge_count = serializers.IntegerField()
    final_ruling = serializers.BooleanField()
    parts = InquiryPartSerializer(many=True)
    replies = InquiryReplySerializer(many=True)
    files = InquiryFileSerializer(many=True)
    recordings = InquiryRecordingSerializer(many=True)
    asked_for = InquiryAskedForSerializer(many=True)
    clocks = InquiryClockSerializer(many=True)
    timeline = InquiryStoryLineSerializer(many=True)
    actions = serializers.ListField(child=serializers.ChoiceField(choices=ACTIONS))


class InquiryActedSerializer(serializers.Serializer):
    """Where the order stands after an act."""

    id = serializers.UUIDField()
    order_no = serializers.CharField()
    state = serializers.ChoiceField(choices=STATES)
    state_label = serializers.CharField()
    due_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField()


class InquiryTaskSerializer(serializers.Serializer):
    """A to-do about an order."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    role = serializers.CharField()
    state = serializers.ChoiceField(choices=["open", "done"])
    due_on = serializers.DateField(allow_null=True)
    remaining = serializers.IntegerField(allow_null=True)
    overdue = serializers.BooleanField()
    opened_at = serializers.DateTimeField()
    etag = serializers.CharField()
    order = InquirySummarySerializer()


class InquiryTaskPageSerializer(serializers.Serializer):
    """One page of to-dos."""

    items = InquiryTaskSerializer(many=True)
    next = serializers.CharField(allow_null=True)


class AnsweredSerializer(serializers.Serializer):
    """An answered inquiry that everybody may read."""

    id = serializers.UUIDField()
    topic = serializers.CharField(allow_null=True)
    request_type = serializers.ChoiceField(choices=TYPES)
    area_code = serializers.CharField(allow_blank=True)
    question = serializers.CharField()
    answer = serializers.CharField()
    unit_name = serializers.CharField()
    unit_says = serializers.CharField()
    citizen_says_solved = serializers.BooleanField(allow_null=True)
    asked_on = serializers.DateField()
    answered_on = serializers.DateField()


class AnsweredPageSerializer(serializers.Serializer):
    """One page of answered inquiries."""

    items = AnsweredSerializer(many=True)
    next = serializers.CharField(allow_null=True)

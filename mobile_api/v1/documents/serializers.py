"""Bodies that come in, and the shapes that go out."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from backend.documents.selectors import BOXES
from backend.documents.types import Act, Direction, Kind, Openness, Reason, State, Urgency
from mobile_api.platform.serializers import StrictSerializer

S = serializers
MAX_NAMED = 500
MAX_BODY = 50_000


def _choices(values: Any) -> list[str]:
    return [str(one) for one in values]


def _people(**more: Any) -> S.ListField:
    return S.ListField(child=S.UUIDField(), max_length=MAX_NAMED, required=False, **more)


class DocumentEmptyBody(StrictSerializer):
    """A body without fields."""


class DocumentListQuery(StrictSerializer):
    """Parameters of the list."""

    box = S.ChoiceField(choices=list(BOXES), required=False, default="all")
    q = S.CharField(max_length=100, required=False, default="", allow_blank=True)
    cursor = S.CharField(max_length=1000, required=False, allow_blank=True)
    limit = S.CharField(max_length=3, required=False)


class NumberListQuery(StrictSerializer):
    """Parameters of the register of numbers."""

    code = S.CharField(max_length=12)
    year = S.IntegerField(min_value=2000, max_value=2200)


class _Text(StrictSerializer):
    urgency = S.ChoiceField(choices=_choices(Urgency), required=False)
    openness = S.ChoiceField(choices=_choices(Openness), required=False)
    copies = S.IntegerField(min_value=1, max_value=10_000, required=False)
    body = S.CharField(max_length=MAX_BODY, required=False, allow_blank=True, trim_whitespace=False)


class DocumentBody(_Text):
    """A new draft. A text with a secrecy grade is refused (`document_secret`)."""

    kind = S.ChoiceField(choices=_choices(Kind))
    title = S.CharField(max_length=150)
    recipients = S.CharField(max_length=500, required=False, allow_blank=True)
    copies_to = S.CharField(max_length=500, required=False, allow_blank=True)


class DocumentChangeBody(_Text):
    """What is to change in a draft; what is not named stays."""

    kind = S.ChoiceField(choices=_choices(Kind), required=False)
    title = S.CharField(max_length=150, required=False)
    recipients = S.CharField(max_length=500, required=False, allow_blank=True)
    copies_to = S.CharField(max_length=500, required=False, allow_blank=True)


class ReceiveBody(_Text):
    """What came in on paper or from elsewhere; `number` is the sender's, brackets of every make are put right."""

    sender = S.CharField(max_length=120)
    kind = S.ChoiceField(choices=_choices(Kind))
    title = S.CharField(max_length=150)
    number = S.CharField(max_length=60, required=False, allow_blank=True)
    dated = S.DateField(required=False, allow_null=True)


class DocumentActBody(StrictSerializer):
    """One act, and what it needs: `submit` checker_id, leader_id, countersigners; `propose` leader_id; `instruct`
    lead_id, assistants, readers, due_on; `circulate` and `distribute` people, units; `recheck` code."""

    action = S.ChoiceField(choices=_choices(Act))
    opinion = S.CharField(max_length=1000, required=False, allow_blank=True)
    checker_id = S.UUIDField(required=False)
    leader_id = S.UUIDField(required=False)
    countersigners = _people()
    lead_id = S.UUIDField(required=False)
    assistants = _people()
    readers = _people()
    due_on = S.DateField(required=False, allow_null=True)
    people = _people()
    units = S.ListField(child=S.UUIDField(), max_length=100, required=False)
    code = S.CharField(max_length=12, required=False, allow_blank=True)


class LayerBody(StrictSerializer):
    """Handwriting over a page: strokes of points [x, y], 0 to 1 of the page both ways; instead of what was there."""

    strokes = S.ListField(
        child=S.ListField(child=S.ListField(child=S.FloatField(), min_length=2, max_length=2), max_length=5000),
        max_length=1000,
    )
    words = S.CharField(max_length=500, required=False, default="", allow_blank=True)


class DocumentFileBody(StrictSerializer):
    """A scan or an annex."""

    file = S.FileField()


class DocumentFileShape(S.Serializer):
    """A file of a document."""

    id = S.UUIDField()
    filename = S.CharField()
    media_type = S.CharField()
    size = S.IntegerField()


class DocumentRowShape(S.Serializer):
    """A document in a list."""

    id = S.UUIDField()
    direction = S.ChoiceField(choices=_choices(Direction))
    kind = S.ChoiceField(choices=_choices(Kind))
    kind_label = S.CharField()
    title = S.CharField()
    number = S.CharField(allow_blank=True)
    state = S.ChoiceField(choices=_choices(State))
    state_label = S.CharField()
    urgency = S.ChoiceField(choices=_choices(Urgency))
    urgency_label = S.CharField()
    unit_name = S.CharField()
    sender = S.CharField(allow_blank=True)
    due_on = S.DateField(allow_null=True)
    is_unread = S.BooleanField()
    updated_at = S.DateTimeField()
    version = S.IntegerField()


class DocumentPageShape(S.Serializer):
    """A page of documents."""

    items = DocumentRowShape(many=True)
    next = S.CharField(allow_null=True)


class DocumentStepShape(S.Serializer):
    """One act of the story."""

    act = S.ChoiceField(choices=_choices(Act))
    act_label = S.CharField()
    by_name = S.CharField()
    opinion = S.CharField(allow_blank=True)
    people = S.CharField(allow_blank=True)
    at = S.DateTimeField()


class DocumentPartShape(S.Serializer):
    """Somebody's turn to countersign or to handle."""

    act = S.ChoiceField(choices=_choices(Act))
    act_label = S.CharField()
    name = S.CharField()
    unit_name = S.CharField()
    is_lead = S.BooleanField()
    done_at = S.DateTimeField(allow_null=True)
    opinion = S.CharField(allow_blank=True)


class DocumentReaderShape(S.Serializer):
    """Somebody who was given the document, and when it was read."""

    name = S.CharField()
    unit_name = S.CharField()
    reason = S.ChoiceField(choices=_choices(Reason))
    reason_label = S.CharField()
    sent_at = S.DateTimeField()
    read_at = S.DateTimeField(allow_null=True)


class DocumentLayerShape(S.Serializer):
    """What somebody wrote over a page."""

    page = S.IntegerField()
    version = S.IntegerField()
    by_name = S.CharField()
    is_own = S.BooleanField()
    strokes = S.ListField(child=S.ListField(child=S.ListField(child=S.FloatField())))
    words = S.CharField(allow_blank=True)
    at = S.DateTimeField()


class DocumentShape(DocumentRowShape):
    """A document with everything that the caller may see; `actions` are what the caller may do now."""

    openness = S.ChoiceField(choices=_choices(Openness))
    openness_label = S.CharField()
    body = S.CharField(allow_blank=True)
    recipients = S.CharField(allow_blank=True)
    copies_to = S.CharField(allow_blank=True)
    copies = S.IntegerField()
    dated = S.DateField(allow_null=True)
    register_no = S.IntegerField(allow_null=True)
    drafter_name = S.CharField()
    leader_name = S.CharField(allow_blank=True)
    holder = S.CharField(help_text="Who has it now.", allow_blank=True)
    signed_at = S.DateTimeField(allow_null=True)
    issued_at = S.DateTimeField(allow_null=True)
    edition = S.IntegerField()
    page_file_id = S.UUIDField(allow_null=True, help_text="The printed page.")
    is_drafter = S.BooleanField()
    actions = S.ListField(child=S.ChoiceField(choices=_choices(Act)))
    codes = S.ListField(child=S.CharField(), help_text="Agency codes to choose from when it is numbered.")
    steps = DocumentStepShape(many=True)
    parts = DocumentPartShape(many=True)
    readers = DocumentReaderShape(many=True)
    layers = DocumentLayerShape(many=True)
    files = DocumentFileShape(many=True)


class DocumentCodesShape(S.Serializer):
    """Agency codes."""

    items = S.ListField(child=S.CharField())


class EditionShape(S.Serializer):
    """The text as it stood, and in what pieces it differs from the one before."""

    number = S.IntegerField()
    title = S.CharField()
    by_name = S.CharField()
    at = S.DateTimeField()
    pieces = S.ListField(child=S.DictField(child=S.CharField(allow_blank=True)))


class EditionsShape(S.Serializer):
    """All texts, the first one first."""

    items = EditionShape(many=True)


class TakenNumberShape(S.Serializer):
    """A number that was given out; void ones stay."""

    number = S.CharField()
    serial = S.IntegerField()
    title = S.CharField()
    taken_at = S.DateTimeField()
    void_at = S.DateTimeField(allow_null=True)
    void_reason = S.CharField(allow_blank=True)


class TakenNumbersShape(S.Serializer):
    """A series of numbers, and whether one is missing (never)."""

    items = TakenNumberShape(many=True)
    is_whole = S.BooleanField()

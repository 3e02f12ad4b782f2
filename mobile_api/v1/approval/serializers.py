"""Shapes of the officials' side."""

from __future__ import annotations

from rest_framework import serializers

from backend.cases.types import Action, DeliveryMethod
from backend.workflow.types import SpecialProcedure
from mobile_api.platform.serializers import StrictSerializer
from mobile_api.v1.cases.serializers import (
    OUTCOMES,
    STATES,
    DeadlineSerializer,
    MaterialSerializer,
    NoticeSerializer,
    TimelineEntrySerializer,
)

OFFICIAL_ACTIONS = [
    action.value
    for action in Action
    if action not in {Action.SUBMIT, Action.WITHDRAW, Action.SUPPLEMENT, Action.DEEM_ACCEPTED}
]
MAX_BATCH = 50
MASKED_FIELDS = ["name", "id_number", "phone"]


class ActionSerializer(StrictSerializer):
    """Body of POST /approval/cases/{id}/actions; which fields an act needs is in its description."""

    action = serializers.ChoiceField(choices=OFFICIAL_ACTIONS)
    opinion = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")
    items = serializers.ListField(
        child=serializers.CharField(max_length=300), max_length=50, required=False, default=list
    )
    legal_basis = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
    procedure = serializers.ChoiceField(
        choices=[one.value for one in SpecialProcedure], required=False, allow_blank=True, default=""
    )
    planned_days = serializers.IntegerField(min_value=0, max_value=366, required=False, default=0)
    extension_days = serializers.IntegerField(min_value=0, max_value=366, required=False, default=0)
    delivery_method = serializers.ChoiceField(
        choices=[one.value for one in DeliveryMethod], required=False, allow_blank=True, default=""
    )


class BatchItemSerializer(ActionSerializer):
    """One decision of a batch."""

    case_id = serializers.UUIDField()
    etag = serializers.RegexField(r'^(W/)?"?[0-9]{1,9}"?$')


class BatchSerializer(StrictSerializer):
    """Body of POST /approval/batch."""

    items = serializers.ListField(child=serializers.DictField(), min_length=1, max_length=MAX_BATCH)


class BatchResultSerializer(serializers.Serializer):
    """What became of one decision: `problem` is null when it was taken."""

    case_id = serializers.CharField(allow_null=True)
    status = serializers.IntegerField()
    state = serializers.ChoiceField(choices=STATES, allow_null=True)
    etag = serializers.CharField(allow_null=True)
    problem = serializers.DictField(allow_null=True)


class BatchAnswerSerializer(serializers.Serializer):
    """A result for each, in the order of the request."""

    items = BatchResultSerializer(many=True)


class PreviewedNoticeSerializer(serializers.Serializer):
    """A voucher that the act would issue; it gets its number when it is issued."""

    title = serializers.CharField()
    paragraphs = serializers.ListField(child=serializers.CharField())


class PreviewedMessageSerializer(serializers.Serializer):
    """A message that the applicant would get."""

    title = serializers.CharField()
    body = serializers.CharField()


class PreviewSerializer(serializers.Serializer):
    """What an act would do, with nothing done."""

    state = serializers.ChoiceField(choices=STATES)
    state_label = serializers.CharField()
    due_on = serializers.DateField(allow_null=True)
    notices = PreviewedNoticeSerializer(many=True)
    messages = PreviewedMessageSerializer(many=True)


class WordingSerializer(serializers.Serializer):
    """A wording to choose for a field of an act."""

    id = serializers.IntegerField()
    action = serializers.ChoiceField(choices=OFFICIAL_ACTIONS)
    field = serializers.ChoiceField(choices=["opinion", "legal_basis", "items"])
    text = serializers.CharField()
    type_code = serializers.CharField(allow_blank=True, help_text="Only for items of this type; empty: for all.")


class WordingListSerializer(serializers.Serializer):
    """The wordings in force today."""

    items = WordingSerializer(many=True)


class UnmaskSerializer(StrictSerializer):
    """Body of POST /approval/cases/{id}/unmask."""

    names = serializers.ListField(
        child=serializers.ChoiceField(choices=MASKED_FIELDS), min_length=1, max_length=len(MASKED_FIELDS)
    )
    reason = serializers.CharField(min_length=4, max_length=200, help_text="Kept in the journal.")


class UnmaskedSerializer(serializers.Serializer):
    """The fields asked for, in clear."""

    name = serializers.CharField(required=False, allow_null=True)
    id_number = serializers.CharField(required=False, allow_null=True)
    phone = serializers.CharField(required=False, allow_null=True)


class TaskSerializer(serializers.Serializer):
    """A to-do about a case."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    role = serializers.CharField()
    state = serializers.ChoiceField(choices=["open", "done"])
    case_id = serializers.UUIDField()
    case_no = serializers.CharField(allow_null=True)
    case_state = serializers.ChoiceField(choices=STATES)
    case_state_label = serializers.CharField()
    power_name = serializers.CharField()
    applicant = serializers.CharField(help_text="Masked.")
    etag = serializers.CharField()
    due_on = serializers.DateField(allow_null=True)
    remaining = serializers.IntegerField(allow_null=True, help_text="Working days left; negative when overdue.")
    overdue = serializers.BooleanField()
    opened_at = serializers.DateTimeField()
    done_at = serializers.DateTimeField(allow_null=True)


class TaskPageSerializer(serializers.Serializer):
    """One page of to-dos."""

    items = TaskSerializer(many=True)
    next = serializers.CharField(allow_null=True)


class IdentitySerializer(serializers.Serializer):
    """Who applied, as it was when handed in."""

    name = serializers.CharField()
    id_number = serializers.CharField(allow_null=True)
    phone = serializers.CharField(allow_null=True)
    company = serializers.CharField(allow_null=True)
    credit_code = serializers.CharField(allow_null=True)


class ListedMaterialSerializer(serializers.Serializer):
    """An entry of the item's list of documents."""

    code = serializers.CharField()
    name = serializers.CharField()
    necessity = serializers.CharField()


class LegalBasisSerializer(serializers.Serializer):
    """A ground of the item."""

    law = serializers.CharField()
    article = serializers.CharField(allow_blank=True)
    summary = serializers.CharField(allow_blank=True)


class CaseFileSerializer(serializers.Serializer):
    """The case file of an official; an auditor sees identity masked and no form."""

    id = serializers.UUIDField()
    case_no = serializers.CharField()
    power_id = serializers.UUIDField()
    power_name = serializers.CharField()
    organisation_name = serializers.CharField()
    state = serializers.ChoiceField(choices=STATES)
    state_label = serializers.CharField()
    outcome = serializers.ChoiceField(choices=OUTCOMES, allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    submitted_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()
    identity = IdentitySerializer()
    form = serializers.DictField(child=serializers.JSONField(allow_null=True))
    form_schema = serializers.DictField(child=serializers.JSONField(allow_null=True))
    type_code = serializers.CharField(help_text="Type of the item, for the choice of wordings.")
    material_list = ListedMaterialSerializer(many=True)
    legal_bases = LegalBasisSerializer(many=True)
    materials = MaterialSerializer(many=True)
    notices = NoticeSerializer(many=True)
    supplement_items = serializers.ListField(child=serializers.CharField())
    deadlines = DeadlineSerializer(many=True)
    timeline = TimelineEntrySerializer(many=True)
    actions = serializers.ListField(child=serializers.ChoiceField(choices=OFFICIAL_ACTIONS))


class ActedSerializer(serializers.Serializer):
    """Where the case stands after an act."""

    id = serializers.UUIDField()
    case_no = serializers.CharField()
    state = serializers.ChoiceField(choices=STATES)
    state_label = serializers.CharField()
    due_on = serializers.DateField(allow_null=True)
    version = serializers.IntegerField()

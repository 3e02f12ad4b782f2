"""Shapes of the citizen's cases."""

from __future__ import annotations

from rest_framework import serializers

from backend.cases.types import ApplicantKind, CaseState, NoticeKind, Outcome
from mobile_api.platform.serializers import StrictSerializer

STATES = [state.value for state in CaseState]
OUTCOMES = [outcome.value for outcome in Outcome]


class ApplicantSerializer(StrictSerializer):
    """For whom: oneself, or a legal person one represents."""

    kind = serializers.ChoiceField(choices=[kind.value for kind in ApplicantKind])
    legal_person_id = serializers.UUIDField(required=False, allow_null=True, default=None)


class CaseDraftSerializer(StrictSerializer):
    """Body of POST /cases."""

    power_id = serializers.UUIDField()
    applicant = ApplicantSerializer()
    form = serializers.DictField(child=serializers.JSONField(allow_null=True), required=False, default=dict)


class CasePatchSerializer(StrictSerializer):
    """Body of PATCH /cases/{id}."""

    form = serializers.DictField(child=serializers.JSONField(allow_null=True))


class EmptySerializer(StrictSerializer):
    """A body without fields."""


class MaterialUploadSerializer(StrictSerializer):
    """Multipart body of POST /cases/{id}/materials."""

    material = serializers.CharField(max_length=40, help_text="Code of the entry in the item's list of documents.")
    file = serializers.FileField(allow_empty_file=True)


class MaterialSerializer(serializers.Serializer):
    """A file handed in."""

    id = serializers.UUIDField()
    material = serializers.CharField()
    filename = serializers.CharField()
    media_type = serializers.CharField()
    size = serializers.IntegerField()
    sha256 = serializers.CharField()
    at = serializers.DateTimeField()


class NoticeSerializer(serializers.Serializer):
    """A written voucher."""

    kind = serializers.ChoiceField(choices=[kind.value for kind in NoticeKind])
    number = serializers.CharField()
    title = serializers.CharField()
    paragraphs = serializers.ListField(child=serializers.CharField())
    issued_on = serializers.DateField()


class CaseSummarySerializer(serializers.Serializer):
    """A row of the list, and of the live state."""

    id = serializers.UUIDField()
    case_no = serializers.CharField(allow_null=True)
    power_id = serializers.UUIDField()
    power_name = serializers.CharField()
    organisation_name = serializers.CharField()
    state = serializers.ChoiceField(choices=STATES)
    state_label = serializers.CharField()
    outcome = serializers.ChoiceField(choices=OUTCOMES, allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    submitted_at = serializers.DateTimeField(allow_null=True)
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()


class DaySerializer(serializers.Serializer):
    """One day of the reckoning."""

    day = serializers.DateField()
    number = serializers.IntegerField(allow_null=True)
    counted = serializers.BooleanField()
    reason = serializers.CharField()


class DeadlineSerializer(serializers.Serializer):
    """A limit with its reckoning."""

    kind = serializers.CharField()
    state = serializers.CharField()
    start_on = serializers.DateField()
    limit = serializers.IntegerField()
    extension = serializers.IntegerField()
    unit = serializers.CharField()
    due_on = serializers.DateField()
    provisional = serializers.BooleanField()
    elapsed = serializers.IntegerField()
    remaining = serializers.IntegerField()
    overdue = serializers.BooleanField()
    days = DaySerializer(many=True)


class CaseSerializer(CaseSummarySerializer):
    """The applicant's own case, whole."""

    applicant = ApplicantSerializer()
    form = serializers.DictField(child=serializers.JSONField(allow_null=True))
    materials = MaterialSerializer(many=True)
    notices = NoticeSerializer(many=True)
    supplement_items = serializers.ListField(child=serializers.CharField())
    query_code = serializers.CharField(allow_null=True)
    received_on = serializers.DateField(allow_null=True)
    accepted_on = serializers.DateField(allow_null=True)
    deadlines = DeadlineSerializer(many=True)


class CasePageSerializer(serializers.Serializer):
    """One page of cases."""

    items = CaseSummarySerializer(many=True)
    next = serializers.CharField(allow_null=True)


class ReceiptSerializer(serializers.Serializer):
    """What one holds in hands after submitting."""

    case_no = serializers.CharField()
    query_code = serializers.CharField()
    power_name = serializers.CharField()
    organisation_name = serializers.CharField()
    submitted_at = serializers.DateTimeField()
    received_on = serializers.DateField()
    answer_due_on = serializers.DateField(help_text="By this day the agency must answer, or it counts as accepted.")


class SubmittedSerializer(serializers.Serializer):
    """Answer of POST /cases/{id}/submit."""

    case_no = serializers.CharField()
    receipt = ReceiptSerializer()


class TimelineEntrySerializer(serializers.Serializer):
    """One line of the story; `at` is null for what is still to come."""

    kind = serializers.CharField()
    title = serializers.CharField()
    at = serializers.DateTimeField(allow_null=True)
    who = serializers.CharField(allow_blank=True)
    opinion = serializers.CharField(allow_blank=True)
    usual_days = serializers.IntegerField(allow_null=True)


class TimelineSerializer(serializers.Serializer):
    """The story of a case."""

    items = TimelineEntrySerializer(many=True)

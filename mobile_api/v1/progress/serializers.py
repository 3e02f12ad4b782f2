"""Shape of the public progress."""

from __future__ import annotations

from rest_framework import serializers

from mobile_api.v1.cases.serializers import STATES, TimelineEntrySerializer

CLOCKS = ["agency", "applicant", "special_procedure", "none"]


class ProgressSerializer(serializers.Serializer):
    """Where a case stands; nothing of a person."""

    case_no = serializers.CharField()
    power_name = serializers.CharField()
    organisation_name = serializers.CharField()
    state = serializers.ChoiceField(choices=STATES)
    state_label = serializers.CharField()
    received_on = serializers.DateField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    elapsed = serializers.IntegerField(allow_null=True, help_text="Working days used.")
    remaining = serializers.IntegerField(allow_null=True, help_text="Working days left; negative when overdue.")
    clock = serializers.ChoiceField(choices=CLOCKS, help_text="Whose clock runs.")
    timeline = TimelineEntrySerializer(many=True)

"""Shapes of the knowledge base."""

from __future__ import annotations

from rest_framework import serializers

from backend.inquiries.types import EntryState
from mobile_api.platform.serializers import StrictSerializer


class WordingSerializer(StrictSerializer):
    """What an entry says."""

    title = serializers.CharField(max_length=200)
    question = serializers.CharField(max_length=4000)
    answer = serializers.CharField(max_length=8000)
    keywords = serializers.ListField(
        child=serializers.CharField(max_length=30), max_length=20, required=False, default=list
    )
    law_basis = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
    topic_code = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
    valid_from = serializers.DateField(required=False, allow_null=True, default=None)
    valid_to = serializers.DateField(required=False, allow_null=True, default=None)
    review_months = serializers.IntegerField(min_value=0, max_value=60, required=False, default=0)


class NewEntrySerializer(WordingSerializer):
    """Body of POST /knowledge."""

    owner_id = serializers.UUIDField()


class EntryStateSerializer(StrictSerializer):
    """Body of POST /knowledge/{id}/state."""

    state = serializers.ChoiceField(choices=["published", "retired"])


class EntryVersionSerializer(serializers.Serializer):
    """A wording."""

    number = serializers.IntegerField()
    title = serializers.CharField()
    question = serializers.CharField()
    answer = serializers.CharField()
    keywords = serializers.ListField(child=serializers.CharField())
    law_basis = serializers.CharField(allow_blank=True)
    valid_from = serializers.DateField()
    valid_to = serializers.DateField(allow_null=True)
    at = serializers.DateTimeField()


class EntryVersionsSerializer(serializers.Serializer):
    """All wordings, newest first."""

    items = EntryVersionSerializer(many=True)


class EntryRowSerializer(serializers.Serializer):
    """An entry in a list."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    state = serializers.ChoiceField(choices=[one.value for one in EntryState])
    topic = serializers.CharField(allow_null=True)
    owner_id = serializers.UUIDField()
    owner_name = serializers.CharField()
    valid_from = serializers.DateField()
    valid_to = serializers.DateField(allow_null=True)
    review_due_on = serializers.DateField()
    uses = serializers.IntegerField()
    version = serializers.IntegerField()


class EntryPageSerializer(serializers.Serializer):
    """One page of entries."""

    items = EntryRowSerializer(many=True)
    next = serializers.CharField(allow_null=True)


class EntrySerializer(EntryRowSerializer):
    """One entry with its wording."""

    wording = EntryVersionSerializer()
    can_write = serializers.BooleanField()

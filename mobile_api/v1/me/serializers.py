"""Shapes of a person's own account."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from backend.accounts.types import Capacity, ClientKind, Level, RepresentationKind, Role
from mobile_api.platform.serializers import MobileField, StrictSerializer

LANGUAGES = ("zh-Hans", "en")


class OrganisationSerializer(serializers.Serializer[Any]):
    """An organisation."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    name = serializers.CharField()
    short_name = serializers.CharField()
    level = serializers.ChoiceField(choices=[level.value for level in Level])
    region_code = serializers.CharField()


class HeldRoleSerializer(serializers.Serializer[Any]):
    """A role at an organisation."""

    role = serializers.ChoiceField(choices=[role.value for role in Role])
    organisation = OrganisationSerializer()


class LegalPersonSerializer(serializers.Serializer[Any]):
    """A legal person the caller acts for."""

    id = serializers.UUIDField()
    credit_code = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=[kind.value for kind in RepresentationKind])


class PreferencesSerializer(StrictSerializer):
    """How the apps show themselves."""

    elder_mode = serializers.BooleanField(required=False, help_text="Large type and simple screens (适老化).")
    high_contrast = serializers.BooleanField(required=False)


class CurrentSessionSerializer(serializers.Serializer[Any]):
    """This session."""

    id = serializers.UUIDField()
    mfa_at = serializers.DateTimeField(allow_null=True)


class ProfileSerializer(serializers.Serializer[Any]):
    """The caller's account. Numbers are masked."""

    id = serializers.UUIDField()
    username = serializers.CharField(allow_null=True)
    name = serializers.CharField(allow_blank=True)
    phone = serializers.CharField(allow_null=True, help_text="138****5678")
    id_number = serializers.CharField(allow_null=True, help_text="321***********1234")
    real_name_level = serializers.IntegerField(
        min_value=1, max_value=3, help_text="1 phone only, 2 name and ID number given, 3 confirmed."
    )
    capacities = serializers.ListField(child=serializers.ChoiceField(choices=[c.value for c in Capacity]))
    language = serializers.ChoiceField(choices=LANGUAGES)
    preferences = PreferencesSerializer()
    roles = HeldRoleSerializer(many=True)
    legal_persons = LegalPersonSerializer(many=True)
    has_second_factor = serializers.BooleanField()
    session = CurrentSessionSerializer()


class ProfileChangeSerializer(StrictSerializer):
    """What the person may change."""

    language = serializers.ChoiceField(choices=LANGUAGES, required=False)
    preferences = PreferencesSerializer(required=False)


class IdentitySerializer(StrictSerializer):
    """Real name and citizen identity number."""

    name = serializers.CharField(min_length=2, max_length=50)
    id_number = serializers.CharField(min_length=15, max_length=30)


class PhoneChangeSerializer(StrictSerializer):
    """A new number and the code that was sent to it."""

    phone = MobileField(max_length=30)
    code = serializers.CharField(max_length=12)


class SessionSerializer(serializers.Serializer[Any]):
    """A signed-in device."""

    id = serializers.UUIDField()
    device_name = serializers.CharField(allow_blank=True)
    client = serializers.ChoiceField(choices=[kind.value for kind in ClientKind])
    address = serializers.CharField(allow_blank=True)
    created_at = serializers.DateTimeField()
    seen_at = serializers.DateTimeField()
    current = serializers.BooleanField()


class SessionsSerializer(serializers.Serializer[Any]):
    """All signed-in devices."""

    items = SessionSerializer(many=True)
    next = serializers.CharField(allow_null=True)

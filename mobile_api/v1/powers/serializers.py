"""Shapes of the public catalogue. They only describe; `documents.py` fills them."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from rest_framework import serializers

from backend.powers import types


class Shape(serializers.Serializer[Any]):
    """A part of an answer."""


def choices(kind: type[StrEnum]) -> list[str]:
    """The values of an enumeration."""
    return [value.value for value in kind]


class PowerTypeSerializer(Shape):
    """A kind of power."""

    code = serializers.CharField()
    name = serializers.CharField()
    name_en = serializers.CharField()


class PowerOrganisationSerializer(Shape):
    """Whose item it is."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    short_name = serializers.CharField()
    region_code = serializers.CharField()


class PowerSummarySerializer(Shape):
    """An item in a list."""

    id = serializers.UUIDField()
    code = serializers.CharField(help_text="Local code; never changes.")
    name = serializers.CharField()
    name_en = serializers.CharField()
    main_item = serializers.CharField(help_text="The main item it belongs to; may be empty.")
    type = PowerTypeSerializer()
    organisation = PowerOrganisationSerializer()
    audience = serializers.ListField(child=serializers.ChoiceField(choices(types.Audience)))
    themes = serializers.ListField(child=serializers.CharField())
    project_type = serializers.ChoiceField(choices(types.ProjectType))
    legal_limit = serializers.IntegerField(allow_null=True, min_value=0, help_text="Null: the catalogue does not say.")
    legal_unit = serializers.ChoiceField(choices(types.LimitUnit), help_text="wd working days, cd calendar days.")
    legal_note = serializers.CharField()
    promised_limit = serializers.IntegerField(allow_null=True, min_value=0, help_text="0: decided on the spot.")
    promised_unit = serializers.ChoiceField(choices(types.LimitUnit))
    promised_note = serializers.CharField()
    is_online = serializers.BooleanField(help_text="Whether it can be applied for online.")
    is_fee = serializers.BooleanField()
    onsite_visits = serializers.IntegerField(min_value=0)
    state = serializers.ChoiceField(["published", "suspended"])


class PowerPageListSerializer(Shape):
    """A page of items."""

    items = PowerSummarySerializer(many=True)
    next = serializers.CharField(allow_null=True)


class PowerThemeSerializer(Shape):
    """A topic."""

    code = serializers.CharField()
    name = serializers.CharField()
    name_en = serializers.CharField()


class PowerLegalBasisSerializer(Shape):
    """A legal basis, in our own words."""

    law = serializers.CharField()
    article = serializers.CharField()
    summary = serializers.CharField()


class PowerStepSerializer(Shape):
    """A step of the flow."""

    code = serializers.CharField()
    name = serializers.CharField()
    role = serializers.CharField()
    limit_days = serializers.IntegerField(min_value=0)
    note = serializers.CharField()


class PowerMaterialSerializer(Shape):
    """A material to hand in."""

    code = serializers.CharField()
    name = serializers.CharField()
    necessity = serializers.ChoiceField(choices(types.Necessity))
    accepts = serializers.ListField(child=serializers.CharField(), help_text="Media types.")
    max_files = serializers.IntegerField(min_value=1)
    max_bytes = serializers.IntegerField(min_value=1, help_text="For each file.")
    form = serializers.ChoiceField(choices(types.MaterialForm))
    kind = serializers.ChoiceField(choices(types.MaterialKind))
    copies = serializers.IntegerField(min_value=0)
    source = serializers.ChoiceField(choices(types.MaterialSource))  # type: ignore[assignment] # a field, not the option
    hint = serializers.CharField()
    basis = serializers.CharField()
    required_when = serializers.DictField(help_text="JSON Schema on the form; when it holds, the material is required.")


class PowerFeeSerializer(Shape):
    """A fee; `amount_fen` is null when `standard` tells how it is computed."""

    name = serializers.CharField()
    standard = serializers.CharField()
    amount_fen = serializers.IntegerField(allow_null=True, min_value=0)
    basis = serializers.CharField()
    reducible = serializers.BooleanField()
    reduction_basis = serializers.CharField()


class PowerFaqSerializer(Shape):
    """A question with its answer."""

    question = serializers.CharField()
    answer = serializers.CharField()


class PowerResultSerializer(Shape):
    """What the applicant gets."""

    name = serializers.CharField()
    type = serializers.ChoiceField(choices(types.ResultType))
    validity = serializers.CharField()


class PowerWhereSerializer(Shape):
    """Where, when and whom to ask."""

    place = serializers.CharField()
    hours = serializers.CharField()
    consult_phone = serializers.CharField()
    complaint_phone = serializers.CharField()
    forms = serializers.ListField(child=serializers.ChoiceField(choices(types.HandleForm)))
    is_appointment = serializers.BooleanField()
    is_express = serializers.BooleanField()
    is_self_service = serializers.BooleanField()
    is_in_hall = serializers.BooleanField()
    is_pay_online = serializers.BooleanField()
    cross_region_scope = serializers.ChoiceField(choices(types.CrossRegionScope))
    onsite_reason = serializers.CharField()
    online_depth = serializers.IntegerField(min_value=1, max_value=4)


class PowerChangeSerializer(Shape):
    """A line of the public log of changes."""

    kind = serializers.ChoiceField(["published", "suspended", "resumed", "cancelled", "imported"])
    version = serializers.IntegerField(allow_null=True)
    reason = serializers.CharField()
    at = serializers.DateTimeField()


class PowerSerializer(PowerSummarySerializer):
    """The guide to one item."""

    version_id = serializers.UUIDField(help_text="A case keeps the version it was started with.")
    version = serializers.IntegerField(min_value=1)
    effective_from = serializers.DateField()
    state_reason = serializers.CharField()
    state_since = serializers.DateTimeField(allow_null=True)
    catalog_code = serializers.CharField(allow_null=True)
    task_code = serializers.CharField(allow_null=True)
    handle_item = serializers.CharField(allow_null=True)
    theme_names = PowerThemeSerializer(many=True)
    power_source = serializers.ChoiceField(choices(types.PowerSource))
    entrusted_body = serializers.CharField()
    joint_bodies = serializers.ListField(child=serializers.CharField())
    handling_kind = serializers.ChoiceField(choices(types.HandlingKind))
    special_procedures = serializers.ListField(child=serializers.ChoiceField(choices(types.SpecialProcedure)))
    quantity_limit = serializers.CharField()
    conditions = serializers.ListField(child=serializers.CharField())
    materials = PowerMaterialSerializer(many=True)
    steps = PowerStepSerializer(many=True)
    fees = PowerFeeSerializer(many=True)
    result = PowerResultSerializer()
    where = PowerWhereSerializer()
    legal_bases = PowerLegalBasisSerializer(many=True)
    remedy_text = serializers.CharField()
    faqs = PowerFaqSerializer(many=True)
    form_schema = serializers.DictField(help_text="JSON Schema 2020-12; `x-groups` gives the order of the fields.")
    changes = PowerChangeSerializer(many=True)


class CatalogueThemeSerializer(PowerThemeSerializer):
    """A topic with its items."""

    audience = serializers.ChoiceField(["person", "organisation"], help_text="Whom it mostly concerns.")
    power_count = serializers.IntegerField(min_value=1)


class CatalogueThemePageSerializer(Shape):
    """All topics."""

    items = CatalogueThemeSerializer(many=True)
    next = serializers.CharField(allow_null=True)


class CatalogueOrganisationSerializer(Shape):
    """An organisation."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    name = serializers.CharField()
    short_name = serializers.CharField()
    level = serializers.ChoiceField(["city", "county", "township"])
    region_code = serializers.CharField()
    parent_id = serializers.UUIDField(allow_null=True)
    power_count = serializers.IntegerField(min_value=0)


class CatalogueOrganisationPageSerializer(Shape):
    """A page of organisations."""

    items = CatalogueOrganisationSerializer(many=True)
    next = serializers.CharField(allow_null=True)

"""What an applicant has to fill in and hand in for one case: the item as it was, or will be, when it is handed in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.cases import selectors
from backend.powers.types import MaterialInfo, Necessity
from mobile_api.platform.views import ApiView


class WantedMaterialSerializer(serializers.Serializer):
    """A document to hand in."""

    code = serializers.CharField()
    name = serializers.CharField()
    necessity = serializers.ChoiceField([necessity.value for necessity in Necessity])
    accepts = serializers.ListField(child=serializers.CharField(), help_text="Media types.")
    max_files = serializers.IntegerField(min_value=1)
    max_bytes = serializers.IntegerField(min_value=1, help_text="For each file.")
    hint = serializers.CharField()
    required_when = serializers.DictField(help_text="JSON Schema on the form; when it holds, the document is required.")


class CaseItemSerializer(serializers.Serializer):
    """The form and the list of documents of a case."""

    power_id = serializers.UUIDField()
    version_id = serializers.UUIDField()
    version = serializers.IntegerField(min_value=1)
    name = serializers.CharField()
    form_schema = serializers.DictField(help_text="JSON Schema 2020-12; `x-groups` gives the order of the fields.")
    materials = WantedMaterialSerializer(many=True)


class CaseItemView(ApiView):
    """GET /cases/{id}/item"""

    @extend_schema(
        operation_id="cases_item",
        summary="What has to be filled in and handed in",
        description=(
            "For a draft: the version of the item in force, under which it will be handed in. After that: the version "
            "the case keeps, whatever became of the item."
        ),
        responses=CaseItemSerializer,
    )
    def get(self, request: Request, case_id: UUID) -> Response:
        """The form and the list of documents."""
        item = selectors.wanted_of(selectors.own_case(self.actor, case_id))
        return Response(
            {
                "power_id": str(item.power_id),
                "version_id": str(item.id),
                "version": item.version,
                "name": item.name,
                "form_schema": dict(item.form_schema),
                "materials": [_material(material) for material in item.materials],
            }
        )


def _material(material: MaterialInfo) -> dict[str, Any]:
    return {
        "code": material.code,
        "name": material.name,
        "necessity": material.necessity,
        "accepts": list(material.accepts),
        "max_files": material.max_files,
        "max_bytes": material.max_bytes,
        "hint": material.hint,
        "required_when": dict(material.required_when),
    }

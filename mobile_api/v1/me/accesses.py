"""Who looked at the caller's data."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.cases import selectors as cases
from backend.inquiries import selectors as inquiries
from backend.journal import selectors as journal
from mobile_api.platform.pages import MAX_LIMIT, paginate
from mobile_api.platform.views import ApiView

KINDS = tuple(dict.fromkeys((*cases.LOOKS.values(), *inquiries.LOOKS.values())))


class AccessSerializer(serializers.Serializer[Any]):
    """One look at the caller's data by an official."""

    id = serializers.UUIDField()
    at = serializers.DateTimeField()
    kind = serializers.ChoiceField(
        KINDS,
        help_text="`file` or `order` (12345) opened, `document` read, `number` seen in clear, `recording` heard.",
    )
    about = serializers.ChoiceField(["case", "inquiry"])
    case_id = serializers.UUIDField(help_text="Of the case or the order.")
    case_no = serializers.CharField()
    power_name = serializers.CharField(help_text="Of an order: its topic.")
    organisation_name = serializers.CharField()
    who = serializers.CharField(help_text="The official's name, masked.", allow_blank=True)
    names = serializers.ListField(child=serializers.CharField(), help_text="What was seen in clear.")


class AccessPageSerializer(serializers.Serializer[Any]):
    """A page of them."""

    items = AccessSerializer(many=True)
    next = serializers.CharField(allow_null=True)


class AccessesView(ApiView):
    """GET /me/accesses"""

    @extend_schema(
        operation_id="me_accesses",
        summary="Who looked at my data",
        description="Officials who opened the caller's files, read documents or saw numbers in clear; latest first.",
        parameters=[
            OpenApiParameter("cursor", {"type": "string", "maxLength": 1000}, description="`next` of the page before."),
            OpenApiParameter(
                "limit",
                {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": 20},
                description="Items a page.",
            ),
        ],
        responses=AccessPageSerializer,
    )
    def get(self, request: Request) -> Response:
        """Looks at the own data."""
        found = cases.looks_at_mine(self.actor) | inquiries.looks_at_mine(self.actor)
        return Response(paginate(found, request, order=journal.ORDER, row=_row))


def _row(line: Any) -> dict[str, Any]:
    of_case = line.subject_kind == "case"
    return {**(cases.look(line) if of_case else inquiries.look(line)), "about": "case" if of_case else "inquiry"}

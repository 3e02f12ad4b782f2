"""Texts of the contacts in the contract."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from mobile_api.v1.contacts.serializers import MAX_PAGE

PARAMETERS = [
    OpenApiParameter("unit_id", OpenApiTypes.UUID, description="The officials of a unit; without it one's own unit."),
    OpenApiParameter(
        "q", {"type": "string", "maxLength": 40}, description="Name, pinyin, initials, post, number or unit; all words."
    ),
    OpenApiParameter("cursor", {"type": "string", "maxLength": 1000}, description="`next` of the page before."),
    OpenApiParameter(
        "limit", {"type": "integer", "minimum": 1, "maximum": MAX_PAGE, "default": 20}, description="Items a page."
    ),
]
UNIT = OpenApiParameter("unit_id", OpenApiTypes.UUID, description="Without it the top of one's own tree.")
SINCE = OpenApiParameter("since", {"type": "integer", "format": "int64", "minimum": 0, "maximum": 2**62, "default": 0})


def said(name: str, summary: str, description: str = "", **more: Any) -> dict[str, Any]:
    """What the contract says of an operation."""
    found: dict[str, Any] = {"operation_id": f"contacts_{name}", "summary": summary, **more}
    return {**found, "description": description} if description else found


def refused(*statuses: int) -> dict[int, OpenApiResponse]:
    """Refusals beyond the usual ones."""
    return {status: OpenApiResponse(description="") for status in statuses}

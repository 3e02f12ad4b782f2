"""Texts of official documents in the contract."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from backend.attachments.types import MediaType
from backend.documents.selectors import BOXES
from mobile_api.platform.pages import MAX_LIMIT

PAGED = [
    OpenApiParameter("cursor", {"type": "string", "maxLength": 1000}, description="`next` of the page before."),
    OpenApiParameter(
        "limit", {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": 20}, description="Items a page."
    ),
]
BOX = OpenApiParameter(
    "box", {"type": "string", "enum": list(BOXES), "default": "all"}, description="To do, unread, or a direction."
)
Q = OpenApiParameter("q", {"type": "string", "maxLength": 100}, description="Words of the title, a number, a sender.")
SERIES = [
    OpenApiParameter("code", {"type": "string", "maxLength": 12}, required=True, description="Agency code."),
    OpenApiParameter("year", {"type": "integer", "minimum": 2000, "maximum": 2200}, required=True),
]
RANGE = OpenApiParameter(
    "Range", {"type": "string", "maxLength": 100}, location="header", description="bytes=first-last"
)
FILE: dict[Any, Any] = {
    **{(200, kind.value): OpenApiTypes.BINARY for kind in MediaType},
    **{(206, kind.value): OpenApiTypes.BINARY for kind in MediaType},
    416: OpenApiResponse(description="No such range."),
}


def said(name: str, summary: str, description: str = "", **more: Any) -> dict[str, Any]:
    """What the contract says of an operation."""
    found: dict[str, Any] = {"operation_id": f"documents_{name}", "summary": summary, **more}
    return {**found, "description": description} if description else found


def refused(*statuses: int) -> dict[int, OpenApiResponse]:
    """Refusals beyond the usual ones."""
    return {status: OpenApiResponse(description="") for status in statuses}


ACT = refused(403, 409, 422)

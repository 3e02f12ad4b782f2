"""Texts of meetings in the contract."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from backend.attachments.types import MediaType
from mobile_api.platform.pages import MAX_LIMIT

PAGED = [
    OpenApiParameter("cursor", {"type": "string", "maxLength": 1000}, description="`next` of the page before."),
    OpenApiParameter(
        "limit", {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": 20}, description="Items a page."
    ),
]
WHEN = OpenApiParameter("when", {"type": "string", "enum": ["upcoming", "past"], "default": "upcoming"})
TIMES = [
    OpenApiParameter("starts_at", OpenApiTypes.DATETIME, required=True),
    OpenApiParameter("ends_at", OpenApiTypes.DATETIME, required=True),
    OpenApiParameter("seats", {"type": "integer", "minimum": 1, "maximum": 10000, "default": 1}),
]
UNIT = OpenApiParameter("unit_id", OpenApiTypes.UUID, required=True)
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
    found: dict[str, Any] = {"operation_id": f"meetings_{name}", "summary": summary, **more}
    return {**found, "description": description} if description else found


def refused(*statuses: int) -> dict[int, OpenApiResponse]:
    """Refusals beyond the usual ones."""
    return {status: OpenApiResponse(description="") for status in statuses}


ACT = refused(403, 409, 422)
TAKEN = "409 `meeting_room_taken` names who has the room (`holder`), rooms free then (`free_rooms`) and `free_from`."

"""Texts of attendance in the contract."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from mobile_api.platform.pages import MAX_LIMIT

PAGED = [
    OpenApiParameter("cursor", {"type": "string", "maxLength": 1000}, description="`next` of the page before."),
    OpenApiParameter(
        "limit", {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": 20}, description="Items a page."
    ),
]
TO_DECIDE = OpenApiParameter(
    "to_decide", {"type": "boolean", "default": False}, description="Those that wait for my decision, not my own."
)
UNIT = OpenApiParameter("organisation", OpenApiTypes.UUID, required=True)
ROSTER = [
    OpenApiParameter("window", OpenApiTypes.UUID, required=True),
    OpenApiParameter("from", OpenApiTypes.DATE, required=True),
    OpenApiParameter("to", OpenApiTypes.DATE, required=True),
]
MONTH = OpenApiParameter(
    "month",
    {"type": "string", "pattern": r"^20[0-9]{2}-(0[1-9]|1[0-2])$", "example": "2026-11"},
    location="path",
    description="Year and month.",
)


def said(name: str, summary: str, description: str = "", **more: Any) -> dict[str, Any]:
    """What the contract says of an operation."""
    found: dict[str, Any] = {"operation_id": f"attendance_{name}", "summary": summary, **more}
    return {**found, "description": description} if description else found


def refused(*statuses: int) -> dict[int, OpenApiResponse]:
    """Refusals beyond the usual ones."""
    return {status: OpenApiResponse(description="") for status in statuses}


ACT = refused(403, 409, 422)

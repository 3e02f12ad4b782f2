"""Texts of leave in the contract."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from backend.attachments.types import MediaType
from backend.leave.types import LeaveState
from mobile_api.platform.pages import MAX_LIMIT

PAGED = [
    OpenApiParameter("cursor", {"type": "string", "maxLength": 1000}, description="`next` of the page before."),
    OpenApiParameter(
        "limit", {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": 20}, description="Items a page."
    ),
]
LIST = [
    OpenApiParameter(
        "to_decide", {"type": "boolean", "default": False}, description="Those that wait for my decision, not my own."
    ),
    OpenApiParameter("state", {"type": "string", "enum": [state.value for state in LeaveState]}),
    *PAGED,
]
YEAR = OpenApiParameter(
    "year", {"type": "integer", "minimum": 2013, "maximum": 2100}, description="This year without it."
)
UNIT = OpenApiParameter("unit_id", OpenApiTypes.UUID, description="My own unit without it.")
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
    found: dict[str, Any] = {"operation_id": f"leave_{name}", "summary": summary, **more}
    return {**found, "description": description} if description else found


def refused(*statuses: int) -> dict[int, OpenApiResponse]:
    """Refusals beyond the usual ones."""
    return {status: OpenApiResponse(description="") for status in statuses}


ACT = refused(403, 409, 422)

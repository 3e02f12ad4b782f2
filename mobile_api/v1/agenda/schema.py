"""Texts of the agenda in the contract."""

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
SPAN = [
    OpenApiParameter("since", OpenApiTypes.DATETIME, required=True),
    OpenApiParameter("until", OpenApiTypes.DATETIME, required=True, description="At most 62 days later."),
    OpenApiParameter("owner_id", OpenApiTypes.UUID, description="Whose; one's own without."),
    OpenApiParameter("unit_id", OpenApiTypes.UUID, description="A unit's plan and its people's entries."),
]
TASKS = [
    OpenApiParameter("which", {"type": "string", "enum": ["mine", "given"], "default": "mine"}),
    OpenApiParameter("state", {"type": "string", "enum": ["open", "ended"], "default": "open"}),
    *PAGED,
]
WEEK = OpenApiParameter("week", OpenApiTypes.DATE, location="path", description="A Monday.")
TODOS = [OpenApiParameter("state", {"type": "string", "enum": ["open", "done"], "default": "open"}), *PAGED]


def said(name: str, summary: str, description: str = "", **more: Any) -> dict[str, Any]:
    """What the contract says of an operation."""
    found: dict[str, Any] = {"operation_id": f"agenda_{name}", "summary": summary, **more}
    return {**found, "description": description} if description else found


def refused(*statuses: int) -> dict[int, OpenApiResponse]:
    """Refusals beyond the usual ones."""
    return {status: OpenApiResponse(description="") for status in statuses}


OFFICIALS = refused(403)
ACT = refused(403, 409, 422)

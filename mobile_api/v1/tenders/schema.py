"""Texts of tenders in the contract."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from backend.attachments.types import MediaType
from backend.tenders.types import Category, SectionState
from mobile_api.platform.pages import MAX_LIMIT
from mobile_api.v1.tenders.parameters import MAX_TEXT, REGION

CURSOR = OpenApiParameter("cursor", {"type": "string", "maxLength": 1000}, description="`next` of the page before.")
LIMIT = OpenApiParameter(
    "limit", {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": 20}, description="Items a page."
)
COMPANY = OpenApiParameter("company_id", OpenApiTypes.UUID, required=True, description="A company one acts for.")
PROJECT = OpenApiParameter("project", OpenApiTypes.UUID, description="Of one project only.")
_FEN = {"type": "integer", "minimum": 0, "maximum": 10**15 - 1}
PAGED = [CURSOR, LIMIT]
FILTERS = [
    OpenApiParameter("q", {"type": "string", "maxLength": MAX_TEXT}, description="Words that must all be found."),
    OpenApiParameter("category", {"type": "string", "enum": [c.value for c in Category]}),
    OpenApiParameter("region", {"type": "string", "pattern": f"^{REGION.pattern}$"}, description="Prefix of a code."),
    OpenApiParameter("min_fen", _FEN),
    OpenApiParameter("max_fen", _FEN),
    OpenApiParameter("state", {"type": "string", "enum": [s.value for s in SectionState]}),
    OpenApiParameter("closes_before", OpenApiTypes.DATETIME, description="Bids are due before this."),
    OpenApiParameter("buyer", OpenApiTypes.UUID),
]
RANGE = OpenApiParameter(
    "Range", {"type": "string", "maxLength": 100}, location="header", description="bytes=first-last"
)
FILE: dict[Any, Any] = {
    **{(200, kind.value): OpenApiTypes.BINARY for kind in MediaType},
    **{(206, kind.value): OpenApiTypes.BINARY for kind in MediaType},
    416: OpenApiResponse(description="No such range."),
}
PACKAGE = {200: OpenApiResponse(OpenApiTypes.OBJECT, description="An OCDS 1.1 package.")}


def said(name: str, summary: str, description: str = "", **more: Any) -> dict[str, Any]:
    """What the contract says of an operation."""
    found: dict[str, Any] = {"operation_id": f"tenders_{name}", "summary": summary, **more}
    return {**found, "description": description} if description else found


def refused(*statuses: int) -> dict[int, OpenApiResponse]:
    """Refusals beyond the usual ones."""
    return {status: OpenApiResponse(description="") for status in statuses}


ACT = refused(403, 409, 422)

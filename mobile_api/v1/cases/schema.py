"""Texts of the citizen's cases in the contract."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from backend.attachments.types import MediaType
from mobile_api.platform.pages import MAX_LIMIT

CURSOR = OpenApiParameter("cursor", {"type": "string", "maxLength": 1000}, description="`next` of the page before.")
LIMIT = OpenApiParameter(
    "limit", {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": 20}, description="Items a page."
)


def _refused(*numbers: int) -> dict[int, OpenApiResponse]:
    return {number: OpenApiResponse(description="") for number in numbers}


CASES: dict[str, Any] = {
    "operation_id": "cases_list",
    "summary": "My cases",
    "description": "Drafts included, last changed first.",
    "parameters": [CURSOR, LIMIT],
}
CREATE: dict[str, Any] = {
    "operation_id": "cases_create",
    "summary": "Begin an application",
    "description": "The form may be incomplete; it is checked whole when it is submitted.",
}
CASE: dict[str, Any] = {"operation_id": "cases_retrieve", "summary": "One of my cases"}
PATCH: dict[str, Any] = {
    "operation_id": "cases_partial_update",
    "summary": "Save the form",
    "description": "Possible for a draft and while documents are asked for.",
}
TIMELINE: dict[str, Any] = {
    "operation_id": "cases_timeline",
    "summary": "The story of my case",
    "description": "What happened, oldest first, then what is still to come with its usual days.",
}
SUBMIT: dict[str, Any] = {
    "operation_id": "cases_submit",
    "summary": "Hand in",
    "description": "Answers with the case number and the receipt. Starts the days within which the agency must answer.",
}
WITHDRAW: dict[str, Any] = {"operation_id": "cases_withdraw", "summary": "Take an application back"}
SUPPLEMENT: dict[str, Any] = {
    "operation_id": "cases_supplement",
    "summary": "Everything asked for is added",
    "description": "Add the files and correct the form first.",
}
ADD_MATERIAL: dict[str, Any] = {
    "operation_id": "cases_add_material",
    "summary": "Add a file",
    "description": "The type is told from the content. Pictures are written anew without place and camera data.",
}
REMOVE_MATERIAL: dict[str, Any] = {"operation_id": "cases_remove_material", "summary": "Take a file back"}
CONTENT: dict[str, Any] = {
    "operation_id": "cases_material_content",
    "summary": "The bytes of a file",
    "description": "For the applicant and those who handle the case. Ranges are served.",
    "parameters": [
        OpenApiParameter(
            "Range", {"type": "string", "maxLength": 100}, location="header", description="bytes=first-last"
        )
    ],
    "responses": {
        **{(200, kind.value): OpenApiTypes.BINARY for kind in MediaType},
        **{(206, kind.value): OpenApiTypes.BINARY for kind in MediaType},
        416: OpenApiResponse(description="No such range."),
    },
}
CONFLICT = _refused(403, 409, 422)
CREATE_REFUSED = _refused(403, 404, 409, 422)

"""Texts of ratings and rectifications in the contract."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from backend.ratings.types import RectificationState
from mobile_api.platform.pages import MAX_LIMIT

RATING: dict[str, Any] = {
    "operation_id": "cases_rating",
    "summary": "The rating of an own case",
    "description": "By whatever channel it was given; a case has one.",
}
RATE: dict[str, Any] = {
    "operation_id": "cases_rate",
    "summary": "Rate an own closed case",
    "description": "Once a case; a rating by SMS is the same rating. Voluntary: nobody is counted who did not answer.",
}
CHANGE: dict[str, Any] = {
    "operation_id": "cases_change_rating",
    "summary": "Correct a rating",
    "description": "Within 24 hours of giving it. What is not named stays; every value is kept.",
}
TAGS: dict[str, Any] = {
    "operation_id": "ratings_tags",
    "summary": "What a rating may be about",
    "description": "Codes for `tags`, in the order to show them.",
}
RECTIFICATIONS: dict[str, Any] = {
    "operation_id": "ratings_rectifications",
    "summary": "Bad ratings being made good",
    "description": "Of the organisations where the caller handles or supervises; what was said, not who said it.",
    "parameters": [
        OpenApiParameter("state", {"type": "string", "enum": [state.value for state in RectificationState]}),
        OpenApiParameter("cursor", str, description="`next` of the page before; opaque."),
        OpenApiParameter(
            "limit", {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": 20}, description="Items a page."
        ),
    ],
}
RECTIFICATION: dict[str, Any] = {
    "operation_id": "ratings_rectification",
    "summary": "One bad rating being made good",
    "description": "`actions` are the acts open to the caller now.",
}
ACT: dict[str, Any] = {
    "operation_id": "ratings_rectification_act",
    "summary": "Do the next step",
    "description": (
        "`assign` needs `assignee_id`, everything else a `note`. That a rating is invalid, and that it is mended, is "
        "decided by somebody other than the one concerned."
    ),
}
ALREADY = OpenApiResponse(description="`already_rated`, `rating_window_over`.")
CHANGE_OVER = OpenApiResponse(description="`rating_change_over`: 24 hours have passed.")
TAG_UNKNOWN = OpenApiResponse(description="`rating_tag_unknown`: `errors` names the tags.")
WRONG_STATE = OpenApiResponse(description="`rectification_state`: not possible at this step.")
NOT_THIS_PERSON = OpenApiResponse(description="`rectification_role`, `second_person_needed`.")
DETAIL = OpenApiResponse(description="`rectification_detail`: `errors` names what is missing.")

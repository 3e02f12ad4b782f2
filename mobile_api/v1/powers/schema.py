"""Texts of the public catalogue in the contract."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from mobile_api.platform.pages import MAX_LIMIT
from mobile_api.v1.powers.parameters import AUDIENCES, LEVELS, MAX_TEXT, NAME, REGION

_CURSOR = OpenApiParameter("cursor", str, description="`next` of the page before; opaque.")
_LIMIT = OpenApiParameter(
    "limit", {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": 20}, description="Items a page."
)
_REGION = OpenApiParameter(
    "region",
    {"type": "string", "pattern": REGION.pattern},
    description="Region code (GB/T 2260); finds the region and everything in it: 321300 is the whole city.",
)
_TEXT = OpenApiParameter("q", {"type": "string", "maxLength": MAX_TEXT}, description="Words to look for.")

POWERS: dict[str, Any] = {
    "operation_id": "powers_list",
    "summary": "Search the published catalogue",
    "description": (
        "Every word of `q` must be found in an item's name, organisation or keywords, in Chinese, in pinyin or by the "
        "first letters of the pinyin (`jszg` finds 教师资格认定). Exact names come first, then names that begin with "
        "`q`, then words that do. Without `q`: items with online application first, by pinyin. Suspended items are "
        "shown with their state."
    ),
    "parameters": [
        _TEXT,
        OpenApiParameter("type", {"type": "string", "pattern": NAME.pattern}, description="Code of a type of power."),
        OpenApiParameter("organisation", OpenApiTypes.UUID, description="Only items of this organisation."),
        _REGION,
        OpenApiParameter(
            "audience", {"type": "string", "enum": list(AUDIENCES)}, description="`organisation` is any body."
        ),
        OpenApiParameter("theme", {"type": "string", "pattern": NAME.pattern}, description="Code of a topic."),
        _CURSOR,
        _LIMIT,
    ],
}
POWER: dict[str, Any] = {
    "operation_id": "powers_retrieve",
    "summary": "The guide to one item",
    "description": (
        "The version in force today: conditions, materials, steps, limits, fees, places, legal bases, questions and "
        "the JSON Schema of the application form. Send the ETag back in `If-None-Match` to be told 304 when nothing "
        "changed."
    ),
    "parameters": [OpenApiParameter("If-None-Match", str, location="header", description="ETag seen before.")],
}
POWER_BY_CODE: dict[str, Any] = {
    **POWER,
    "operation_id": "powers_retrieve_by_code",
    "summary": "The guide to the item with a local code",
    "description": "The same guide under the code that never changes: for stable addresses and printed signs.",
}
THEMES: dict[str, Any] = {
    "operation_id": "powers_themes",
    "summary": "The topics people look under",
    "description": "Those with public items, in the order in which they are shown. `code` goes into `?theme=`.",
}
ORGANISATIONS: dict[str, Any] = {
    "operation_id": "organisations_list",
    "summary": "Organisations in the order of the tree",
    "description": "`power_count` tells how many public items an organisation has itself.",
    "parameters": [
        _TEXT,
        _REGION,
        OpenApiParameter("level", {"type": "string", "enum": list(LEVELS)}, description="Level in the tree."),
        OpenApiParameter("parent", OpenApiTypes.UUID, description="Only those directly below this one."),
        _CURSOR,
        _LIMIT,
    ],
}
NOT_MODIFIED = OpenApiResponse(description="Nothing has changed since the ETag in If-None-Match.")

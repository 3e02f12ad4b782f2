"""The published figures: public, by year, organisation and topic, with nothing in them that leads to a person."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.statistics import selectors
from backend.statistics.types import Group, Publication
from kernel.errors import CommonError, DomainError, FieldError, Text
from mobile_api.platform.network import client_address
from mobile_api.platform.throttling import throttle
from mobile_api.platform.views import ApiView, fresh_response
from mobile_api.v1.statistics.serializers import PublishedStatisticsSerializer

KEPT_SECONDS = 600
PER_ADDRESS = {"limit": 120, "seconds": 60}
YEAR = re.compile(r"^20\d{2}\Z", re.ASCII)
IDENTIFIER = re.compile(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z", re.IGNORECASE | re.ASCII)
TOPIC = re.compile(r"^[a-z_]{1,24}\Z", re.ASCII)


class StatisticsView(ApiView):
    """GET /statistics"""

    public = True

    @extend_schema(
        operation_id="statistics_retrieve",
        summary="Published figures",
        description=(
            "Received, closed, in time, working days against the promise, and satisfaction: by month, and for the "
            "whole by organisation and topic. Every ratio comes with its base. Groups smaller than `hide_below` are "
            "null and named in `hidden`, with as many others as it takes that none can be worked out; for the same "
            "reason an organisation and a topic cannot be asked for together. Ends with yesterday."
        ),
        parameters=[
            OpenApiParameter("year", {"type": "string", "pattern": "^20[0-9]{2}$"}, description="Default: the latest."),
            OpenApiParameter("organisation", OpenApiTypes.UUID, description="Only this organisation."),
            OpenApiParameter("theme", {"type": "string", "pattern": "^[a-z_]{1,24}$"}, description="Only this topic."),
            OpenApiParameter(
                "If-None-Match",
                str,
                location="header",
                description="ETag seen before.",
            ),
        ],
        responses={
            200: PublishedStatisticsSerializer,
            304: OpenApiResponse(description="Nothing has changed since the ETag in If-None-Match."),
        },
    )
    def get(self, request: Request) -> Response:
        """The figures of a year."""
        throttle("statistics", client_address(request), **PER_ADDRESS)
        year, office = _matching(request, "year", YEAR), _matching(request, "organisation", IDENTIFIER)
        found = selectors.published(
            year=int(year) if year else None,
            organisation_id=UUID(office) if office else None,
            theme=_matching(request, "theme", TOPIC),
        )
        return fresh_response(request, _document(found), seconds=KEPT_SECONDS)


def _matching(request: Request, name: str, pattern: re.Pattern[str]) -> str:
    value: str = request.query_params.get(name, "")
    if name in request.query_params and not pattern.match(value):
        fault = Text("格式不正确。", "Not of the documented form.")
        raise DomainError(CommonError.VALIDATION, errors=[FieldError(f"/query/{name}", "invalid", fault)])
    return value


def _document(found: Publication) -> dict[str, Any]:
    choice = found.choice
    is_office = choice is not None and isinstance(choice.key, UUID)
    return {
        "year": found.year,
        "years": list(found.years),
        "as_of": found.as_of.isoformat(),
        "hide_below": found.hide_below,
        "total": asdict(found.total),
        "months": [{"month": row.month, **asdict(row.figures)} for row in found.months],
        "organisations": [_office(group) for group in found.organisations],
        "themes": [_theme(group) for group in found.themes],
        "organisation": _office(choice) if choice and is_office else None,
        "theme": _theme(choice) if choice and not is_office else None,
    }


def _office(group: Group) -> dict[str, Any]:
    return {"id": str(group.key), "name": group.name, "level": group.level, **asdict(group.figures)}


def _theme(group: Group) -> dict[str, Any]:
    return {"code": group.key, "name": group.name, "name_en": group.name_en, **asdict(group.figures)}

"""Lawful dates at the tenderer's desk."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.tenders import selectors, services
from mobile_api.platform.serializers import at, validated
from mobile_api.platform.views import ApiView, idempotent
from mobile_api.v1.tenders import documents, lawful, schema
from mobile_api.v1.tenders import serializers as bodies


class LawfulDatesView(ApiView):
    """POST /tender-desk/projects/{id}/lawful-dates"""

    @extend_schema(
        **schema.said("desk_lawful_dates", "The earliest lawful dates of a notice", "Nothing is kept."),
        request=bodies.NoticeBody,
        responses=lawful.LawfulDatesShape,
    )
    def post(self, request: Request, project_id: UUID) -> Response:
        """Were it published today."""
        body = validated(bodies.NoticeBody, request.data)
        found = selectors.lawful_dates(self.actor, project_id, body["kind"], body["section_ids"], body["content"])
        return Response({"items": [lawful.lawful_date(one) for one in found]})


class LawfulCalendarView(ApiView):
    """GET /tender-desk/sections/{id}/calendar"""

    @extend_schema(
        **schema.said("desk_calendar", "What may happen when, and why not now"), responses=lawful.LawfulCalendarShape
    )
    def get(self, request: Request, section_id: UUID) -> Response:
        """Every act in the order of time, and each kind of notice."""
        return Response(_calendar(self.actor, section_id))


class ActView(ApiView):
    """POST /tender-desk/sections/{id}/acts"""

    @extend_schema(
        **schema.said("desk_act", "Enter the day of an act outside the platform", "Other days count from it."),
        request=lawful.ActBody,
        responses={200: lawful.LawfulCalendarShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request, section_id: UUID) -> Response:
        """Enter it; the calendar as it stands then."""
        services.record_act(actor=self.actor, section_id=section_id, **validated(lawful.ActBody, request.data))
        return Response(_calendar(self.actor, section_id))


def _calendar(actor: Any, section_id: UUID) -> dict[str, Any]:
    return {
        "items": [documents.possibility(one) for one in selectors.calendar_of(actor, section_id)],
        "acts": [lawful.lawful_act(one) for one in selectors.lawful_calendar(actor, section_id)],
        "now": at(selectors.server_time()),
    }

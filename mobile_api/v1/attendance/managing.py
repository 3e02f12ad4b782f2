"""For those who manage a unit: its sheets, disputes, shifts, places, rosters."""

from __future__ import annotations

from datetime import time
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.attendance import selectors, services
from backend.attendance.types import Half
from mobile_api.platform.serializers import validated
from mobile_api.platform.views import ApiView, etag_response, idempotent, if_match
from mobile_api.v1.attendance import documents, schema
from mobile_api.v1.attendance import serializers as bodies
from mobile_api.v1.attendance.views import first_of


class UnitMonthView(ApiView):
    """GET /attendance/units/{organisation}/months/{month}"""

    @extend_schema(
        **schema.said(
            "unit_month",
            "A unit's sheets",
            "For its head; each only after its person saw it, or left it lying for some working days.",
            parameters=[schema.MONTH],
        ),
        responses={200: bodies.UnitMonthShape},
    )
    def get(self, request: Request, unit_id: UUID, month: str) -> Response:
        """All that may be seen, and who has not looked yet."""
        return Response(documents.unit_month(selectors.unit_month(self.actor, unit_id, first_of(month))))


class DisputeAnswerView(ApiView):
    """POST /attendance/units/{organisation}/disputes/{sheet}/answer"""

    @extend_schema(
        **schema.said("dispute_answer", "Answer a dispute", "Its person then confirms or disputes again."),
        request=bodies.DisputeBody,
        responses={200: bodies.SheetDisputeShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request, unit_id: UUID, sheet_id: UUID) -> Response:
        """Answer it."""
        text = validated(bodies.DisputeBody, request.data)["text"]
        sheet = services.answer_dispute(actor=self.actor, organisation_id=unit_id, sheet_id=sheet_id, text=text)
        return Response(documents.dispute(sheet))


class ManagedView(ApiView):
    """GET /attendance/managed"""

    @extend_schema(
        **schema.said("managed", "Units and windows that I manage", "All empty for who manages nothing."),
        responses={200: bodies.ManagedShape},
    )
    def get(self, request: Request) -> Response:
        """Units with all below them."""
        return Response(documents.managed(selectors.managed(self.actor)))


class ShiftListView(ApiView):
    """GET and POST /attendance/shifts"""

    @extend_schema(
        **schema.said("shifts", "The shifts of a unit and its windows", parameters=[schema.UNIT]),
        responses={200: bodies.ShiftListShape},
    )
    def get(self, request: Request) -> Response:
        """The newest first."""
        unit = validated(bodies.UnitQuery, request.query_params.dict())["organisation"]
        return Response({"items": [documents.shift(row) for row in selectors.shifts(self.actor, unit)]})

    @extend_schema(
        **schema.said("shift_keep", "Set working times from today or a later day on"),
        request=bodies.ShiftBody,
        responses={201: bodies.ShiftShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request) -> Response:
        """Of a unit with all below it, or of one window."""
        row = services.keep_shift(actor=self.actor, **_shift(validated(bodies.ShiftBody, request.data)))
        return etag_response(documents.shift(row), row.version, status=201)


class ShiftView(ApiView):
    """PUT /attendance/shifts/{id}"""

    @extend_schema(
        **schema.said("shift_change", "Write a shift anew that is not in force yet"),
        request=bodies.ShiftChangeBody,
        responses={200: bodies.ShiftShape, **schema.ACT},
    )
    def put(self, request: Request, shift_id: UUID) -> Response:
        """Change it."""
        version = if_match(request)
        said = _shift(validated(bodies.ShiftChangeBody, request.data))
        row = services.change_shift(actor=self.actor, shift_id=shift_id, version=version, **said)
        return etag_response(documents.shift(row), row.version)


class PlaceListView(ApiView):
    """GET and POST /attendance/places"""

    @extend_schema(
        **schema.said("places", "Where a unit punches", parameters=[schema.UNIT]),
        responses={200: bodies.PlaceListShape},
    )
    def get(self, request: Request) -> Response:
        """By name."""
        unit = validated(bodies.UnitQuery, request.query_params.dict())["organisation"]
        return Response({"items": [documents.place(row) for row in selectors.places(self.actor, unit)]})

    @extend_schema(
        **schema.said("place_keep", "Enter a place, or write anew where it lies"),
        request=bodies.PlaceBody,
        responses={201: bodies.PlaceShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request) -> Response:
        """Keep it."""
        row = services.keep_place(actor=self.actor, **validated(bodies.PlaceBody, request.data))
        return Response(documents.place(row), status=201)


class RosterView(ApiView):
    """GET and PUT /attendance/rosters"""

    @extend_schema(
        **schema.said("roster", "A window's duties from a day to a day", parameters=schema.ROSTER),
        responses={200: bodies.RosterShape},
    )
    def get(self, request: Request) -> Response:
        """For those who keep it."""
        query = validated(bodies.RosterQuery, request.query_params.dict())
        return self._shown(query)

    @extend_schema(
        **schema.said(
            "roster_keep",
            "Write a window's duties anew from a day to a day",
            "Today at the earliest. 409 `attendance_person_twice` names who is on duty elsewhere at that time.",
            parameters=schema.ROSTER,
        ),
        request=bodies.RosterBody,
        responses={200: bodies.RosterShape, **schema.ACT},
    )
    def put(self, request: Request) -> Response:
        """Those who are new or gone are told."""
        version = if_match(request)
        query = validated(bodies.RosterQuery, request.query_params.dict())
        items = validated(bodies.RosterBody, request.data)["items"]
        wishes = [services.Wish(**{**item, "half": Half(item["half"])}) for item in items]
        services.keep_roster(
            actor=self.actor,
            window_id=query["window"],
            first=query["from"],
            last=query["to"],
            version=version,
            wishes=wishes,
        )
        return self._shown(query)

    def _shown(self, query: dict[str, Any]) -> Response:
        found = selectors.roster(self.actor, query["window"], query["from"], query["to"])
        return etag_response(documents.roster(found), found.version)


def _shift(said: dict[str, Any]) -> dict[str, Any]:
    """The body with times read."""
    names = ("am_starts", "am_ends", "pm_starts", "pm_ends")
    return {**said, **{name: time.fromisoformat(said[name]) if said[name] else None for name in names}}

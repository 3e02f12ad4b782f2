"""One's own attendance: the day, punches, the month's sheet."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.attendance import selectors, services
from backend.attendance.types import AttendanceError, PunchKind
from kernel.errors import DomainError
from mobile_api.platform.serializers import validated
from mobile_api.platform.throttling import throttle
from mobile_api.platform.views import ApiView, idempotent
from mobile_api.v1.attendance import documents, schema
from mobile_api.v1.attendance import serializers as bodies

TRIES = {"limit": 30, "seconds": 60}


class TodayView(ApiView):
    """GET /attendance/today"""

    @extend_schema(
        **schema.said("today", "My day: shift, punches so far, duties, places"),
        responses={200: bodies.TodayShape, **schema.refused(403)},
    )
    def get(self, request: Request) -> Response:
        """The day as it stands now."""
        found = documents.today(selectors.today(self.actor))
        return Response(found, headers={"Cache-Control": "no-store"})


class PunchListView(ApiView):
    """POST /attendance/punches"""

    @extend_schema(
        **schema.said(
            "punch",
            "Sign in or out, by the server's clock",
            "Of the position only `inside`, `outside` or `unknown` is kept. The same within a minute is one punch.",
        ),
        request=bodies.PunchBody,
        responses={201: bodies.PunchShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request) -> Response:
        """Come or go."""
        throttle("attendance.punch", str(self.actor.person_id), **TRIES)
        said = validated(bodies.PunchBody, request.data)
        latitude, longitude = said.get("latitude"), said.get("longitude")
        if (latitude is None) != (longitude is None):
            raise DomainError(AttendanceError.POSITION_INCOMPLETE)
        position = None
        if latitude is not None and longitude is not None:
            position = services.Position(latitude, longitude, said["accuracy"])
        row = services.punch(
            actor=self.actor,
            kind=PunchKind(said["kind"]),
            position=position,
            queued=said["queued"],
            punched_at=said.get("punched_at"),
        )
        return Response(documents.punch(row), status=201)

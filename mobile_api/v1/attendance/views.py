"""One's own attendance: the day, punches, the month's sheet."""

from __future__ import annotations

from datetime import date, time
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.attendance import selectors, services
from backend.attendance.types import AttendanceError, PunchKind
from kernel.actors import Actor
from kernel.errors import CommonError, DomainError
from mobile_api.platform.pages import paginate
from mobile_api.platform.serializers import validated
from mobile_api.platform.throttling import throttle
from mobile_api.platform.views import ApiView, etag_response, idempotent, if_match
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


class MonthView(ApiView):
    """GET /attendance/months/{month}"""

    @extend_schema(
        **schema.said(
            "month", "My sheet of a month", "Reading a closed month counts as seen.", parameters=[schema.MONTH]
        ),
        responses={200: bodies.AttendanceMonthShape, **schema.refused(403)},
    )
    def get(self, request: Request, month: str) -> Response:
        """Every day with what was expected and what was."""
        first = first_of(month)
        services.look(actor=self.actor, month=first)
        return _own_month(self.actor, first)


class MonthConfirmView(ApiView):
    """POST /attendance/months/{month}/confirm"""

    @extend_schema(
        **schema.said("confirm", "Agree with my sheet", parameters=[schema.MONTH]),
        request=bodies.AttendanceEmptyBody,
        responses={200: bodies.AttendanceMonthShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request, month: str) -> Response:
        """Confirm it."""
        validated(bodies.AttendanceEmptyBody, request.data)
        services.confirm(actor=self.actor, month=first_of(month))
        return _own_month(self.actor, first_of(month))


class MonthDisputeView(ApiView):
    """POST /attendance/months/{month}/dispute"""

    @extend_schema(
        **schema.said("dispute", "Say what is wrong with my sheet", parameters=[schema.MONTH]),
        request=bodies.DisputeBody,
        responses={200: bodies.AttendanceMonthShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request, month: str) -> Response:
        """Dispute it."""
        text = validated(bodies.DisputeBody, request.data)["text"]
        services.dispute(actor=self.actor, month=first_of(month), text=text)
        return _own_month(self.actor, first_of(month))


class CorrectionListView(ApiView):
    """GET and POST /attendance/corrections"""

    @extend_schema(
        **schema.said(
            "corrections", "My requests, or those that wait for me", parameters=[schema.TO_DECIDE, *schema.PAGED]
        ),
        responses={200: bodies.CorrectionPageShape},
    )
    def get(self, request: Request) -> Response:
        """Newest first."""
        waiting = validated(bodies.CorrectionListQuery, request.query_params.dict())["to_decide"]
        rows = selectors.corrections(self.actor, to_decide=waiting)
        order = ("-created_at", "-id")
        return Response(paginate(rows, request, order=order, row=lambda row: documents.correction(row, self.actor)))

    @extend_schema(
        **schema.said("correction_ask", "Ask for a punch that was forgotten"),
        request=bodies.CorrectionBody,
        responses={201: bodies.CorrectionShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request) -> Response:
        """Ask."""
        said = validated(bodies.CorrectionBody, request.data)
        row = services.ask_correction(
            actor=self.actor,
            day=said["day"],
            kind=PunchKind(said["kind"]),
            hour=time.fromisoformat(said["time"]),
            reason=said["reason"],
        )
        return etag_response(documents.correction(row, self.actor), row.version, status=201)


class CorrectionView(ApiView):
    """GET /attendance/corrections/{id}"""

    @extend_schema(**schema.said("correction", "One request"), responses={200: bodies.CorrectionShape})
    def get(self, request: Request, correction_id: UUID) -> Response:
        """For its person and the heads above."""
        row = selectors.correction_for(self.actor, correction_id)
        return etag_response(documents.correction(row, self.actor), row.version)


class CorrectionDecideView(ApiView):
    """POST /attendance/corrections/{id}/decide"""

    @extend_schema(
        **schema.said("correction_decide", "Decide of a request", "Heads of the unit; never of one's own."),
        request=bodies.CorrectionDecisionBody,
        responses={200: bodies.CorrectionShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request, correction_id: UUID) -> Response:
        """Agree or refuse."""
        version = if_match(request)
        said = validated(bodies.CorrectionDecisionBody, request.data)
        row = services.decide_correction(actor=self.actor, correction_id=correction_id, version=version, **said)
        return etag_response(documents.correction(row, self.actor), row.version)


def first_of(month: str) -> date:
    """The first day of a month in an address. Raises NOT_FOUND for anything else."""
    found = selectors.month_in(month)
    if found is None:
        raise DomainError(CommonError.NOT_FOUND)
    return found


def _own_month(actor: Actor, month: date) -> Response:
    found = documents.month(selectors.month_of(actor, month))
    return etag_response(found, found["version"])

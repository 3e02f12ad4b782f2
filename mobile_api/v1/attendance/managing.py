"""For those who manage a unit: its sheets, disputes, shifts, places, rosters."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.attendance import selectors, services
from mobile_api.platform.serializers import validated
from mobile_api.platform.views import ApiView, idempotent
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

"""The operators' desk: calls, histories, wallboard, hand-overs, hot topics."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.http import StreamingHttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.inquiries import selectors, services
from backend.inquiries.types import Wallboard
from mobile_api.platform.pages import paginate
from mobile_api.platform.serializers import at, validated
from mobile_api.platform.views import ApiView, etag_response, idempotent
from mobile_api.v1.hotline import schema
from mobile_api.v1.hotline.serializers import (
    CallPageSerializer,
    CallSerializer,
    HandoverPageSerializer,
    HandoverSerializer,
    HistorySerializer,
    HotListSerializer,
    NoteSerializer,
    PhoneSerializer,
    PopSerializer,
    TakeOverSerializer,
    WallboardQuerySerializer,
    WallboardSerializer,
)
from mobile_api.v1.inquiries import documents
from mobile_api.v1.inquiries.bodies import InquiryEmptySerializer
from mobile_api.v1.inquiries.views import NEWEST, period


class CallsView(ApiView):
    """GET /hotline/calls"""

    @extend_schema(**schema.CALLS, responses=CallPageSerializer)
    def get(self, request: Request) -> Response:
        """Phone calls."""
        return Response(paginate(selectors.calls(self.actor), request, order=NEWEST, row=selectors.call_row))


class CallView(ApiView):
    """GET /hotline/calls/{id}"""

    @extend_schema(**schema.CALL, responses=PopSerializer)
    def get(self, request: Request, call_id: UUID) -> Response:
        """Screen pop."""
        call = selectors.call(self.actor, call_id)
        history = selectors.caller_history(self.actor, call.number) if call.number else []
        return Response(
            {
                "call": selectors.call_row(call),
                "history": [documents.summary(order) for order in history],
            }
        )


class TakeView(ApiView):
    """POST /hotline/calls/{id}/take"""

    @extend_schema(**schema.TAKE, request=InquiryEmptySerializer, responses={200: CallSerializer, **schema.CONFLICT})
    @idempotent(required=True)
    def post(self, request: Request, call_id: UUID) -> Response:
        """Take a call."""
        validated(InquiryEmptySerializer, request.data)
        call = services.take_call(actor=self.actor, call_id=call_id)
        return etag_response(selectors.call_row(call), call.version)


class RecordingView(ApiView):
    """GET /hotline/calls/{id}/recording"""

    @extend_schema(**schema.RECORDING)
    def get(self, request: Request, call_id: UUID) -> StreamingHttpResponse:
        """The sound of a call."""
        delivery, content = selectors.recording(self.actor, call_id, request.headers.get("Range"))
        response = StreamingHttpResponse(content, status=delivery.status)
        for name, value in delivery.headers.items():
            response[name] = value
        return response


class HistoryView(ApiView):
    """POST /hotline/callers"""

    @extend_schema(**schema.HISTORY, request=PhoneSerializer, responses={200: HistorySerializer, 422: None})
    def post(self, request: Request) -> Response:
        """What a number asked before."""
        phone = validated(PhoneSerializer, request.data)["phone"]
        found = selectors.caller_history(self.actor, phone)
        return Response({"items": [documents.summary(order) for order in found]})


class WallboardView(ApiView):
    """GET /hotline/wallboard"""

    @extend_schema(**schema.WALLBOARD, responses=WallboardSerializer)
    def get(self, request: Request) -> Response:
        """The hotline at a glance."""
        query = validated(WallboardQuerySerializer, request.query_params.dict())
        board = selectors.wallboard(self.actor, query["centre_id"])
        return Response(_board(board))


class HandoversView(ApiView):
    """GET and POST /hotline/handovers"""

    @extend_schema(**schema.HANDOVERS, responses=HandoverPageSerializer)
    def get(self, request: Request) -> Response:
        """Hand-overs between shifts."""
        rows = selectors.handovers(self.actor)
        return Response(paginate(rows, request, order=("-at", "-id"), row=_handover))

    @extend_schema(**schema.HAND_OVER, request=NoteSerializer, responses={201: HandoverSerializer, **schema.CONFLICT})
    @idempotent(required=True)
    def post(self, request: Request) -> Response:
        """Give the shift over."""
        note = validated(NoteSerializer, request.data)["note"]
        board = selectors.wallboard(self.actor)
        figures = {name: value for name, value in _board(board).items() if name != "handover"}
        return Response(_handover(services.hand_over(actor=self.actor, note=note, figures=figures)), status=201)


def _board(board: Wallboard) -> dict[str, Any]:
    last = board.handover
    return {
        **asdict(board),
        "at": at(board.at),
        "handover": {**asdict(last), "at": at(last.at), "taken_at": at(last.taken_at)} if last else None,
    }


class TakeOverView(ApiView):
    """POST /hotline/handovers/{id}/confirm"""

    @extend_schema(
        **schema.TAKE_OVER, request=TakeOverSerializer, responses={200: HandoverSerializer, **schema.CONFLICT}
    )
    @idempotent(required=True)
    def post(self, request: Request, handover_id: UUID) -> Response:
        """Confirm what the former shift handed over."""
        note = validated(TakeOverSerializer, request.data)["note"]
        taken = services.take_over(actor=self.actor, handover_id=handover_id, note=note)
        return Response(_handover(taken.handover))


def _handover(row: Any) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "by_name": row.by_name,
        "note": row.note,
        "figures": row.figures,
        "at": at(row.at),
        "taken": _taken(getattr(row, "taken", None)),
    }


def _taken(row: Any) -> dict[str, Any] | None:
    return {"by_name": row.by_name, "note": row.note, "at": at(row.at)} if row is not None else None


class HotTopicsView(ApiView):
    """GET /hotline/hot-topics"""

    @extend_schema(**schema.HOT, responses=HotListSerializer)
    def get(self, request: Request) -> Response:
        """Topic × area × week."""
        return Response({"items": selectors.hot_topics(self.actor, *period(request))})

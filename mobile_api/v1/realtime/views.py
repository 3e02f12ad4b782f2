"""Snapshot, ticket and long poll."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import realtime
from kernel.errors import CommonError, DomainError, FieldError, Text
from kernel.models import PersonEvent
from mobile_api.platform.serializers import validated
from mobile_api.platform.throttling import throttle
from mobile_api.platform.views import ApiView
from mobile_api.realtime import sessions, tickets
from mobile_api.realtime.log import document
from mobile_api.v1.realtime import schema, snapshot
from mobile_api.v1.realtime.serializers import (
    EventsSerializer,
    NothingSerializer,
    RealtimeError,
    SnapshotSerializer,
    TicketSerializer,
)
from mobile_api.v1.realtime.waiting import wait_for_events

MAX_WAIT_SECONDS = 25
MAX_CURSOR = 10**15
EVENTS_A_PAGE = 100


class SnapshotView(ApiView):
    """GET /me/snapshot"""

    @extend_schema(**schema.SNAPSHOT, responses=SnapshotSerializer)
    def get(self, request: Request) -> Response:
        """State, cursor, and where the socket is."""
        state, cursor = snapshot.take(self.actor)
        return Response({"state": state, "cursor": cursor, "realtime_url": settings.REALTIME_PUBLIC_URL})


class TicketView(ApiView):
    """POST /me/realtime-ticket"""

    @extend_schema(**schema.TICKET, request=None, responses={201: TicketSerializer})
    def post(self, request: Request) -> Response:
        """A new ticket for this session."""
        validated(NothingSerializer, request.data)
        actor = self.actor
        throttle("realtime-ticket", str(actor.user_id), limit=60, seconds=60)
        if actor.user_id is None or actor.session_id is None:
            raise AuthenticationFailed
        holder = tickets.Holder(actor.user_id, actor.session_id, tickets.expiry_of(str(request.auth)))
        return Response({"ticket": tickets.issue(holder), "expires_in": tickets.LIFE_SECONDS}, status=201)


class EventsView(ApiView):
    """GET /me/events"""

    @extend_schema(**schema.EVENTS, responses={200: EventsSerializer, 409: schema.CURSOR_TOO_OLD})
    def get(self, request: Request) -> Response:
        """Events after the cursor; waits for one when there is none."""
        actor = self.actor
        if actor.user_id is None or actor.session_id is None:
            raise AuthenticationFailed
        throttle("realtime-events", str(actor.user_id), limit=120, seconds=60)
        since = _number(request, "since", MAX_CURSOR)
        wait = _number(request, "wait", MAX_WAIT_SECONDS, default="0")
        if realtime.is_too_old(actor.user_id, since):
            raise DomainError(RealtimeError.CURSOR_TOO_OLD)
        events = wait_for_events(actor.user_id, since, seconds=wait, limit=EVENTS_A_PAGE)
        standing = sessions.standings([actor.session_id]).by_session.get(actor.session_id)
        if standing is None:
            raise AuthenticationFailed
        return Response(_answer(events, standing, since))


def _answer(events: list[PersonEvent], standing: sessions.Standing, since: int) -> dict[str, Any]:
    shown = [event for event in events if not event.scope_role or standing.may(event.scope_role, event.scope_path)]
    return {"events": [document(event) for event in shown], "cursor": events[-1].seq if events else since}


def _number(request: Request, name: str, most: int, *, default: str = "") -> int:
    raw = request.query_params.get(name, default)
    if not raw.isascii() or not raw.isdigit() or len(raw) > 16 or int(raw) > most:
        text = Text("须为 0 至 {most} 的整数。", "Give a whole number from 0 to {most}.")
        fault = FieldError(f"/query/{name}", "invalid", text, {"most": most})
        raise DomainError(CommonError.VALIDATION, errors=[fault])
    return int(raw)

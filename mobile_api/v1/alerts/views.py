"""Notices to many."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import translation
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from backend.notifications import selectors, services
from backend.notifications.types import EVERYBODY, Urgency
from mobile_api.platform.pages import paginate
from mobile_api.platform.serializers import at, validated
from mobile_api.platform.views import ApiView, etag_response, idempotent, if_match
from mobile_api.v1.alerts import serializers as shapes
from mobile_api.v1.inquiries.schema import CURSOR, LIMIT, operation, refused

_PAGED: dict[str, Any] = {"parameters": [CURSOR, LIMIT]}
_TOPICS = OpenApiParameter("topics", {"type": "string", "pattern": "^[A-Za-z0-9_.~,-]{1,330}$"}, required=True)


def _in_english() -> bool:
    return (translation.get_language() or "").startswith("en")


class AlertsView(ApiView):
    """GET /alerts"""

    public = True

    @extend_schema(
        **operation("alerts_list", "Notices of the city", "Those that were sent, newest first.", **_PAGED),
        responses=shapes.AlertPageSerializer,
    )
    def get(self, request: Request) -> Response:
        """Notices that were sent."""
        return Response(paginate(selectors.published_alerts(), request, order=("-decided_at", "-id"), row=_alert))


class AlertView(ApiView):
    """GET /alerts/{id}"""

    public = True

    @extend_schema(
        **operation("alerts_retrieve", "A notice of the city", "One that was taken back says so, and why."),
        responses=shapes.AlertSerializer,
    )
    def get(self, request: Request, alert_id: UUID) -> Response:
        """One notice."""
        return Response(_alert(selectors.published_alert(alert_id)))


class TopicsView(ApiView):
    """GET /alerts/topics"""

    public = True

    @extend_schema(**operation("alerts_topics", "Whom notices go to"), responses=shapes.AlertTopicListSerializer)
    def get(self, request: Request) -> Response:
        """The topics."""
        english = _in_english()
        rows = [
            {
                "code": row.code,
                "name": row.name_en if english else row.name_zh,
                "everybody": row.code == EVERYBODY,
            }
            for row in selectors.alert_topics().values()
        ]
        return Response({"items": rows})


class OwnTopicsView(ApiView):
    """GET, PUT /me/alert-topics"""

    @extend_schema(**operation("me_alert_topics", "What I wish to hear of"), responses=shapes.OwnTopicsSerializer)
    def get(self, request: Request) -> Response:
        """My topics."""
        return Response({"topics": selectors.wished_topics(self._person())})

    @extend_schema(
        **operation(
            "me_choose_alert_topics",
            "Choose what I wish to hear of",
            "All of them at once. What goes to everybody comes anyway; `notice` in /me/preferences switches it off.",
        ),
        request=shapes.ChooseTopicsSerializer,
        responses={200: shapes.OwnTopicsSerializer, **refused(422)},
    )
    def put(self, request: Request) -> Response:
        """Choose."""
        self._person()
        body = validated(shapes.ChooseTopicsSerializer, request.data)
        return Response({"topics": services.choose_alert_topics(actor=self.actor, topics=body["topics"])})

    def _person(self) -> UUID:
        if self.actor.user_id is None:
            raise NotAuthenticated
        return self.actor.user_id


class DeskAlertsView(ApiView):
    """GET, POST /alert-desk/alerts"""

    @extend_schema(
        **operation("alert_desk_list", "Notices at the desk", "For those who write or decide on them.", **_PAGED),
        responses={200: shapes.DeskAlertPageSerializer, **refused(403)},
    )
    def get(self, request: Request) -> Response:
        """All notices, newest first."""
        desk = selectors.AlertDesk(self.actor)
        rows = paginate(desk.rows(), request, order=("-created_at", "-id"), row=lambda row: _desk_alert(desk, row))
        return Response(rows)

    @extend_schema(
        **operation("alert_desk_propose", "Write a notice", "A second person has it sent."),
        request=shapes.ProposeAlertSerializer,
        responses={201: shapes.DeskAlertSerializer, **refused(403, 422)},
    )
    @idempotent(required=True)
    def post(self, request: Request) -> Response:
        """Write one."""
        body = validated(shapes.ProposeAlertSerializer, request.data)
        row = services.propose_alert(actor=self.actor, **{**body, "urgency": Urgency(body["urgency"])})
        return _answer(self, row, status=201)


class DeskAlertView(ApiView):
    """GET /alert-desk/alerts/{id}"""

    @extend_schema(
        **operation("alert_desk_retrieve", "A notice at the desk"),
        responses={200: shapes.DeskAlertSerializer, **refused(403)},
    )
    def get(self, request: Request, alert_id: UUID) -> Response:
        """One notice."""
        desk = selectors.AlertDesk(self.actor)
        row = desk.one(alert_id)
        return etag_response(_desk_alert(desk, row), row.version)


class ReachView(ApiView):
    """GET /alert-desk/reach"""

    @extend_schema(
        **operation("alert_desk_reach", "Whom a notice would reach now", parameters=[_TOPICS]),
        responses={200: shapes.ReachSerializer, **refused(403)},
    )
    def get(self, request: Request) -> Response:
        """How many."""
        topics = validated(shapes.ReachQuerySerializer, request.query_params.dict())["topics"]
        found = selectors.AlertDesk(self.actor).reach([code for code in topics.split(",") if code])
        return Response(
            {
                "phones": found.phones,
                "people": found.people,
                "lock_screen": found.lock_screen,
                "left_today": found.left_today,
            }
        )


class DecisionView(ApiView):
    """POST /alert-desk/alerts/{id}/decision"""

    @extend_schema(
        **operation("alert_desk_decide", "Have a notice sent, or not", "Not by who wrote it."),
        request=shapes.DecideAlertSerializer,
        responses={200: shapes.DeskAlertSerializer, **refused(403, 409)},
    )
    @idempotent(required=True)
    def post(self, request: Request, alert_id: UUID) -> Response:
        """Decide."""
        version = if_match(request)
        body = validated(shapes.DecideAlertSerializer, request.data)
        row = services.decide_alert(actor=self.actor, alert_id=alert_id, version=version, **body)
        return _answer(self, row)


class WithdrawalView(ApiView):
    """POST /alert-desk/alerts/{id}/withdrawal"""

    @extend_schema(
        **operation("alert_desk_withdraw", "Take a notice back", "Who opens it reads that it was taken back, and why."),
        request=shapes.WithdrawAlertSerializer,
        responses={200: shapes.DeskAlertSerializer, **refused(403, 409)},
    )
    @idempotent(required=True)
    def post(self, request: Request, alert_id: UUID) -> Response:
        """Take it back."""
        version = if_match(request)
        body = validated(shapes.WithdrawAlertSerializer, request.data)
        row = services.withdraw_alert(actor=self.actor, alert_id=alert_id, version=version, **body)
        return _answer(self, row)


def _alert(row: Any) -> dict[str, Any]:
    english = _in_english()
    return {
        "id": str(row.pk),
        "title": (english and row.title_en) or row.title_zh,
        "body": (english and row.body_en) or row.body_zh,
        "topics": row.topics,
        "urgency": row.urgency,
        "at": at(row.decided_at),
        "withdrawn_at": at(row.withdrawn_at),
        "withdrawn_why": row.comment if row.withdrawn_at else "",
    }


def _answer(view: ApiView, row: Any, status: int = 200) -> Response:
    return etag_response(_desk_alert(selectors.AlertDesk(view.actor), row), row.version, status=status)


def _desk_alert(desk: selectors.AlertDesk, row: Any) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "version": row.version,
        "topics": row.topics,
        "title_zh": row.title_zh,
        "title_en": row.title_en,
        "body_zh": row.body_zh,
        "body_en": row.body_en,
        "urgency": row.urgency,
        "state": row.state,
        "proposed_at": at(row.created_at),
        "proposed_by": desk.name_of(row.proposed_by),
        "decided_at": at(row.decided_at),
        "decided_by": desk.name_of(row.decided_by) if row.decided_by else "",
        "withdrawn_at": at(row.withdrawn_at),
        "comment": row.comment,
        "phones": row.phones,
        "people": row.people,
        "push_state": row.push_state,
        "actions": desk.actions(row),
    }

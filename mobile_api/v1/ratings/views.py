"""Ratings by citizens, and what officials do about bad ones."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import translation
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.ratings import selectors, services
from backend.ratings.types import LEVEL_NAMES, RatingInfo, RectificationInfo, RectificationState
from kernel.errors import CommonError, DomainError, FieldError, Text
from mobile_api.platform.pages import paginate
from mobile_api.platform.serializers import at, validated
from mobile_api.platform.views import ApiView, etag_response, idempotent, if_match
from mobile_api.v1.ratings import schema
from mobile_api.v1.ratings import serializers as shapes


class RatingView(ApiView):
    """GET, POST, PATCH /cases/{id}/rating"""

    @extend_schema(**schema.RATING, responses=shapes.RatingSerializer)
    def get(self, request: Request, case_id: UUID) -> Response:
        """The rating there is."""
        found = selectors.own_rating(self.actor, case_id)
        return etag_response(_rating(found), found.version)

    @extend_schema(
        **schema.RATE,
        request=shapes.RateSerializer,
        responses={201: shapes.RatingSerializer, 409: schema.ALREADY, 422: schema.TAG_UNKNOWN},
    )
    @idempotent(required=False)
    def post(self, request: Request, case_id: UUID) -> Response:
        """Give it."""
        fields = validated(shapes.RateSerializer, request.data)
        found = services.rate(
            actor=self.actor,
            case_id=case_id,
            level=fields["level"],
            tags=fields.get("tags", ()),
            comment=fields.get("comment", ""),
        )
        return etag_response(_rating(found), found.version, status=201)

    @extend_schema(
        **schema.CHANGE,
        request=shapes.ChangeRatingSerializer,
        responses={200: shapes.RatingSerializer, 409: schema.CHANGE_OVER, 422: schema.TAG_UNKNOWN},
    )
    def patch(self, request: Request, case_id: UUID) -> Response:
        """Correct it."""
        version = if_match(request)
        fields = validated(shapes.ChangeRatingSerializer, request.data)
        found = services.change_rating(actor=self.actor, case_id=case_id, version=version, **fields)
        return etag_response(_rating(found), found.version)


class TagsView(ApiView):
    """GET /ratings/tags"""

    @extend_schema(**schema.TAGS, responses=shapes.RatingTagsSerializer)
    def get(self, request: Request) -> Response:
        """Codes and names."""
        found = selectors.tags(_language())
        return Response({"items": [{"code": code, "name": name} for code, name in found], "next": None})


class RectificationsView(ApiView):
    """GET /ratings/rectifications"""

    @extend_schema(**schema.RECTIFICATIONS, responses=shapes.RectificationPageSerializer)
    def get(self, request: Request) -> Response:
        """Bad ratings of one's organisations."""
        state = request.query_params.get("state", "")
        if state and state not in set(RectificationState):
            text = Text("没有这种状态。", "No such state.")
            raise DomainError(CommonError.VALIDATION, errors=[FieldError("/query/state", "invalid", text)])
        found = selectors.rectifications(self.actor, state=state)
        page = paginate(found, request, order=selectors.ORDER, row=lambda row: row)
        shown = selectors.rectification_infos(page["items"], self.actor)
        return Response({"items": [_rectification(row) for row in shown], "next": page["next"]})


class RectificationView(ApiView):
    """GET /ratings/rectifications/{id}"""

    @extend_schema(**schema.RECTIFICATION, responses=shapes.RectificationSerializer)
    def get(self, request: Request, rectification_id: UUID) -> Response:
        """One of them."""
        found = selectors.rectification(self.actor, rectification_id)
        return etag_response(_rectification(found), found.version)


class RectificationActionsView(ApiView):
    """POST /ratings/rectifications/{id}/actions"""

    @extend_schema(
        **schema.ACT,
        request=shapes.RectificationActSerializer,
        responses={
            200: shapes.RectificationSerializer,
            403: schema.NOT_THIS_PERSON,
            409: schema.WRONG_STATE,
            422: schema.DETAIL,
        },
    )
    @idempotent(required=True)
    def post(self, request: Request, rectification_id: UUID) -> Response:
        """Do a step."""
        version = if_match(request)
        fields = validated(shapes.RectificationActSerializer, request.data)
        found = services.act(actor=self.actor, rectification_id=rectification_id, version=version, **fields)
        return etag_response(_rectification(found), found.version)


def _language() -> str:
    return translation.get_language() or "zh-hans"


def _rating(found: RatingInfo) -> dict[str, Any]:
    return {
        "id": str(found.id),
        "case_id": str(found.case_id),
        "level": found.level,
        "level_name": LEVEL_NAMES[found.level].render(_language()),
        "tags": list(found.tags),
        "comment": found.comment,
        "channel": found.channel.value,
        "rated_at": at(found.rated_at),
        "changed_at": at(found.changed_at),
        "corrections": found.corrections,
        "changeable_until": at(found.changeable_until),
    }


def _rectification(found: RectificationInfo) -> dict[str, Any]:
    return {
        "id": str(found.id),
        "case_id": str(found.case_id),
        "case_no": found.case_no,
        "power_name": found.power_name,
        "organisation_id": str(found.organisation_id),
        "level": found.level,
        "level_name": LEVEL_NAMES[found.level].render(_language()),
        "tags": list(found.tags),
        "comment": found.comment,
        "state": found.state.value,
        "assignee_id": str(found.assignee_id) if found.assignee_id else None,
        "contact_due_on": found.contact_due_on.isoformat(),
        "mend_due_on": found.mend_due_on.isoformat() if found.mend_due_on else None,
        "overdue": found.overdue,
        "opened_at": at(found.opened_at),
        "closed_at": at(found.closed_at),
        "actions": [action.value for action in found.actions],
        "version": found.version,
    }

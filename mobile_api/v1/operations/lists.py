"""Lists of texts, retries of many, wordings and their trial."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.operations import selectors, services
from mobile_api.platform.pages import paginate
from mobile_api.platform.serializers import at, validated
from mobile_api.platform.throttling import throttle
from mobile_api.platform.views import ApiView, idempotent
from mobile_api.v1.inquiries.schema import refused
from mobile_api.v1.operations import serializers as shapes
from sms import selectors as sms
from sms import services as texting
from sms.types import TextGroup

NEWEST = ("-queued_at", "-id")
GROUP = OpenApiParameter("group", str, enum=[group.value for group in TextGroup], default=TextGroup.ALL.value)


class TextsView(ApiView):
    """GET /operations/texts"""

    @extend_schema(
        operation_id="operations_texts",
        summary="Texts, newest first",
        description="For system managers: texts of their organisations, in the city all. `failing`: tried in vain so "
        "far, and tried again. `failed`: given up, refused or not delivered.",
        parameters=[
            GROUP,
            OpenApiParameter("limit", int, description="1 to 100, default 20."),
            OpenApiParameter("cursor", str, description="`next` of the page before."),
        ],
        responses={200: shapes.TextPageSerializer, **refused(403)},
    )
    def get(self, request: Request) -> Response:
        """A page."""
        group = validated(shapes.TextQuerySerializer, request.query_params)["group"]
        rows = selectors.readable_texts(self.actor, group=TextGroup(group))
        return Response(paginate(rows, request, order=NEWEST, row=_row))


class FindTextsView(ApiView):
    """POST /operations/texts/search"""

    @extend_schema(
        operation_id="operations_find_texts",
        summary="Texts to one number",
        description="The newest fifty. Each search is recorded.",
        request=shapes.FindTextsSerializer,
        responses={200: shapes.FoundTextsSerializer, **refused(403, 422)},
    )
    def post(self, request: Request) -> Response:
        """What went to a number."""
        phone = validated(shapes.FindTextsSerializer, request.data)["phone"]
        throttle("operations.find", str(self.actor.user_id), limit=120, seconds=3600)
        found = services.find_texts(actor=self.actor, number=phone)
        return Response({"items": [_row(row) for row in found]})


class RetriesView(ApiView):
    """POST /operations/retries"""

    @extend_schema(
        operation_id="operations_retry_many",
        summary="Try all of something again",
        description="`texts`: those given up (`failed`) or waiting after a failed try (`failing`), at most 500 at a "
        "time. `events`: parked ones, of one reader or of all; for the city's system manager.",
        request=shapes.RetrySerializer,
        responses={200: shapes.RetriedManySerializer, **refused(403)},
    )
    @idempotent(required=True)
    def post(self, request: Request) -> Response:
        """Have them go now."""
        fields = validated(shapes.RetrySerializer, request.data)
        if fields["what"] == "events":
            selectors.must_run_the_city(self.actor)
            count = services.retry_parked(actor=self.actor, subscriber=fields["reader"])
        else:
            count = services.retry_texts(actor=self.actor, group=TextGroup(fields["group"]))
        return Response({"count": count})


class WordingsView(ApiView):
    """GET /operations/wordings"""

    @extend_schema(
        operation_id="operations_wordings",
        summary="Wordings of texts",
        description="Every version of every kind of text: what is in force, what was, what waits for approval.",
        responses={200: shapes.TextWordingsSerializer, **refused(403)},
    )
    def get(self, request: Request) -> Response:
        """All of them."""
        selectors.runs_the_system(self.actor)
        return Response({"items": [_wording(row) for row in sms.wordings()]})


class WordingPreviewView(ApiView):
    """POST /operations/wordings/{id}/preview"""

    @extend_schema(
        operation_id="operations_preview_wording",
        summary="A wording, filled in",
        description="Length, parts it is billed as, and what it costs at each carrier in thousandths of a yuan.",
        request=shapes.WordingValuesSerializer,
        responses={200: shapes.WordingPreviewSerializer, **refused(403, 422)},
    )
    def post(self, request: Request, version_id: UUID) -> Response:
        """Fill it in."""
        selectors.runs_the_system(self.actor)
        values = validated(shapes.WordingValuesSerializer, request.data)["values"]
        seen = texting.preview(version_id=version_id, values=values)
        costs = [{"gateway": name, "milli_yuan": cost} for name, cost in seen.milli_yuan.items()]
        return Response({"text": seen.text, "units": seen.units, "parts": seen.parts, "costs": costs})


class WordingTrialView(ApiView):
    """POST /operations/wordings/{id}/trial"""

    @extend_schema(
        operation_id="operations_try_wording",
        summary="Send a wording to one phone",
        description="For the city's system manager. Approved or not; a text of its own, with a story.",
        request=shapes.WordingTrialSerializer,
        responses={201: shapes.TriedSerializer, **refused(403, 422)},
    )
    @idempotent(required=True)
    def post(self, request: Request, version_id: UUID) -> Response:
        """Send it."""
        fields = validated(shapes.WordingTrialSerializer, request.data)
        throttle("operations.trial", str(self.actor.user_id), limit=20, seconds=3600)
        with transaction.atomic():
            text_id = services.try_wording(
                actor=self.actor, version_id=version_id, to=fields["phone"], values=fields["values"]
            )
        return Response({"id": str(text_id)}, status=201)


def _row(row: Any) -> dict[str, Any]:
    found = sms.text_row(row)
    return {
        "id": str(found.id),
        "purpose": found.purpose,
        "kind": found.template,
        "to_masked": found.to_masked,
        "state": found.state,
        "reason": found.reason,
        "gateway": found.gateway,
        "parts": found.parts,
        "failures": found.failures,
        "queued_at": at(found.queued_at),
        "due_at": at(found.due_at),
        "finished_at": at(found.finished_at),
    }


def _wording(row: sms.WordingRow) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "code": row.code,
        "kind": row.meaning,
        "version": row.version,
        "text": row.text,
        "params": list(row.params),
        "approval_number": row.approval_number,
        "approved_at": at(row.approved_at),
        "effective_from": row.effective_from.isoformat(),
        "is_own": row.organisation_id is not None,
        "is_in_force": row.is_in_force,
    }

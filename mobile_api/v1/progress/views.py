"""Progress without signing in."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.cases import selectors
from backend.cases.types import STATE_LABELS, CaseState
from mobile_api.platform.network import client_address
from mobile_api.platform.serializers import StrictSerializer, validated
from mobile_api.platform.throttling import throttle
from mobile_api.platform.views import ApiView
from mobile_api.v1.cases import documents
from mobile_api.v1.progress.serializers import ProgressSerializer

PER_ADDRESS = {"limit": 60, "seconds": 60}
PER_NUMBER = {"limit": 20, "seconds": 600}


class ProgressQuerySerializer(StrictSerializer):
    """Query of GET /progress."""

    case_no = serializers.RegexField(r"^[0-9]{20}$")
    query_code = serializers.CharField(max_length=20)


class ProgressView(ApiView):
    """GET /progress"""

    public = True

    @extend_schema(
        operation_id="progress_retrieve",
        summary="Where a case stands",
        description="For anybody who has the case number and the query code of the receipt. Nothing of a person in it.",
        parameters=[
            OpenApiParameter("case_no", {"type": "string", "pattern": "^[0-9]{20}$"}, required=True),
            OpenApiParameter("query_code", {"type": "string", "minLength": 1, "maxLength": 20}, required=True),
        ],
        responses={200: ProgressSerializer, 404: None, 429: None},
    )
    def get(self, request: Request) -> Response:
        """Where a case stands."""
        throttle("progress.address", client_address(request), **PER_ADDRESS)
        query = validated(ProgressQuerySerializer, request.query_params.dict())
        throttle("progress.number", query["case_no"], **PER_NUMBER)
        language = documents.language()
        found = selectors.progress(query["case_no"], query["query_code"], language)
        return Response(
            {
                "case_no": found.case_no,
                "power_name": found.power_name,
                "organisation_name": found.organisation_name,
                "state": found.state,
                "state_label": STATE_LABELS[CaseState(found.state)].render(language),
                "received_on": documents.day(found.received_on),
                "due_on": documents.day(found.due_on),
                "elapsed": found.elapsed,
                "remaining": found.remaining,
                "clock": found.clock,
                "timeline": documents.timeline(found.timeline),
            }
        )

"""What those who keep the system running see and do."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.operations import selectors, services
from mobile_api.platform.serializers import at, validated
from mobile_api.platform.views import ApiView, idempotent
from mobile_api.v1.inquiries.schema import refused
from mobile_api.v1.operations.serializers import (
    ChannelsSerializer,
    OperationsEmptySerializer,
    RetriedSerializer,
    TextStorySerializer,
)
from sms.selectors import Story


class ChannelsView(ApiView):
    """GET /operations/channels"""

    @extend_schema(
        operation_id="operations_channels",
        summary="What waits and fails",
        description="For system managers. Texts, carriers, pushes, webhooks, events, workers; nothing of a person.",
        responses={200: ChannelsSerializer, **refused(403)},
    )
    def get(self, request: Request) -> Response:
        """Everything that waits, fails or is parked."""
        selectors.runs_the_system(self.actor)
        found = selectors.channels()
        carriers = [{**row, "held_until": at(row["held_until"])} for row in found["carriers"]]
        changes = [{**row, "at": at(row["at"])} for row in found["changes"]]
        return Response({**found, "carriers": carriers, "changes": changes})


class TextView(ApiView):
    """GET /operations/texts/{id}"""

    @extend_schema(
        operation_id="operations_text",
        summary="A text's whole story",
        description="For system managers of the organisation it was sent for. Each look is recorded.",
        responses=TextStorySerializer,
    )
    def get(self, request: Request, text_id: UUID) -> Response:
        """Why it was sent, wording, parts, carrier, calls, reports, cost."""
        return Response(_story(services.look_at_text(actor=self.actor, message_id=text_id)))


class RetryView(ApiView):
    """POST /operations/texts/{id}/retry"""

    @extend_schema(
        operation_id="operations_retry_text",
        summary="Send a text again now",
        description="One that waits, or was given up. What a carrier has never goes twice by hand.",
        request=OperationsEmptySerializer,
        responses=RetriedSerializer,
    )
    @idempotent(required=True)
    def post(self, request: Request, text_id: UUID) -> Response:
        """Have it go now."""
        validated(OperationsEmptySerializer, request.data)
        return Response({"retried": services.retry_message(actor=self.actor, message_id=text_id)})


def _story(found: Story) -> dict[str, Any]:
    message = found.message
    return {
        "id": str(message.id),
        "reference": message.reference,
        "purpose": message.purpose,
        "template": message.template,
        "template_version": found.template_version,
        "approval_number": found.approval_number,
        "to_masked": message.to_masked,
        "text": found.text,
        "parts": message.parts,
        "state": message.state,
        "reason": message.reason,
        "maybe_duplicate": message.maybe_duplicate,
        "queued_at": at(message.queued_at),
        "give_up_at": at(found.give_up_at),
        "finished_at": at(message.finished_at),
        "calls": [
            {
                "ordinal": call.ordinal,
                "gateway": call.gateway,
                "state": call.state,
                "code": call.code,
                "started_at": at(call.started_at),
                "finished_at": at(call.finished_at),
            }
            for call in message.attempts
        ],
        "reports": [
            {"status": one.status, "code": one.code, "received_at": at(one.received_at)} for one in found.receipts
        ],
        "cost_milli_yuan": found.cost_milli_yuan,
    }

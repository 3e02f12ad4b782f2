"""Partners that are told by webhook: their addresses, what became of each webhook, and what can be done."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.operations import selectors
from backend.partners import selectors as partners
from backend.partners import services
from backend.partners.types import WebhookState
from kernel.errors import CommonError, DomainError
from mobile_api.platform.serializers import at, validated
from mobile_api.platform.views import ApiView, idempotent
from mobile_api.v1.inquiries.schema import refused
from mobile_api.v1.operations import serializers as shapes


class PartnersView(ApiView):
    """GET /operations/partners"""

    @extend_schema(
        operation_id="operations_partners",
        summary="Addresses of partners",
        description="For the city's system manager: whom we tell, how it goes.",
        responses={200: shapes.EndpointsSerializer, **refused(403)},
    )
    def get(self, request: Request) -> Response:
        """All of them."""
        selectors.must_run_the_city(self.actor)
        return Response({"items": [_endpoint(row) for row in partners.endpoints()]})


class DeliveriesView(ApiView):
    """GET /operations/partners/{id}/deliveries"""

    @extend_schema(
        operation_id="operations_deliveries",
        summary="The delivery log of an address",
        description="The newest hundred webhooks with each try.",
        parameters=[OpenApiParameter("state", str, enum=[state.value for state in WebhookState])],
        responses={200: shapes.DeliveriesSerializer, **refused(403, 404)},
    )
    def get(self, request: Request, endpoint_id: UUID) -> Response:
        """The log."""
        selectors.must_run_the_city(self.actor)
        state = validated(shapes.DeliveryQuerySerializer, request.query_params)["state"]
        if not any(row["id"] == endpoint_id for row in partners.endpoints()):
            raise DomainError(CommonError.NOT_FOUND)
        return Response({"items": partners.delivery_log(endpoint_id, state=state)})


class EndpointActionsView(ApiView):
    """POST /operations/partners/{id}/actions"""

    @extend_schema(
        operation_id="operations_act_on_endpoint",
        summary="Tell again, replay, change the secret",
        description="`enable` an address that was disabled. `replay` webhooks of a time: parked ones, or with "
        "`delivered_too` all that are over. `rotate` gives a new secret, shown in this answer only; the old one signs "
        "beside it until `old_valid_until`.",
        request=shapes.EndpointActSerializer,
        responses={200: shapes.EndpointActedSerializer, **refused(403, 404)},
    )
    @idempotent(required=False)
    def post(self, request: Request, endpoint_id: UUID) -> Response:
        """Do it."""
        selectors.must_run_the_city(self.actor)
        fields = validated(shapes.EndpointActSerializer, request.data)
        answer: dict[str, Any] = {"count": 0, "secret": None, "old_valid_until": None}
        if fields["action"] == "rotate":
            secret = services.rotate_secret(actor=self.actor, endpoint_id=endpoint_id)
            answer |= {"secret": secret.value, "old_valid_until": at(secret.valid_until)}
        elif fields["action"] == "enable":
            services.enable_endpoint(actor=self.actor, endpoint_id=endpoint_id)
        else:
            answer["count"] = services.replay(
                actor=self.actor,
                endpoint_id=endpoint_id,
                since=fields["since"],
                until=fields["until"],
                parked_only=not fields["delivered_too"],
            )
        return Response(answer)


def _endpoint(row: dict[str, Any]) -> dict[str, Any]:
    counts = {state.value: row["webhooks"].get(state.value, 0) for state in WebhookState}
    shown = {name: row[name] for name in ("partner", "name", "url", "disabled")}
    return {"id": str(row["id"]), **shown, "failing_since": at(row["failing_since"]), "webhooks": counts}

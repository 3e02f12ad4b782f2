"""Saved searches and what they told."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.tenders import selectors, services
from mobile_api.platform.pages import paginate
from mobile_api.platform.serializers import validated
from mobile_api.platform.views import ApiView, etag_response, idempotent, if_match
from mobile_api.v1.tenders import documents, schema, shapes
from mobile_api.v1.tenders.parameters import identifier
from mobile_api.v1.tenders.serializers import LessBody, SubscriptionBody


class SubscriptionListView(ApiView):
    """GET and POST /tenders/subscriptions"""

    @extend_schema(**schema.said("subscriptions", "My saved searches"), responses=shapes.SubscriptionsShape)
    def get(self, request: Request) -> Response:
        """All of them."""
        return Response({"items": [documents.subscription(row) for row in selectors.own_subscriptions(self.actor)]})

    @extend_schema(
        **schema.said("subscribe", "Save a search and hear of new tenders"),
        request=SubscriptionBody,
        responses={201: shapes.SubscriptionShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request) -> Response:
        """A new one."""
        row = services.subscribe(actor=self.actor, wishes=validated(SubscriptionBody, request.data))
        return etag_response(documents.subscription(row), row.version, status=201)


class SubscriptionView(ApiView):
    """GET, PATCH, DELETE /tenders/subscriptions/{id}"""

    @extend_schema(**schema.said("subscription", "One saved search"), responses=shapes.SubscriptionShape)
    def get(self, request: Request, subscription_id: UUID) -> Response:
        """One of them."""
        row = selectors.own_subscription(self.actor, subscription_id)
        return etag_response(documents.subscription(row), row.version)

    @extend_schema(
        **schema.said("subscription_change", "Change a saved search", "What is not named stays."),
        request=SubscriptionBody,
        responses=shapes.SubscriptionShape,
    )
    def patch(self, request: Request, subscription_id: UUID) -> Response:
        """Change it."""
        version = if_match(request)
        wishes: dict[str, Any] = validated(SubscriptionBody, request.data)
        named = {name: value for name, value in wishes.items() if name in request.data}
        row = services.change_subscription(
            actor=self.actor, subscription_id=subscription_id, version=version, wishes=named
        )
        return etag_response(documents.subscription(row), row.version)

    @extend_schema(**schema.said("unsubscribe", "Forget a saved search"), responses={204: None})
    def delete(self, request: Request, subscription_id: UUID) -> Response:
        """Forget it."""
        services.unsubscribe(actor=self.actor, subscription_id=subscription_id)
        return Response(status=204)


class AlertListView(ApiView):
    """GET /tenders/alerts"""

    @extend_schema(
        **schema.said("alerts", "What I was told of, and why", parameters=[*schema.PAGED, schema.PROJECT]),
        responses=shapes.AlertPageShape,
    )
    def get(self, request: Request) -> Response:
        """Newest first."""
        project = identifier(request, "project", required=False)
        return Response(
            paginate(selectors.own_alerts(self.actor, project), request, order=("-id",), row=documents.alert)
        )


class LessView(ApiView):
    """POST /tenders/alerts/{id}/less"""

    @extend_schema(
        **schema.said("alert_less", "Less of this", "Once a day, again: not at all; or nothing more of what fitted."),
        request=LessBody,
        responses=shapes.SubscriptionShape,
    )
    @idempotent(required=True)
    def post(self, request: Request, about_id: UUID) -> Response:
        """Less."""
        body = validated(LessBody, request.data)
        row = services.less_of_this(actor=self.actor, about_id=about_id, how=body["how"])
        return etag_response(documents.subscription(row), row.version)

"""Push addresses of a person's devices."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.push import selectors, services
from backend.push.types import DeviceInfo
from mobile_api.platform.serializers import at, validated
from mobile_api.platform.throttling import throttle
from mobile_api.platform.views import ApiView, idempotent
from mobile_api.v1.devices import schema
from mobile_api.v1.devices import serializers as shapes


class DevicesView(ApiView):
    """GET, POST, DELETE /me/devices"""

    @extend_schema(**schema.DEVICES, responses=shapes.DevicesSerializer)
    def get(self, request: Request) -> Response:
        """Registered devices."""
        return Response({"items": [_device(found) for found in selectors.own_devices(self.actor)], "next": None})

    @extend_schema(
        **schema.REGISTER,
        request=shapes.PushAddressSerializer,
        responses={201: shapes.DeviceSerializer, 422: schema.ADDRESS_REFUSED},
    )
    @idempotent(required=False)
    def post(self, request: Request) -> Response:
        """Register one."""
        fields = validated(shapes.PushAddressSerializer, request.data)
        throttle("devices", str(self.actor.user_id), limit=60, seconds=3600)
        device_id = services.register_device(
            actor=self.actor, token=fields.get("token", ""), subscription=fields.get("subscription")
        )
        return Response(_device(selectors.own_device(self.actor, device_id)), status=201)

    @extend_schema(**schema.REMOVE_BY_TOKEN, request=shapes.GoneAddressSerializer, responses={204: None, 404: None})
    def delete(self, request: Request) -> Response:
        """Remove one by its address."""
        fields = validated(shapes.GoneAddressSerializer, request.data)
        services.remove_device_by_token(
            actor=self.actor,
            token=fields.get("token", ""),
            endpoint=fields.get("subscription", {}).get("endpoint", ""),
        )
        return Response(status=204)


class DeviceView(ApiView):
    """DELETE /me/devices/{id}"""

    @extend_schema(**schema.REMOVE, responses={204: None})
    def delete(self, request: Request, device_id: UUID) -> Response:
        """Remove one."""
        services.remove_device(actor=self.actor, device_id=device_id)
        return Response(status=204)


class VapidKeyView(ApiView):
    """GET /push/vapid-key"""

    @extend_schema(**schema.VAPID_KEY, responses={200: shapes.VapidKeySerializer, 503: schema.NO_KEY})
    def get(self, request: Request) -> Response:
        """The key for `pushManager.subscribe`."""
        return Response({"public_key": selectors.vapid_public_key()})


def _device(found: DeviceInfo) -> dict[str, Any]:
    return {
        "id": str(found.id),
        "platform": found.platform.value,
        "service": found.service,
        "current": found.current,
        "created_at": at(found.created_at),
        "seen_at": at(found.seen_at),
    }

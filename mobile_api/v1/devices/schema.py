"""Texts of push in the contract."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiResponse

DEVICES: dict[str, Any] = {
    "operation_id": "me_devices",
    "summary": "Devices that get push messages",
    "description": "Where the person's messages are pushed to. Addresses go when their session ends.",
}
REGISTER: dict[str, Any] = {
    "operation_id": "me_register_device",
    "summary": "Register a push address",
    "description": (
        "`fcm` with `token`, or `webpush` with the `subscription` that the browser gave. The same address again is the "
        "same device. A pushed message holds an id and a link, never content: fetch it from `/inbox/{id}`."
    ),
}
REMOVE_BY_TOKEN: dict[str, Any] = {
    "operation_id": "me_remove_device_by_token",
    "summary": "Remove a push address",
    "description": "Body as in POST: `{platform, token}` or `{platform, subscription: {endpoint}}`.",
}
REMOVE: dict[str, Any] = {
    "operation_id": "me_remove_device",
    "summary": "Remove a device",
    "description": "Nothing is pushed to it any more.",
}
VAPID_KEY: dict[str, Any] = {
    "operation_id": "push_vapid_key",
    "summary": "Key for browser push",
    "description": "`applicationServerKey` for `pushManager.subscribe`: an uncompressed P-256 point in base64url.",
}
ADDRESS_REFUSED = OpenApiResponse(
    description="`push_endpoint_refused`: not https, or not on the open internet; `push_keys_invalid`."
)
NO_KEY = OpenApiResponse(description="`push_not_configured`: browser push is not set up here.")

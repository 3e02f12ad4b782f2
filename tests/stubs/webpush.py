"""A browser and its push service: hands out subscriptions, checks what RFC 8030 and 8292 ask, opens the messages."""

from __future__ import annotations

import base64
import json
import os
import secrets
from dataclasses import dataclass, field
from typing import Any

import http_ece
import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.stubs.recording import StubServer


@dataclass
class Browser:
    """One subscription with its private key."""

    endpoint: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def subscription(self) -> dict[str, Any]:
        """What the browser hands to the page."""
        point = self.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return {"endpoint": self.endpoint, "keys": {"p256dh": unpadded(point), "auth": unpadded(self.auth)}}

    def open(self, body: bytes) -> dict[str, Any]:
        """Decrypt a message as the browser would."""
        plain = http_ece.decrypt(body, private_key=self.key, auth_secret=self.auth, version="aes128gcm")
        opened: dict[str, Any] = json.loads(plain)
        return opened


class StubPushService(StubServer):
    """The push service; its subscriptions live under `base`."""

    def __init__(self) -> None:
        super().__init__()
        self.gone: set[str] = set()

    def browser(self) -> Browser:
        """A new subscription."""
        return Browser(f"{self.base}/push/{secrets.token_urlsafe(24)}")

    def refusal(self, request: dict[str, Any]) -> tuple[int, Any] | None:
        """400 without TTL or with a wrong encoding, 401 for a bad VAPID token, 410 for a subscription that is gone."""
        headers = request["headers"]
        if not headers.get("ttl", "").isdigit() or headers.get("content-encoding") != "aes128gcm":
            return 400, {"reason": "TTL or encoding"}
        if headers.get("content-type") != "application/octet-stream" or len(headers.get("topic", "x" * 33)) > 32:
            return 400, {"reason": "content type or topic"}
        if not self._is_signed(headers.get("authorization", "")):
            return 401, {"reason": "vapid"}
        if len(request["body"]) > 4096:
            return 413, {"reason": "too large"}
        return (410, {"reason": "gone"}) if request["path"] in self.gone else None

    def _is_signed(self, header: str) -> bool:
        scheme, _, rest = header.partition(" ")
        parts = dict(part.strip().split("=", 1) for part in rest.split(",")) if scheme == "vapid" else {}
        if {"t", "k"} - set(parts):
            return False
        point = base64.urlsafe_b64decode(parts["k"] + "=" * (-len(parts["k"]) % 4))
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        claims = jwt.decode(parts["t"], key, algorithms=["ES256"], audience=self.base)
        return bool(claims["sub"].startswith("mailto:")) and claims["exp"] > 0

    def take(self, request: dict[str, Any]) -> tuple[int, dict[str, str], Any]:
        """Take it."""
        self.note("accepted", request)
        return 201, {"Location": f"{self.base}/message/{secrets.token_hex(8)}"}, None


def unpadded(raw: bytes) -> str:
    """URL-safe base64 without padding."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")

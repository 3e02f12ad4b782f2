"""Web push (RFC 8030) with VAPID (RFC 8292); the payload is encrypted for the browser (RFC 8291, aes128gcm)."""

from __future__ import annotations

import base64
import json
import time
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from py_vapid import Vapid02
from pywebpush import WebPusher
from requests import RequestException, Response
from urllib3.exceptions import HTTPError

from backend.push.rules import retry_after
from backend.push.types import Outcome, OutcomeKind, Outgoing, Reason
from kernel import egress

ENCODING = "aes128gcm"
TOKEN_LIFE_SECONDS = 12 * 3600
_THROTTLED_SECONDS = 30.0
_GONE = frozenset({404, 410})
_READ_BYTES = 2048


def is_configured() -> bool:
    """Whether there is a VAPID key."""
    return bool(settings.VAPID_PRIVATE_KEY)


def public_key() -> str:
    """The application server key that browsers subscribe with: an uncompressed P-256 point, URL-safe base64."""
    return _point(settings.VAPID_PRIVATE_KEY)


def signing_key(subscribed_with: str) -> str:
    """The private key to sign with for a browser that subscribed with this public key: a browser knows one key only. A
    key that is not kept any more is answered 403 there, and the browser is dropped and subscribes anew."""
    known = (settings.VAPID_PRIVATE_KEY, *settings.VAPID_PREVIOUS_KEYS)
    return next((key for key in known if _point(key) == subscribed_with), settings.VAPID_PRIVATE_KEY)


@lru_cache(maxsize=8)
def _point(key: str) -> str:
    return _unpadded(
        _vapid(key).public_key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    )


def send(outgoing: Outgoing) -> Outcome:
    """Hand one message to the browser's push service. Never raises: every fault is an outcome."""
    subscription = json.loads(outgoing.token)
    endpoint = egress.read_endpoint(subscription["endpoint"])
    if endpoint is None:
        return Outcome(OutcomeKind.REFUSED, code="endpoint", device_gone=True, reason=Reason.DEVICE_GONE)
    body = WebPusher(subscription).encode(json.dumps(outgoing.payload, ensure_ascii=False).encode(), ENCODING)["body"]
    with egress.exchange(guarded=True) as running:
        try:
            with egress.session() as session:
                answer = session.post(
                    subscription["endpoint"],
                    data=body,
                    headers=_headers(outgoing, endpoint.origin, signing_key(subscription.get("vapid", ""))),
                    timeout=(egress.CONNECT_SECONDS, egress.TOTAL_SECONDS),
                    allow_redirects=False,
                    stream=True,
                )
                answer.raw.read(_READ_BYTES)
        except (RequestException, HTTPError, OSError) as exc:
            return _fault(running, exc)
        if running.expired:
            return _fault(running, TimeoutError())
    return _sorted(answer)


def _headers(outgoing: Outgoing, audience: str, key: str) -> dict[str, str]:
    claims = {"aud": audience, "sub": settings.VAPID_SUBJECT, "exp": int(time.time()) + TOKEN_LIFE_SECONDS}
    return {
        **_vapid(key).sign(claims),
        "Content-Encoding": ENCODING,
        "Content-Type": "application/octet-stream",
        "TTL": str(outgoing.ttl_seconds),
        "Urgency": outgoing.urgency.value,
        "Topic": outgoing.collapse_key,
    }


def _fault(running: egress.Exchange, exc: Exception) -> Outcome:
    if running.refused_address and not running.may_have_left:
        return Outcome(OutcomeKind.REFUSED, code="private_address", device_gone=True, reason=Reason.DEVICE_GONE)
    kind = OutcomeKind.UNKNOWN if running.may_have_left else OutcomeKind.AGAIN
    return Outcome(kind, code=type(exc).__name__[:40], requests=running.requests)


def _sorted(answer: Response) -> Outcome:
    status = answer.status_code
    code = str(status)
    if status in {200, 201, 202, 204}:
        return Outcome(
            OutcomeKind.ACCEPTED, code=code, provider_id=answer.headers.get("Location", "")[:200], requests=1
        )
    if status in _GONE:
        return Outcome(OutcomeKind.REFUSED, code=code, device_gone=True, reason=Reason.DEVICE_GONE, requests=1)
    if status == 413:
        return Outcome(OutcomeKind.AGAIN, code=code, smaller=True, requests=1)
    if status == 429 or status >= 500:
        asked = retry_after(answer.headers.get("Retry-After"), answer.headers.get("Date"))
        hold = asked or (_THROTTLED_SECONDS if status == 429 else None)
        return Outcome(OutcomeKind.AGAIN, code=code, hold_seconds=hold, requests=1)
    wrong_key = status == 403
    reason = Reason.DEVICE_GONE if wrong_key else Reason.REFUSED
    return Outcome(OutcomeKind.REFUSED, code=code, device_gone=wrong_key, reason=reason, requests=1)


@lru_cache(maxsize=8)
def _vapid(key: str) -> Vapid02:
    """The signer for a key in PEM, or in the raw or DER base64 form that VAPID tools print."""
    text = key.replace("\\n", "\n")
    if "-----BEGIN" not in text:
        return Vapid02.from_string(text)
    loaded: Any = serialization.load_pem_private_key(text.encode(), password=None)
    if not isinstance(loaded, ec.EllipticCurvePrivateKey):
        raise ValueError("VAPID_PRIVATE_KEY must be a P-256 key")
    return Vapid02(loaded)


def _unpadded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")

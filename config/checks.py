"""Production refuses to start on a fault, and names every fault at once."""

from __future__ import annotations

import base64
import binascii
import os
from pathlib import Path
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured

REQUIRED = (
    "FIELD_KEYS",
    "BLIND_INDEX_KEY",
    "JWT_SIGNING_KEY",
    "JOURNAL_ANCHOR_KEY",
    "VAPID_PRIVATE_KEY",
    "TWILIO_ACCOUNT_SID",
    "TWILIO_AUTH_TOKEN",
    "TWILIO_FROM_NUMBER",
)
ADDRESSES = ("DATABASE_URL", "REDIS_URL")
MIN_SECRET_LENGTH = 50
KEY_BYTES = 32


def faults() -> list[str]:
    """Every reason why this configuration must not serve citizens; empty when there is none."""
    found = [f"{name} is missing" for name in REQUIRED if not getattr(settings, name)]
    found += [f"{name} is missing" for name in ADDRESSES if not os.environ.get(name)]
    found += [f"{name} is a test policy value" for name in settings.TEST_POLICY_VARIABLES if os.environ.get(name)]
    return found + _named({**_open_doors(), **_unsafe_addresses(), **_malformed()})


def secret_key() -> str:
    """The SECRET_KEY, or nothing: Django itself raises on an empty one, here it is one fault among the others."""
    try:
        return settings.SECRET_KEY
    except ImproperlyConfigured:
        return ""


def _named(checks: dict[str, bool]) -> list[str]:
    return [text for text, wrong in checks.items() if wrong]


def _open_doors() -> dict[str, bool]:
    hosts = settings.ALLOWED_HOSTS
    return {
        "DEBUG is on": settings.DEBUG,
        "SECRET_KEY is missing, short or a development key": _is_weak(secret_key()),
        "HANDSET_ENABLED shows everybody's messages": settings.HANDSET_ENABLED,
        "SMS_GATEWAY is not a real carrier": "handset" in {settings.SMS_GATEWAY, *settings.SMS_GATEWAYS},
        "SMS_GATEWAYS names smpp, and SMPP_HOST is missing": "smpp" in settings.SMS_GATEWAYS and not settings.SMPP_HOST,
        "ALLOWED_HOSTS is empty or open": not hosts or any(host == "." or "*" in host for host in hosts),
        "FCM_CREDENTIALS_FILE names no file": bool(settings.FCM_CREDENTIALS_FILE)
        and not Path(settings.FCM_CREDENTIALS_FILE).is_file(),
    }


def _unsafe_addresses() -> dict[str, bool]:
    origins = settings.WEB_ORIGINS
    return {
        "PUBLIC_BASE_URL is not https": not settings.PUBLIC_BASE_URL.startswith("https://"),
        "REALTIME_PUBLIC_URL is not wss": not settings.REALTIME_PUBLIC_URL.startswith("wss://"),
        "WEB_ORIGINS has an origin that is not https": any(not one.startswith("https://") for one in origins),
        "MAP_TILES is not https with {z}, {x} and {y}": bool(settings.MAP_TILES)
        and not (
            settings.MAP_TILES.startswith("https://") and all(f"{{{axis}}}" in settings.MAP_TILES for axis in "zxy")
        ),
        "TWILIO_API_BASE is not https": not settings.TWILIO_API_BASE.startswith("https://"),
        "FCM_API_BASE is not https": not settings.FCM_API_BASE.startswith("https://"),
    }


def _malformed() -> dict[str, bool]:
    """A key that cannot be used would fail at the first citizen; one that is missing is named already."""
    field_keys = [part.partition(":") for part in settings.FIELD_KEYS.split(",")]
    return {
        "FIELD_KEYS is not id:base64 of 32 bytes, comma-separated": bool(settings.FIELD_KEYS)
        and not all(name and _length(key) == KEY_BYTES for name, _, key in field_keys),
        "BLIND_INDEX_KEY is not base64 of at least 32 bytes": bool(settings.BLIND_INDEX_KEY)
        and _length(settings.BLIND_INDEX_KEY) < KEY_BYTES,
        "JWT_SIGNING_KEY is not a P-256 key in PEM": not _is_p256(settings.JWT_SIGNING_KEY),
        "VAPID_PRIVATE_KEY is not a P-256 key": not _is_p256(settings.VAPID_PRIVATE_KEY)
        and _length(settings.VAPID_PRIVATE_KEY) < KEY_BYTES,
        "JOURNAL_ANCHOR_KEY is not an Ed25519 key": bool(settings.JOURNAL_ANCHOR_KEY)
        and not isinstance(_private_key(settings.JOURNAL_ANCHOR_KEY), ed25519.Ed25519PrivateKey)
        and _length(settings.JOURNAL_ANCHOR_KEY) != KEY_BYTES,
    }


def _length(encoded: str) -> int:
    """Bytes in a base64 text of either alphabet, padded or not; 0 when it is none."""
    plain = encoded.strip().translate(str.maketrans("-_", "+/")).rstrip("=")
    try:
        return len(base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True))
    except (binascii.Error, ValueError):
        return 0


def _is_p256(pem: str) -> bool:
    key = _private_key(pem)
    return not pem or (isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1))


def _private_key(pem: str) -> object:
    try:
        return load_pem_private_key(pem.replace("\\n", "\n").encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None


def _is_weak(key: str) -> bool:
    return len(key) < MIN_SECRET_LENGTH or key.startswith("django-insecure") or len(set(key)) < 10


@register(Tags.security)
def check_production(**_: Any) -> list[CheckMessage]:
    """For `manage.py check`: the faults as Django errors."""
    if not settings.PRODUCTION:
        return []
    return [Error(text, id=f"suqian.E{number:03}") for number, text in enumerate(faults(), start=1)]


def refuse_unsafe_start() -> None:
    """Raise ImproperlyConfigured with all faults when production settings are not fit to serve."""
    found = faults() if settings.PRODUCTION else []
    if found:
        raise ImproperlyConfigured("This installation refuses to start:\n" + "\n".join(f"  - {text}" for text in found))

"""Production refuses to start on a fault, and names every fault at once."""

from __future__ import annotations

import os
from typing import Any

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


def faults() -> list[str]:
    """Every reason why this configuration must not serve citizens; empty when there is none."""
    found = [f"{name} is missing" for name in REQUIRED if not getattr(settings, name)]
    found += [f"{name} is missing" for name in ADDRESSES if not os.environ.get(name)]
    found += [f"{name} is a test policy value" for name in settings.TEST_POLICY_VARIABLES if os.environ.get(name)]
    return found + _unsafe()


def _unsafe() -> list[str]:
    hosts = settings.ALLOWED_HOSTS
    checks = {
        "DEBUG is on": settings.DEBUG,
        "SECRET_KEY is missing, short or a development key": _weak(settings.SECRET_KEY),
        "HANDSET_ENABLED shows everybody's messages": settings.HANDSET_ENABLED,
        "SMS_GATEWAY is not a real carrier": settings.SMS_GATEWAY == "handset",
        "ALLOWED_HOSTS is empty or open": not hosts or any(host in {"*", "."} or "*" in host for host in hosts),
        "PUBLIC_BASE_URL is not https": not settings.PUBLIC_BASE_URL.startswith("https://"),
        "REALTIME_PUBLIC_URL is not wss": not settings.REALTIME_PUBLIC_URL.startswith("wss://"),
        "WEB_ORIGINS has an origin that is not https": any(
            not origin.startswith("https://") for origin in settings.WEB_ORIGINS
        ),
    }
    return [text for text, wrong in checks.items() if wrong]


def _weak(key: str) -> bool:
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

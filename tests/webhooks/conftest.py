"""Twilio's side of the webhooks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.payloads.twilio import Hook, hook, inbound_fields

FORM = "application/x-www-form-urlencoded"
Send = Callable[..., Any]


@pytest.fixture
def inbound(settings: Any) -> Callable[..., Hook]:
    """A genuine inbound text."""

    def make(text: str = "5", *, sender: str = "+8613805271234", to: str | None = None, sid: str | None = None) -> Hook:
        to = to or settings.TWILIO_FROM_NUMBER
        fields = inbound_fields(settings.TWILIO_ACCOUNT_SID, sender=sender, to=to, text=text, sid=sid)
        return hook(settings.TWILIO_AUTH_TOKEN, f"{settings.PUBLIC_BASE_URL}/webhooks/twilio/messages", fields)

    return make


@pytest.fixture
def send(client: Client) -> Send:
    """Post a hook as it is; keyword arguments change what goes over the wire."""

    def post(hook: Hook, *, signature: str | None = None, content_type: str = FORM, **extra: Any) -> HttpResponse:
        headers = {"X-Twilio-Signature": hook.signature if signature is None else signature, **extra.pop("headers", {})}
        return client.post(
            extra.pop("path", hook.path),
            data=extra.pop("body", hook.body),
            content_type=content_type,
            headers={name: value for name, value in headers.items() if value != ""},
            **extra,
        )

    return post

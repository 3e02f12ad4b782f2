"""How tests sign in over the API: as a citizen by code, as an official by password and TOTP."""

from __future__ import annotations

import re
from typing import Any

import pyotp
from django.test import Client

from kernel import clock
from sms.models import Message
from tests.factories import accounts as make

API = "/api/v1"


def post(client: Client, path: str, body: dict[str, Any] | None = None, **headers: str) -> Any:
    """A JSON POST under /api/v1."""
    return client.post(API + path, body or {}, content_type="application/json", headers=headers)


def bearer(tokens: dict[str, Any]) -> dict[str, str]:
    """The Authorization header of a session."""
    return {"Authorization": f"Bearer {tokens['access']}"}


def last_code() -> str:
    """The code in the latest SMS."""
    found = re.search(r"\d{6}", Message.objects.order_by("-queued_at", "-id")[0].text)
    assert found is not None
    return found.group(0)


def sign_in_by_code(client: Client, phone: str, **headers: str) -> dict[str, Any]:
    """Ask for a code, read it from the SMS, sign in."""
    assert post(client, "/auth/otp", {"phone": phone}, **headers).status_code == 202
    answer = post(client, "/auth/otp/verify", {"phone": phone, "code": last_code()}, **headers)
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def totp(*, steps: int = 0) -> str:
    """The code that the test officials' authenticator shows, some steps of 30 s from now."""
    return pyotp.TOTP(make.TOTP_SECRET).generate_otp(int(clock.now().timestamp()) // 30 + steps)


def sign_in_official(client: Client, username: str, *, steps: int = 0, **headers: str) -> dict[str, Any]:
    """Both factors of an official made by the factory."""
    first = post(client, "/auth/login", {"username": username, "password": make.PASSWORD}, **headers)
    assert first.status_code == 200, first.content
    second = post(client, "/auth/mfa", {"mfa_token": first.json()["mfa_token"], "code": totp(steps=steps)}, **headers)
    assert second.status_code == 200, second.content
    found: dict[str, Any] = second.json()
    return found

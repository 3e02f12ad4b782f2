"""The demo city has everybody that a test from outside needs (reliability section 3, item 3), and is refused in
production."""

from __future__ import annotations

import json
from collections import Counter
from io import StringIO
from typing import Any

import pyotp
import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from backend.accounts.models import User
from kernel import clock

pytestmark = pytest.mark.django_db


def _accounts() -> list[dict[str, Any]]:
    out = StringIO()
    call_command("demo_accounts", "--json", stdout=out)
    found: list[dict[str, Any]] = json.loads(out.getvalue())
    return found


def test_the_city_is_seeded_once_and_its_people_can_sign_in(client: Client) -> None:
    call_command("seed_demo", stdout=StringIO())
    before = list(User.objects.order_by("id").values_list("id", "password"))
    call_command("seed_demo", stdout=StringIO())
    assert list(User.objects.order_by("id").values_list("id", "password")) == before
    accounts = _accounts()
    roles = Counter(grant["role"] for account in accounts for grant in account["grants"])
    for role in ("system_manager", "security_manager", "audit_manager", "auditor", "legal_officer", "catalogue_editor"):
        assert roles[role] == 1
    assert roles["supervisor"] == 2
    capacities = Counter(capacity for account in accounts for capacity in account["capacities"])
    assert (capacities["bidder"], capacities["tenderer"]) == (2, 1)
    assert sum(account["capacities"] == ["citizen"] for account in accounts) == 2
    for county in ("321322", "321323"):
        at = Counter(
            g["organisation_code"] for a in accounts for g in a["grants"][:1] if g["organisation_code"][:6] == county
        )
        assert sum(number >= 2 for code, number in at.items() if len(code) > 6) >= 2
    _sign_in(client, next(account for account in accounts if account["username"] == "321322jy-decide"))


def _sign_in(client: Client, account: dict[str, Any]) -> None:
    def post(path: str, body: dict[str, str]) -> Any:
        return client.post(f"/api/v1/auth/{path}", body, content_type="application/json")

    first = post("login", {"username": account["username"], "password": account["password"]})
    code = pyotp.TOTP(account["totp_secret"]).at(int(clock.now().timestamp()))
    second = post("mfa", {"mfa_token": first.json()["mfa_token"], "code": code})
    assert second.status_code == 200, second.content


@pytest.mark.parametrize("command", ["seed_demo", "demo_accounts"])
def test_production_refuses_the_demo(command: str, settings: Any) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError):
        call_command(command, stdout=StringIO())
    assert not User.objects.exists()

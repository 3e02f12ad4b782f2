"""`manage.py demo_accounts`: who lives in the demo city, with passwords, TOTP secrets and the codes of this moment."""

from __future__ import annotations

import json
from typing import Any

import pyotp
from django.core.management.base import BaseCommand, CommandParser

from backend.accounts import services as accounts
from backend.accounts.types import DemoAccount
from config.management.commands.seed_demo import demo_seed
from kernel import clock


class Command(BaseCommand):
    """Print the demo accounts as a table, or as JSON for programs."""

    help = "Print the demo accounts with their secrets. Refused in production."

    def add_arguments(self, parser: CommandParser) -> None:
        """--json"""
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line an account."""
        rows = [_row(account) for account in accounts.demo_accounts(seed=demo_seed())]
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        for row in rows:
            self.stdout.write(_line(row))


def _row(account: DemoAccount) -> dict[str, Any]:
    secret = account.totp_secret
    moment = int(clock.now().timestamp())
    return {
        "id": str(account.user_id),
        "name": account.name,
        "phone": account.phone,
        "username": account.username or None,
        "password": account.password or None,
        "totp_secret": secret or None,
        "totp_code": pyotp.TOTP(secret).at(moment) if secret else None,
        "capacities": list(account.capacities),
        "grants": [
            {
                "role": grant.role,
                "organisation_id": str(grant.organisation.id),
                "organisation_code": grant.organisation.code,
                "organisation": grant.organisation.name,
            }
            for grant in account.grants
        ],
        "legal_persons": list(account.legal_persons),
    }


def _line(row: dict[str, Any]) -> str:
    if not row["username"]:
        position = "、".join([*row["capacities"], *row["legal_persons"]])
        return f"  {row['name']}  {row['phone']}  短信验证码登录  {position}"
    position = "；".join(f"{grant['organisation']} {grant['role']}" for grant in row["grants"])
    secrets = f"{row['password']}  TOTP {row['totp_secret']} (now {row['totp_code']})"
    return f"  {row['name']}  {row['username']:<18}  {secrets}  {position}"

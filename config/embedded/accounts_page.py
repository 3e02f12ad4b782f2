"""The demo accounts as people read them on the console."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyotp


def page(accounts: Sequence[Mapping[str, Any]]) -> str:
    """Who may sign in and with what; one-time codes are those of this moment."""
    citizens = [one for one in accounts if not one["username"]]
    officials = [one for one in accounts if one["username"]]
    lines = ["  Citizens: sign in by phone number; the code arrives on the handset page"]
    lines += [f"    {one['name']}  {one['phone']}  {_position(one)}" for one in citizens]
    lines += ["", "  Officials: user name, password, then the one-time code (now) made from the TOTP secret"]
    lines += [_official(one) for one in officials]
    return "\n".join(lines) + "\n"


def _position(account: Mapping[str, Any]) -> str:
    return "、".join([*account["capacities"], *account["legal_persons"]])


def _official(account: Mapping[str, Any]) -> str:
    secret = account["totp_secret"]
    code = f"{pyotp.TOTP(secret).now()}  {secret}" if secret else "-"
    places = "；".join(f"{grant['organisation']} {grant['role']}" for grant in account["grants"])
    return f"    {account['name']}  {account['username']:<18}  {account['password']}  {code}  {places}"

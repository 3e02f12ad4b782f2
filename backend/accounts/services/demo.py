"""The demo city: organisations and people of data/demo_city.json, with secrets derived from the installation's seed."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction
from stdnum.cn import ric, uscc

from backend.accounts import selectors
from backend.accounts.models import Organisation, User
from backend.accounts.services.organisations import create_organisation
from backend.accounts.services.people import (
    add_representation,
    create_person,
    enter_official,
    register_legal_person,
)
from backend.accounts.services.profile import keep_identity
from backend.accounts.services.roles import grant_role
from backend.accounts.types import Capacity, DemoAccount, GrantInfo, Level, RepresentationKind, Role
from kernel.actors import Actor

_FILE = Path(__file__).resolve().parent.parent / "data" / "demo_city.json"
_ACTOR = Actor.system("demo city")


@dataclass(frozen=True, slots=True)
class _Official:
    username: str
    name: str
    home: str
    places: tuple[str, ...]
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeededCity:
    """What was put there: all organisations by code, and those with staff who handle cases."""

    organisations: dict[str, UUID] = field(default_factory=dict)
    staffed: tuple[UUID, ...] = ()


def seed_city(*, seed: str) -> SeededCity:
    """Put the demo city in place; what is there stays as it is. `seed` makes the passwords and TOTP secrets."""
    city = _city()
    places = _seed_organisations(city)
    _seed_officials(city, places, seed)
    for resident in city["residents"]:
        _seed_resident(resident)
    staffed = tuple(places[f"{region}{letters}"] for region, letters in _staffed(city))
    return SeededCity(places, staffed)


def demo_accounts(*, seed: str) -> list[DemoAccount]:
    """The demo city's people with the secrets they were given at the start; those not seeded are left out."""
    city = _city()
    found = [_official_account(official, seed) for official in _officials(city)]
    residents = [_resident_account(resident) for resident in city["residents"]]
    return [account for account in (*found, *residents) if account is not None]


def _city() -> dict[str, Any]:
    city: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return city


# -- organisations


def _seed_organisations(city: dict[str, Any]) -> dict[str, UUID]:
    known: dict[str, UUID] = dict(Organisation.objects.values_list("code", "id"))
    for serial, place in enumerate(_places(city), start=1):
        if place["code"] not in known:
            known[place["code"]] = create_organisation(
                actor=_ACTOR,
                code=place["code"],
                name=place["name"],
                short_name=place["short_name"],
                level=place["level"],
                region_code=place["region"],
                parent_id=known.get(place["parent"]),
                credit_code=_credit_code(f"11{place['region'][:6]}{serial:09d}"),
            ).id
    return known


def _places(city: dict[str, Any]) -> Iterator[dict[str, Any]]:
    root = city["root"]
    yield {**root, "level": Level.CITY, "region": root["code"], "parent": ""}
    for letters, name in city["departments"].items():
        yield _department(root["code"], letters, f"宿迁市{name}", f"市{name}", Level.CITY)
    for county in city["counties"]:
        yield {**county, "level": Level.COUNTY, "region": county["code"], "parent": root["code"]}
        for letters in city["county_departments"].get(county["code"], ()):
            name = f"{county['short_name']}{city['departments'][letters]}"
            yield _department(county["code"], letters, name, name, Level.COUNTY)
    for township in city["townships"]:
        yield {**township, "level": Level.TOWNSHIP, "region": township["code"]}


def _department(region: str, letters: str, name: str, short_name: str, level: Level) -> dict[str, Any]:
    return {
        "code": f"{region}{letters}",
        "name": name,
        "short_name": short_name,
        "level": level,
        "region": region,
        "parent": region,
    }


def _credit_code(number: str) -> str:
    return number + uscc.calc_check_digit(number)


# -- officials


def _staffed(city: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for region, departments in city["staffed"].items():
        for letters in departments:
            yield region, letters


def _officials(city: dict[str, Any]) -> Iterator[_Official]:
    surnames, given = city["surnames"], city["given_names"]
    number = 0
    for region, letters in _staffed(city):
        for desk in city["desks"]:
            code = f"{region}{letters}"
            name = surnames[number % len(surnames)] + given[number * 5 % len(given)]
            yield _Official(f"{code}-{desk['suffix']}".lower(), name, code, (code,), tuple(desk["roles"]))
            number += 1
    for office in city["offices"]:
        yield _Official(
            office["username"], office["name"], office["organisation"], (office["at"],), tuple(office["roles"])
        )


def _seed_officials(city: dict[str, Any], places: dict[str, UUID], seed: str) -> None:
    known = set(User.objects.exclude(username=None).values_list("username", flat=True))
    wanted = [official for official in _officials(city) if official.username not in known]
    hashed = make_password(_password(seed)) if wanted else ""
    for official in wanted:
        _seed_official(official, hashed, places, seed)


@transaction.atomic
def _seed_official(official: _Official, hashed: str, places: dict[str, UUID], seed: str) -> None:
    user_id = enter_official(
        actor=_ACTOR,
        username=official.username,
        name=official.name,
        organisation_id=places[official.home],
        hashed_password=hashed,
        phone=_phone(official.username),
        totp_secret=_totp_secret(seed, official.username),
        must_change_password=False,
    )
    for place in official.places:
        for role in official.roles:
            grant_role(actor=_ACTOR, user_id=user_id, role=Role(role), organisation_id=places[place])


def _official_account(official: _Official, seed: str) -> DemoAccount | None:
    user = User.objects.filter(username=official.username).first()
    if user is None:
        return None
    return DemoAccount(
        user_id=user.pk,
        name=official.name,
        phone=user.phone or "",
        username=official.username,
        password=_password(seed),
        totp_secret=_totp_secret(seed, official.username),
        capacities=tuple(user.capacities),
        grants=tuple(selectors.grants_of(user.pk)),
    )


def _derived(seed: str, purpose: str, username: str) -> bytes:
    return hmac.new(seed.encode(), f"{purpose}:{username}".encode(), hashlib.sha256).digest()


def _password(seed: str) -> str:
    """One password for all officials of the demo: hashing is slow on purpose, and people have to type it."""
    text = base64.b32encode(_derived(seed, "password", "")).decode()
    number = int.from_bytes(_derived(seed, "digits", "")[:2], "big") % 10000
    return f"Sq{text[:4].lower()}-{text[4:8]}-{number:04d}"


def _totp_secret(seed: str, username: str) -> str:
    return base64.b32encode(_derived(seed, "totp", username)[:20]).decode()


def _phone(username: str) -> str:
    digest = hashlib.sha256(username.encode()).digest()
    return f"139{int.from_bytes(digest[:4], 'big') % 10**8:08d}"


# -- residents


@transaction.atomic
def _seed_resident(resident: dict[str, Any]) -> None:
    if selectors.person_with_phone(resident["phone"]) is not None:
        return
    capacities = tuple(Capacity(capacity) for capacity in resident["capacities"])
    user_id = create_person(actor=_ACTOR, phone=resident["phone"], capacities=capacities)
    keep_identity(actor=_ACTOR, user_id=user_id, name=resident["name"], id_number=_id_number(resident))
    represented = resident.get("legal_person")
    if represented:
        legal_person_id = register_legal_person(
            actor=_ACTOR, credit_code=_credit_code(represented["number"]), name=represented["name"]
        )
        kind = RepresentationKind.LEGAL_REPRESENTATIVE
        add_representation(actor=_ACTOR, user_id=user_id, legal_person_id=legal_person_id, kind=kind)


def _id_number(resident: dict[str, Any]) -> str:
    number = f"321302{resident['birth']}{resident['serial']}"
    return number + ric.calc_check_digit(f"{number}0")


def _resident_account(resident: dict[str, Any]) -> DemoAccount | None:
    user_id = selectors.person_with_phone(resident["phone"])
    if user_id is None:
        return None
    grants: tuple[GrantInfo, ...] = ()
    return DemoAccount(
        user_id=user_id,
        name=resident["name"],
        phone=f"+86{resident['phone']}",
        username="",
        password="",
        totp_secret="",
        capacities=tuple(resident["capacities"]),
        grants=grants,
        legal_persons=tuple(row.name for row in selectors.legal_persons_of(user_id)),
    )

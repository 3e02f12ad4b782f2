"""Organisations and people for tests, made by the services themselves."""

from __future__ import annotations

import itertools
import random
from functools import cache
from uuid import UUID

from django.contrib.auth.hashers import make_password

from backend.accounts import selectors, services
from backend.accounts.services.people import enter_official
from backend.accounts.types import Capacity, Level, OrganisationInfo, Role
from kernel.actors import Actor

PASSWORD = "Suqian-Test-2026"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
_numbers = itertools.count(1)
_letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def system() -> Actor:
    """The actor that sets the stage."""
    return Actor.system("tests")


def organisation(
    *,
    code: str = "",
    parent: OrganisationInfo | None = None,
    level: Level = Level.COUNTY,
    region_code: str = "321322",
    name: str = "",
    credit_code: str = "",
) -> OrganisationInfo:
    """An organisation below `parent`; without a code it gets a fresh one."""
    code = code or f"{region_code}{next(_numbers):04d}{''.join(random.choices(_letters, k=3))}"
    return services.create_organisation(
        actor=system(),
        code=code,
        name=name or f"测试单位{code}",
        short_name=name or f"单位{code[-4:]}",
        level=level,
        region_code=region_code,
        parent_id=parent.id if parent else None,
        credit_code=credit_code,
    )


def mobile() -> str:
    """A random mobile number; the prefixes vary so that no test looks like number pumping."""
    return f"+861{random.randint(30, 99)}{random.randint(10_000_000, 99_999_999)}"


def citizen(*, phone: str = "", capacities: tuple[Capacity, ...] = (Capacity.CITIZEN,)) -> UUID:
    """A person with a mobile number."""
    return services.create_person(actor=system(), phone=phone or mobile(), capacities=capacities)


@cache
def hashed() -> str:
    """The hash of everybody's password; made once, for it is slow by design."""
    return make_password(PASSWORD)


def official(
    role: Role | str | None = None,
    organisation_: OrganisationInfo | None = None,
    *,
    username: str = "",
    name: str = "李审批",
    phone: str = "",
    must_change_password: bool = False,
) -> UUID:
    """An official with password and second factor, appointed to `role` at the organisation (a fresh one without)."""
    place = organisation_ or organisation()
    user_id = enter_official(
        actor=system(),
        username=username or f"user{next(_numbers)}x{random.randint(1000, 9999)}",
        name=name,
        organisation_id=place.id,
        hashed_password=hashed(),
        phone=phone,
        totp_secret=TOTP_SECRET,
        must_change_password=must_change_password,
    )
    if role is not None:
        services.grant_role(actor=system(), user_id=user_id, role=Role(role), organisation_id=place.id)
    return user_id


def actor(user_id: UUID) -> Actor:
    """The person as an actor, grants included."""
    return selectors.actor_for(user_id)


def also(user_id: UUID, role: Role, place: OrganisationInfo) -> None:
    """One more post for somebody."""
    services.grant_role(actor=system(), user_id=user_id, role=role, organisation_id=place.id)


def move(user_id: UUID, role: Role, before: OrganisationInfo, after: OrganisationInfo) -> None:
    """Somebody holds the post elsewhere from today on."""
    services.revoke_role(actor=system(), user_id=user_id, role=role, organisation_id=before.id)
    services.grant_role(actor=system(), user_id=user_id, role=role, organisation_id=after.id)

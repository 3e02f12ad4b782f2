"""People with a live session and its access token, for tests that speak to the edge."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from backend.accounts import services
from backend.accounts.models import User
from backend.accounts.services.sessions import open_session
from backend.accounts.types import Client, OrganisationInfo, Role
from kernel import clock
from kernel.actors import Actor, ActorKind
from mobile_api.platform.tokens import access_token
from tests.factories import accounts


@dataclass(frozen=True)
class Caller:
    """Somebody signed in. `organisation` is where an official's role is held."""

    id: UUID
    session_id: UUID
    token: str
    organisation: OrganisationInfo | None = None

    @property
    def headers(self) -> dict[str, str]:
        """What a request of this person carries."""
        return {"Authorization": f"Bearer {self.token}"}

    @property
    def path(self) -> str:
        """Tree path of the official's organisation."""
        assert self.organisation is not None
        return self.organisation.path


@transaction.atomic
def signed_in(user_id: UUID, *, factor: bool = False, organisation: OrganisationInfo | None = None) -> Caller:
    """A new session; with `factor` the second factor was shown in it."""
    session = open_session(
        user=User.objects.get(pk=user_id),
        client=Client(address="127.0.0.1"),
        mfa_at=clock.now() if factor else None,
    )
    return Caller(user_id, session.session_id, access_token(session), organisation)


def citizen() -> Caller:
    """A citizen, signed in."""
    return signed_in(accounts.citizen())


def official(role: Role | str, organisation: OrganisationInfo | None = None) -> Caller:
    """An official in a role, signed in with the second factor."""
    place = organisation or accounts.organisation()
    return signed_in(accounts.official(role, place), factor=True, organisation=place)


def end(caller: Caller) -> None:
    """Sign out."""
    own = Actor(kind=ActorKind.CITIZEN, user_id=caller.id, session_id=caller.session_id)
    services.log_out(actor=own)


def take_role(caller: Caller, role: Role | str) -> None:
    """Take an official's role away."""
    assert caller.organisation is not None
    services.revoke_role(
        actor=accounts.system(), user_id=caller.id, role=Role(role), organisation_id=caller.organisation.id
    )

"""What acts on schedules and tasks share."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.accounts import selectors as accounts
from backend.accounts.types import OfficialInfo
from backend.agenda.types import AgendaError
from kernel.actors import Actor, ActorKind
from kernel.errors import CommonError, DomainError
from kernel.models import Versioned


def home(actor: Actor) -> OfficialInfo:
    """The official who acts. Raises FORBIDDEN for who is none."""
    found = accounts.officials(ids=[actor.person_id]) if actor.kind is ActorKind.OFFICIAL else []
    if not found:
        raise DomainError(CommonError.FORBIDDEN)
    return found[0]


def official(person_id: UUID) -> OfficialInfo:
    """Somebody in office. Raises PERSON_UNKNOWN."""
    found = accounts.officials(ids=[person_id])
    if not found:
        raise DomainError(AgendaError.PERSON_UNKNOWN)
    return found[0]


def check_version(row: Versioned, version: int) -> None:
    """Refuse a change of something else than what the actor has seen."""
    if row.version != version:
        raise DomainError(CommonError.STALE, extra={"current": {"version": row.version}})


def for_whom(actor: Actor, person_id: UUID | None) -> dict[str, Any]:
    """What the journal adds when somebody acts for somebody else."""
    return {} if person_id is None or actor.user_id == person_id else {"for": str(person_id)}

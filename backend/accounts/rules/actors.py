"""What an actor must be to touch an account."""

from __future__ import annotations

from uuid import UUID

from backend.accounts.types import AccountError
from kernel.actors import Actor
from kernel.errors import DomainError


def person_of(actor: Actor) -> UUID:
    """The id of the person who acts. Raises TOKEN_INVALID when nobody is signed in."""
    if actor.user_id is None:
        raise DomainError(AccountError.TOKEN_INVALID)
    return actor.user_id


def session_of(actor: Actor) -> UUID:
    """The session in which the person acts. Raises TOKEN_INVALID outside of one."""
    if actor.session_id is None:
        raise DomainError(AccountError.TOKEN_INVALID)
    return actor.session_id

"""Who may change accounts: the three managers, each for their own part (MLPS 8.1.5, 三权分立)."""

from __future__ import annotations

from backend.accounts.types import Role
from kernel.actors import Actor, ActorKind
from kernel.errors import CommonError, DomainError


def require(actor: Actor, role: Role, *, path: str) -> None:
    """Refuse unless the actor is the system itself or holds `role` over the organisation with this path."""
    if actor.kind is not ActorKind.SYSTEM and not actor.has_role(role, path=path):
        raise DomainError(CommonError.FORBIDDEN)

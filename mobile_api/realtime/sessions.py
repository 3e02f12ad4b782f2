"""Whether sessions still stand, and what their people may see."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backend.accounts import selectors
from kernel import clock
from kernel.actors import Grant


@dataclass(frozen=True, slots=True)
class Standing:
    """A session that has not ended, of a person who is active. `mark` changes when the person's rights do."""

    person_id: UUID
    grants: frozenset[Grant]
    mark: object

    def may(self, role: str, path: str) -> bool:
        """Whether the person holds this role over this organisation."""
        return any(grant.role == role and grant.covers(path) for grant in self.grants)


@dataclass(frozen=True, slots=True)
class Standings:
    """The sessions that stand, and the moment of the answer."""

    at: datetime
    by_session: dict[UUID, Standing]


def standings(session_ids: Collection[UUID]) -> Standings:
    """Look sessions up; those that have ended, or whose person is disabled, are missing in the answer."""
    at = clock.now()
    if not session_ids:
        return Standings(at, {})
    found = {
        session_id: Standing(live.user_id, live.grants, (live.token_version, live.grants))
        for session_id, live in selectors.live_sessions(session_ids).items()
    }
    return Standings(at, found)

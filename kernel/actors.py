"""Who acts: the plain value every service takes as `actor`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class ActorKind(StrEnum):
    """The kinds of beings that change something."""

    CITIZEN = "citizen"
    OFFICIAL = "official"
    SYSTEM = "system"
    PROVIDER = "provider"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held at a node of a tree; it reaches the whole subtree below `path`."""

    role: str
    organisation_id: UUID
    path: str

    def covers(self, path: str) -> bool:
        """Tell whether a node with this tree path lies inside the grant."""
        return path.startswith(self.path)


@dataclass(frozen=True, slots=True)
class Actor:
    """The one who acts, with what is needed to decide and to journal; built at the edge, never from client input.

    `mfa_at` is the time of the last second factor in this session, None without one. `name` is the technical name of
    a system or provider actor.
    """

    kind: ActorKind
    user_id: UUID | None = None
    session_id: UUID | None = None
    organisation_id: UUID | None = None
    grants: frozenset[Grant] = frozenset()
    address: str = ""
    mfa_at: datetime | None = None
    name: str = ""

    @classmethod
    def system(cls, name: str) -> Actor:
        """An automatic process, named in the journal."""
        return cls(kind=ActorKind.SYSTEM, name=name)

    @classmethod
    def provider(cls, name: str, address: str = "") -> Actor:
        """An outside service that told us something through a verified webhook."""
        return cls(kind=ActorKind.PROVIDER, name=name, address=address)

    @classmethod
    def anonymous(cls, address: str = "") -> Actor:
        """Somebody who has not signed in."""
        return cls(kind=ActorKind.ANONYMOUS, address=address)

    @property
    def is_signed_in(self) -> bool:
        """Whether a person stands behind this actor."""
        return self.user_id is not None

    @property
    def person_id(self) -> UUID:
        """The person who acts. Raises PermissionError when nobody is signed in, which the edge has checked before."""
        if self.user_id is None:
            raise PermissionError("nobody is signed in")
        return self.user_id

    def has_role(self, role: str, *, path: str | None = None) -> bool:
        """Tell whether the actor holds `role`, and with `path` whether it reaches that organisation."""
        return any(grant.role == role and (path is None or grant.covers(path)) for grant in self.grants)

    def paths(self, role: str) -> list[str]:
        """The subtrees in which the actor holds `role`."""
        return sorted(grant.path for grant in self.grants if grant.role == role)

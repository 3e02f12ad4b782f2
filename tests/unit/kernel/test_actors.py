"""A grant reaches its own node and everything below, nothing beside or above."""

from __future__ import annotations

from uuid import uuid4

from kernel.actors import Actor, ActorKind, Grant

COUNTY = Grant("reviewer", uuid4(), "321300/321322/")


def test_grant_covers_its_subtree_only() -> None:
    actor = Actor(kind=ActorKind.OFFICIAL, user_id=uuid4(), grants=frozenset({COUNTY}))
    assert actor.has_role("reviewer", path="321300/321322/")
    assert actor.has_role("reviewer", path="321300/321322/JY/")
    assert not actor.has_role("reviewer", path="321300/")
    assert not actor.has_role("reviewer", path="321300/321323/")
    assert not actor.has_role("approver", path="321300/321322/")


def test_anonymous_and_system_are_nobody() -> None:
    assert not Actor.anonymous().is_signed_in
    assert not Actor.system("sweep").is_signed_in

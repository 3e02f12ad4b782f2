"""Clients for the people of a hotline."""

from __future__ import annotations

from kernel.actors import Actor
from tests.factories import sessions
from tests.factories.cases import Api


def api(actor: Actor) -> Api:
    """An official's client, signed in with the second factor."""
    return Api(sessions.signed_in(actor.person_id, factor=True))

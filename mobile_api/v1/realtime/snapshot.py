"""The state that the live log patches: parts given by the apps, put together under the person's cursor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction

from backend.accounts import selectors as accounts
from kernel import realtime
from kernel.actors import Actor

Part = Callable[[Actor], dict[str, Any]]


def _roles(actor: Actor) -> dict[str, Any]:
    return {"roles": accounts.live_roles(actor.user_id) if actor.user_id else []}


PARTS: dict[str, Part] = {"roles": _roles}


def take(actor: Actor) -> tuple[dict[str, Any], int]:
    """State and cursor of a signed-in person.

    The cursor is held while the parts are read: each event up to it is in the state. A change that is already in the
    state while its event comes after the cursor does no harm, since applying a patch twice changes nothing.
    """
    if actor.user_id is None:
        raise ValueError("nobody is signed in")
    with transaction.atomic():
        cursor = realtime.lock_cursor(actor.user_id)
        state: dict[str, Any] = {}
        for name, part in PARTS.items():
            rows = part(actor)
            doubled = state.keys() & rows.keys()
            if doubled:
                raise RuntimeError(f"part {name} gives {sorted(doubled)}, which another part gives already")
            state.update(rows)
    return state, cursor

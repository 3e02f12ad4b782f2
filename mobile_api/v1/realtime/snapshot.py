"""The state that the live log patches: parts given by the apps, put together under the person's cursor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.accounts import selectors as accounts
from backend.cases import selectors as cases
from backend.inquiries import selectors as inquiries
from backend.notifications import selectors as notifications
from backend.workflow import selectors as workflow
from kernel import realtime
from kernel.actors import Actor

Part = Callable[[Actor], dict[str, Any]]


def take(actor: Actor) -> tuple[dict[str, Any], int]:
    """State and cursor of a signed-in person.

    The cursor is held while the parts are read: each event up to it is in the state. A change that is already in the
    state while its event comes after the cursor does no harm, since applying a patch twice changes nothing.
    """
    with transaction.atomic():
        cursor = realtime.lock_cursor(_person(actor))
        state: dict[str, Any] = {}
        for name, part in PARTS.items():
            rows = part(actor)
            doubled = state.keys() & rows.keys()
            if doubled:
                raise RuntimeError(f"part {name} gives {sorted(doubled)}, which another part gives already")
            state.update(rows)
    return state, cursor


def _me(actor: Actor) -> dict[str, Any]:
    return {"me": {"id": str(actor.user_id), "kind": actor.kind.value}}


def _roles(actor: Actor) -> dict[str, Any]:
    return {"roles": accounts.live_roles(_person(actor))}


def _messages(actor: Actor) -> dict[str, Any]:
    return notifications.snapshot_for(_person(actor))


def _person(actor: Actor) -> UUID:
    if actor.user_id is None:
        raise ValueError("nobody is signed in")
    return actor.user_id


PARTS: dict[str, Part] = {
    "me": _me,
    "roles": _roles,
    "cases": cases.snapshot_for,
    "inquiries": inquiries.snapshot_for,
    "tasks": workflow.snapshot_for,
    "messages": _messages,
}

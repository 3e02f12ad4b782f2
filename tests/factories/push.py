"""Push devices for tests, registered and served by the services themselves."""

from __future__ import annotations

import secrets
from typing import Any
from uuid import UUID

from backend.push.models import PushMessage
from backend.push.services import dispatch, register_device
from kernel.actors import Actor, ActorKind
from kernel.ids import uuid7


def person(user_id: UUID | None = None, session_id: UUID | None = None) -> Actor:
    """Somebody in a session."""
    return Actor(kind=ActorKind.CITIZEN, user_id=user_id or uuid7(), session_id=session_id or uuid7())


def fcm_device(actor: Actor, token: str = "") -> UUID:
    """A phone."""
    return register_device(actor=actor, token=token or secrets.token_urlsafe(32))


def browser_device(actor: Actor, subscription: dict[str, Any]) -> UUID:
    """A browser."""
    return register_device(actor=actor, subscription=subscription)


def send_due(limit: int = 50) -> int:
    """Give every due message its turn in this process, as relay and worker would; returns how many calls were made."""
    calls = 0
    for message_id in PushMessage.objects.order_by("due_at", "id").values_list("pk", flat=True)[:limit]:
        calls += dispatch(message_id=message_id)
    return calls

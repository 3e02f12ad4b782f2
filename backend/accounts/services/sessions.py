"""Sessions: ending them, for everybody at once or one by one."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from backend.accounts.events import SESSION_ENDED
from backend.accounts.models import RefreshSession, User
from backend.accounts.services.locks import lock_user
from backend.accounts.types import AccountError, EndReason
from backend.journal.services import record_change
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError


def end_all_sessions(*, actor: Actor, user: User, reason: EndReason, except_id: UUID | None = None) -> int:
    """End the live sessions of a locked person, all or all but one. Returns how many.

    Ending all raises the token version too, so that no access token lives on.
    """
    alive = RefreshSession.objects.select_for_update().filter(user=user, ended_at=None).exclude(pk=except_id)
    rows = list(alive.order_by("id"))
    for row in rows:
        _end(actor, row, reason)
    if except_id is None:
        user.token_version += 1
        user.save(update_fields=["token_version"])
    return len(rows)


@transaction.atomic
def end_own_session(*, actor: Actor, session_id: UUID | None, reason: EndReason = EndReason.REMOVED) -> None:
    """End one of the actor's own sessions: this one (logout) or another device's. Raises SESSION_NOT_FOUND."""
    lock_user(actor.user_id)
    row = RefreshSession.objects.select_for_update().filter(pk=session_id, user_id=actor.user_id, ended_at=None).first()
    if row is None:
        raise DomainError(AccountError.SESSION_NOT_FOUND)
    _end(actor, row, reason)


def _end(actor: Actor, row: RefreshSession, reason: EndReason) -> None:
    row.ended_at = clock.now()
    row.end_reason = reason
    row.save(update_fields=["ended_at", "end_reason"])
    record_change(
        actor=actor,
        event=SESSION_ENDED,
        subject=("user", row.user_id),
        organisation_id=None,
        data={"user_id": str(row.user_id), "session_id": str(row.pk), "reason": str(reason)},
    )

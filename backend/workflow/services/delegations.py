"""Acting for somebody who is away: from a day to a day, one's own to-dos only; grants of roles are never lent."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from backend.accounts import selectors as accounts
from backend.journal.services import record, record_change
from backend.workflow.events import DELEGATED
from backend.workflow.models import Delegation
from backend.workflow.selectors import delegation_info
from backend.workflow.types import DelegationInfo, WorkflowError
from kernel import clock
from kernel.actors import Actor, ActorKind
from kernel.errors import DomainError

MAX_DAYS = 180


@transaction.atomic
def delegate(
    *, actor: Actor, delegate_id: UUID, from_on: date, to_on: date, reason: str = "", principal_id: UUID | None = None
) -> DelegationInfo:
    """Let another official do one's own to-dos from a day to a day, both included. The delegate is told.

    Only the system may do so for somebody else (`principal_id`), for instance when leave is granted. Raises
    BAD_DELEGATION.
    """
    principal = principal_id if principal_id is not None and actor.kind is ActorKind.SYSTEM else actor.person_id
    home = _home(principal)
    today = clock.today()
    wrong_days = not today <= from_on <= to_on or (to_on - from_on).days >= MAX_DAYS
    if wrong_days or home is None or delegate_id == principal or _home(delegate_id) is None:
        raise DomainError(WorkflowError.BAD_DELEGATION, days=MAX_DAYS)
    row = Delegation.objects.create(
        principal_id=principal,
        delegate_id=delegate_id,
        organisation_id=home,
        from_on=from_on,
        to_on=to_on,
        reason=reason.strip(),
    )
    record_change(
        actor=actor,
        event=DELEGATED,
        subject=("delegation", row.id),
        organisation_id=home,
        data={"user_id": delegate_id, "principal_id": principal, "from_on": from_on, "to_on": to_on},
    )
    return delegation_info(row, today)


@transaction.atomic
def end_delegation(*, actor: Actor, delegation_id: UUID) -> None:
    """End a delegation before its day; either side may. Raises DELEGATION_NOT_FOUND."""
    row = Delegation.objects.select_for_update().filter(pk=delegation_id, ended_at=None).first()
    if row is None or (
        actor.kind is not ActorKind.SYSTEM and actor.person_id not in (row.principal_id, row.delegate_id)
    ):
        raise DomainError(WorkflowError.DELEGATION_NOT_FOUND)
    row.ended_at = clock.now()
    row.save(update_fields=["ended_at"])
    record(
        actor=actor,
        action="workflow.delegation_ended",
        subject=("delegation", row.id),
        organisation_id=row.organisation_id,
        data={"principal_id": row.principal_id},
    )


def _home(person_id: UUID) -> UUID | None:
    try:
        found = accounts.actor_for(person_id)
    except DomainError:
        return None
    return found.organisation_id if found.kind is ActorKind.OFFICIAL else None

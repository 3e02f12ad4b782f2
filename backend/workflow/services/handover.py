"""What somebody who leaves had to do becomes the successor's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from backend.accounts import selectors as accounts
from backend.journal.services import record_change
from backend.workflow.events import DELEGATED
from backend.workflow.models import Delegation, Task
from backend.workflow.services.tasks import release_task
from backend.workflow.types import PERSONAL, TaskState
from kernel import clock
from kernel.actors import Actor

FOR_GOOD = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class HandedOver:
    """How many open to-dos and delegations changed hands."""

    tasks: int
    delegations: int


@dataclass(frozen=True, slots=True)
class Span:
    """Where and from when to when somebody stands in."""

    organisation_id: UUID
    from_on: date
    to_on: date


@transaction.atomic
def hand_over(*, actor: Actor, person_id: UUID, successor_id: UUID, reason: str) -> HandedOver:
    """Give back what the person had taken, stand the successor in for good, pass delegations on.

    Standing in covers every kind of work, also what still comes to the person's name. The caller checks the right.
    """
    today = clock.today()
    leaving = accounts.actor_for(person_id)
    mine = Task.objects.filter(assignee_id=person_id, state=TaskState.OPEN)
    taken = list(mine.exclude(role=PERSONAL).values_list("id", flat=True))
    for task_id in taken:
        release_task(actor=leaving, task_id=task_id)
    own = mine.filter(role=PERSONAL).count()
    lent = Delegation.objects.filter(delegate_id=person_id, ended_at=None, to_on__gte=today)
    passed = [row for row in lent if row.principal_id != successor_id]
    lent.update(ended_at=clock.now())
    Delegation.objects.filter(principal_id=person_id, ended_at=None).update(ended_at=clock.now())
    [home] = [info.organisation.id for info in accounts.officials(ids=[person_id])]
    _stand_in(actor, person_id, successor_id, Span(home, today, FOR_GOOD), reason)
    for row in passed:
        span = Span(row.organisation_id, max(row.from_on, today), row.to_on)
        _stand_in(actor, row.principal_id, successor_id, span, reason)
    return HandedOver(tasks=len(taken) + own, delegations=len(passed))


def _stand_in(actor: Actor, principal_id: UUID, successor_id: UUID, span: Span, reason: str) -> None:
    row = Delegation.objects.create(
        principal_id=principal_id,
        delegate_id=successor_id,
        organisation_id=span.organisation_id,
        from_on=span.from_on,
        to_on=span.to_on,
        reason=reason[:200],
    )
    record_change(
        actor=actor,
        event=DELEGATED,
        subject=("delegation", row.id),
        organisation_id=span.organisation_id,
        data={"user_id": successor_id, "principal_id": principal_id, "from_on": span.from_on, "to_on": span.to_on},
    )

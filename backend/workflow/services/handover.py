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
    passed = [(row.principal_id, row.to_on) for row in lent if row.principal_id != successor_id]
    lent.update(ended_at=clock.now())
    Delegation.objects.filter(principal_id=person_id, ended_at=None).update(ended_at=clock.now())
    for principal_id, to_on in [(person_id, FOR_GOOD), *passed]:
        _stand_in(actor, principal_id, successor_id, to_on, reason)
    return HandedOver(tasks=len(taken) + own, delegations=len(passed))


def _stand_in(actor: Actor, principal_id: UUID, successor_id: UUID, to_on: date, reason: str) -> None:
    [home] = [info.organisation.id for info in accounts.officials(ids=[principal_id])]
    row = Delegation.objects.create(
        principal_id=principal_id,
        delegate_id=successor_id,
        organisation_id=home,
        from_on=clock.today(),
        to_on=to_on,
        reason=reason[:200],
    )
    record_change(
        actor=actor,
        event=DELEGATED,
        subject=("delegation", row.id),
        organisation_id=home,
        data={"user_id": successor_id, "principal_id": principal_id, "from_on": row.from_on, "to_on": to_on},
    )

"""Finding deadlines that have passed. Safe to run twice at once, late, or after a long stop."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, Q

from backend.journal.services import record_change
from backend.workflow.events import DEADLINE_EXPIRED
from backend.workflow.models import Deadline, DueAction
from backend.workflow.types import DeadlineState
from kernel import clock
from kernel.actors import Actor

BATCH = 100
EXPIRED = "expired"
_SYSTEM = Actor.system("workflow.sweep")


def sweep_deadlines() -> int:
    """Tell of every running deadline that has passed: once for each due date, with its true due time.

    Returns how many were told. What another sweep holds is left to it.
    """
    told = 0
    while True:
        found = _sweep_batch()
        told += found
        if found < BATCH:
            return told


@transaction.atomic
def _sweep_batch() -> int:
    moment = clock.now()
    passed = (
        Deadline.objects.select_for_update(skip_locked=True)
        .filter(state=DeadlineState.RUNNING, due_at__lt=moment)
        .filter(Q(expired_due_on=None) | ~Q(expired_due_on=F("due_on")))
        .order_by("due_at", "id")[:BATCH]
    )
    deadlines = list(passed)
    for deadline in deadlines:
        _tell(deadline)
    return len(deadlines)


def _tell(deadline: Deadline) -> None:
    deadline.expired_due_on = deadline.due_on
    deadline.save(update_fields=["expired_due_on"])
    if DueAction.objects.filter(deadline=deadline, kind=EXPIRED, due_on=deadline.due_on).exists():
        return
    event = record_change(
        actor=_SYSTEM,
        event=DEADLINE_EXPIRED,
        subject=(deadline.subject_kind, deadline.subject_id),
        organisation_id=deadline.organisation_id,
        data={
            "deadline_id": deadline.id,
            "kind": deadline.kind,
            "start_on": deadline.start_on,
            "due_on": deadline.due_on,
            "due_at": clock.local(deadline.due_at).isoformat(),
            "provisional": deadline.provisional,
        },
    )
    DueAction.objects.create(
        deadline=deadline,
        kind=EXPIRED,
        due_on=deadline.due_on,
        due_at=deadline.due_at,
        done_at=clock.now(),
        event_id=event.id,
    )

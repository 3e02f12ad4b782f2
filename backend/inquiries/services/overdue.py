"""Limits that passed without being met: told once, with whose they were."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.inquiries import events
from backend.inquiries.models import Assignment, Order
from backend.inquiries.services import clocks, common
from kernel import clock
from kernel.actors import Actor

_ACTOR = Actor.system("clock")
CENTRE_KINDS = frozenset({"dispatch", "callback", "review", "decide_return", "accept"})


@transaction.atomic
def sweep() -> int:
    """Tell of limits of hours and minutes that have passed. Returns how many."""
    found = clocks.passed()
    for row in found:
        tell_overdue(order_id=row.order_id, kind=row.kind, due_at=row.due_at)
    return len(found)


def tell_overdue(*, order_id: UUID, kind: str, due_at: datetime) -> None:
    """An order's limit has passed. Needs a transaction."""
    order = Order.objects.select_related("topic").get(pk=order_id)
    whose = "centre" if kind in CENTRE_KINDS else "unit"
    common.tell(order, _ACTOR, events.OVERDUE, clock.now(), kind=kind, due_at=due_at, whose=whose)


def order_of(subject_kind: str, subject_id: UUID) -> UUID | None:
    """The order that a deadline's subject belongs to; None for somebody else's."""
    if subject_kind == common.SUBJECT:
        return subject_id
    if subject_kind == common.PART:
        return Assignment.objects.filter(pk=subject_id).values_list("order_id", flat=True).first()
    return None

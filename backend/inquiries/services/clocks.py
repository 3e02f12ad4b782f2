"""Limits of orders: days by the working-day clock, hours and minutes by our own rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.inquiries.models import Assignment, Order, OrderClock
from backend.inquiries.rules import clocks as rules
from backend.inquiries.types import Limit
from backend.workflow import selectors as working_days
from backend.workflow import services as workflow
from kernel import clock
from kernel.actors import Actor

ORDER, PART = "inquiry", "inquiry_part"
SIGN, CONTACT, ANSWER, RESPONSE, ASSIST, DISPATCH, CALL_BACK, ACCEPT = (
    "sign", "contact", "answer", "response", "assist", "dispatch", "callback", "accept",
)  # fmt: skip
WHOSE = {DISPATCH: "centre", CALL_BACK: "centre"}


def moment_of(limit: Limit, start: datetime) -> datetime:
    """When a limit that begins now would end."""
    local = clock.local(start)
    if rules.is_days(limit.unit):
        due_on = working_days.due_date(local.date(), limit.amount, limit.unit)
        closes = working_days.business_hours(due_on).closes
        return datetime.combine(due_on, closes, tzinfo=local.tzinfo)
    days = 0 if limit.unit != "wh" else limit.amount
    calendar = working_days.calendar_for(local.date(), days)
    return rules.end_of(local, limit.amount, limit.unit, calendar, working_days.business_hours)


def start(
    order: Order,
    actor: Actor,
    limit: Limit | None,
    *,
    part: Assignment | None = None,
    organisation_id: UUID | None = None,
) -> datetime | None:
    """Start a limit of an order, or of a unit's part in it. Returns when it ends; None when there is no such limit."""
    if limit is None:
        return None
    now = clock.now()
    due_at = moment_of(limit, now)
    if rules.is_days(limit.unit):
        workflow.open_deadline(
            actor=actor,
            subject=_subject(order, part),
            kind=limit.kind,
            start=clock.local(now).date(),
            limit=limit.amount,
            unit=limit.unit,
            organisation_id=organisation_id or (part.unit_id if part else order.unit_id) or order.centre_id,
        )
        return due_at
    OrderClock.objects.create(
        order=order,
        assignment=part,
        kind=limit.kind,
        amount=limit.amount,
        unit=limit.unit,
        started_at=now,
        due_at=due_at,
    )
    return due_at


def stop(order: Order, actor: Actor, kinds: Sequence[str] | None = None, *, part: Assignment | None = None) -> None:
    """End limits of an order, or of a unit's part, met or not."""
    rows = OrderClock.objects.filter(order=order, closed_at=None, **({"assignment": part} if part else {}))
    if kinds is not None:
        rows = rows.filter(kind__in=kinds)
    rows.update(closed_at=clock.now())
    workflow.close_deadlines(subject=_subject(order, part), kinds=kinds, actor=actor)


def stop_all(order: Order, actor: Actor) -> None:
    """End every limit of an order and of its units."""
    stop(order, actor)
    for part in order.assignments.exclude(state__in=("done", "released")):
        workflow.close_deadlines(subject=(PART, part.id), actor=actor)


def _subject(order: Order, part: Assignment | None) -> tuple[str, UUID]:
    return (PART, part.id) if part is not None and part.part == "assist" else (ORDER, order.id)


@transaction.atomic
def passed(limit: int = 100) -> list[OrderClock]:
    """Short limits that have passed and were not told yet, locked and marked as told."""
    now = clock.now()
    rows = OrderClock.objects.select_for_update(skip_locked=True).filter(closed_at=None, told_at=None, due_at__lt=now)
    found = list(rows.order_by("due_at", "id")[:limit])
    OrderClock.objects.filter(pk__in=[row.pk for row in found]).update(told_at=now)
    return found

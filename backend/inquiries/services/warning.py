"""Limits that end soon: the unit's handler and its leader are told before it is too late, once each."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from backend.inquiries import events, policies
from backend.inquiries.models import Order, OrderClock
from backend.inquiries.rules import clocks as rules
from backend.inquiries.rules import states
from backend.inquiries.services import clocks, common
from backend.inquiries.types import State
from kernel import clock
from kernel.actors import Actor
from kernel.events import emit

_ACTOR = Actor.system("clock")
_WITH_UNIT = (State.DISPATCHED, State.SIGNED, State.PROCESSING, State.SIGN_OFF)
MOST = 100


@transaction.atomic
def sweep() -> int:
    """Tell of limits for signing and answering that end soon. Returns how many."""
    now = clock.now()
    return _signing(now) + _answering(now)


def _signing(now: datetime) -> int:
    lead = timedelta(minutes=policies.number(policies.WARN_SIGN_MINUTES))
    rows = OrderClock.objects.select_for_update(skip_locked=True, of=("self",)).select_related("order__topic")
    rows = rows.filter(kind=clocks.SIGN, closed_at=None, told_at=None, warned_at=None)
    near = rows.filter(due_at__gt=now, due_at__lte=now + lead).order_by("due_at", "id")[:MOST]
    found = [row for row in near if rules.is_near(row.started_at, row.due_at, now, lead)]
    OrderClock.objects.filter(pk__in=[row.pk for row in found]).update(warned_at=now)
    for row in found:
        _tell(row.order, clocks.SIGN, row.due_at, now)
    return len(found)


def _answering(now: datetime) -> int:
    lead = timedelta(hours=policies.number(policies.WARN_ANSWER_HOURS))
    rows = Order.objects.select_for_update(skip_locked=True, of=("self",)).select_related("topic")
    untold = Q(warned_for=None) | ~Q(warned_for=F("due_at"))
    rows = rows.filter(untold, is_open=True, state__in=_WITH_UNIT, due_at__gt=now, due_at__lte=now + lead)
    near = rows.order_by("due_at", "id")[:MOST]
    found = [row for row in near if rules.is_near(row.dispatched_at or now, row.due_at or now, now, lead)]
    Order.objects.filter(pk__in=[row.pk for row in found]).update(warned_for=F("due_at"))
    for order in found:
        _tell(order, clocks.ANSWER, order.due_at or now, now)
    return len(found)


def _tell(order: Order, kind: str, due_at: datetime, now: datetime) -> None:
    due = f"{clock.local(due_at):%m-%d %H:%M}"
    more = {"kind": kind, "due_at": due_at, "due": due}
    told = common.tell(order, _ACTOR, events.LIMIT_NEAR, now, role=states.HANDLER, **more)
    leader = states.HEAD if order.is_heavy else states.DEPUTY
    emit(
        events.LIMIT_NEAR,
        subject=(common.SUBJECT, order.id),
        organisation_id=told.organisation_id,
        data={**told.data, "role": leader},
    )

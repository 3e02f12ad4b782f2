"""What follows a limit for answering that passed: a written reminder (催办通知书) the day after, public criticism
(通报批评) after some more working days of silence; once each for a limit."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from backend.inquiries import events, policies
from backend.inquiries.models import Order
from backend.inquiries.rules import states
from backend.inquiries.services import common
from backend.inquiries.types import State
from backend.workflow import selectors as workflow
from backend.workflow.types import Calendar
from kernel import clock
from kernel.actors import Actor
from kernel.events import EventType, emit

_ACTOR = Actor.system("clock")
_SILENT = (State.DISPATCHED, State.SIGNED, State.PROCESSING, State.SIGN_OFF)
MOST = 100


@transaction.atomic
def sweep() -> int:
    """Remind units whose limit passed, criticise those that stayed silent after it. Returns how many."""
    today = clock.today()
    return _remind(today) + _criticise(today)


def _remind(today: date) -> int:
    first = timedelta(days=policies.number(policies.REMIND_DAYS))
    passed = datetime.combine(today - first + timedelta(days=1), time(), tzinfo=clock.SHANGHAI)
    untold = Q(reminded_for=None) | ~Q(reminded_for=F("due_at"))
    found = _open_orders().filter(untold, due_at__lt=passed).order_by("due_at", "id")[:MOST]
    for order in found:
        order.reminded_for, order.reminded_on, order.criticised_on = order.due_at, today, None
        order.save(update_fields=["reminded_for", "reminded_on", "criticised_on"])
        _tell(order, events.REMINDED, (states.HANDLER, _leader(order)))
    return len(found)


def _criticise(today: date) -> int:
    silence = policies.number(policies.CRITICISE_DAYS)
    calendar = workflow.calendar_for(today - timedelta(days=2 * silence + 14), 2 * silence + 14)
    latest = _workdays_before(calendar, today, silence)
    rows = _open_orders().filter(reminded_on__lte=latest, reminded_for=F("due_at"), criticised_on=None)
    found = rows.order_by("reminded_on", "id")[:MOST]
    for order in found:
        order.criticised_on = today
        order.save(update_fields=["criticised_on"])
        _tell(order, events.CRITICISED, (_leader(order), states.HEAD))
    return len(found)


def _open_orders() -> QuerySet[Order]:
    rows = Order.objects.select_for_update(skip_locked=True, of=("self",)).select_related("topic")
    return rows.filter(is_open=True, state__in=_SILENT)


def _workdays_before(calendar: Calendar, day: date, count: int) -> date:
    """The day from which on `count` working days have gone by before this one."""
    while count:
        day -= timedelta(days=1)
        count -= calendar.is_workday(day)
    return day - timedelta(days=1)


def _leader(order: Order) -> str:
    return states.HEAD if order.is_heavy else states.DEPUTY


def _tell(order: Order, event: EventType, roles: tuple[str, ...]) -> None:
    due = f"{clock.local(order.due_at or clock.now()):%m-%d %H:%M}"
    first, *others = dict.fromkeys(roles)
    told = common.tell(order, _ACTOR, event, clock.now(), due_at=order.due_at, due=due, role=first)
    for role in others:
        emit(
            event,
            subject=(common.SUBJECT, order.id),
            organisation_id=told.organisation_id,
            data={**told.data, "role": role},
        )

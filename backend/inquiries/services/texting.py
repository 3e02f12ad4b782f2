"""Texts to and from those who have no account: told what others read in the message centre, answering with a code."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.inquiries import policies
from backend.inquiries.models import Order, OrderCaller
from backend.inquiries.rules import texts
from backend.inquiries.services import common, hearing, registration
from backend.inquiries.services.phones import phone_index
from backend.inquiries.types import Action, ActRequest, CallerInfo, Channel, PlaceInfo, Report, Said, State
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError
from sms import selectors as sms_selectors
from sms import services as sms
from sms.types import Purpose

TEMPLATES = {
    "received": ("order_no", "query_code"),
    "dispatched": ("order_no", "unit_name", "due_on"),
    "extended": ("order_no", "due_on"),
    "answered": ("order_no", "unit_name", "what", "answer_code"),
    "redone": ("order_no", "unit_name", "due_on"),
    "closed": ("order_no", "answer_code"),
    "ended": ("order_no", "what"),
}
CHOICES = {1: (True, True), 2: (True, False), 3: (False, False)}
REOPEN = 4


def text_caller(*, order_id: UUID, name: str, event_id: UUID, data: dict[str, Any]) -> bool:
    """Text somebody who has no account. False when there is no number, or nothing to text."""
    caller = OrderCaller.objects.filter(order_id=order_id, person_id=None).exclude(phone=None).first()
    if caller is None or name not in TEMPLATES:
        return False
    words = {**data, "due_on": _day(data["due_on"])}
    params = {place: words[place] for place in TEMPLATES[name]}
    if not all(params.values()):
        return False
    try:
        with transaction.atomic():
            sms.queue_message(
                to=caller.phone or "",
                template=f"inquiry_{name}",
                params=params,
                purpose=Purpose.STATUTORY,
                reference=f"inquiry:{event_id}",
                organisation_id=None,
            )
    except DomainError:
        return False
    return True


def _day(text: str) -> str:
    if not text:
        return ""
    day = datetime.fromisoformat(text)
    return f"{day.month}月{day.day}日"


@transaction.atomic
def take_text(*, inbound_id: UUID) -> Order | None:
    """A text came in: an answer about an order of this number, or something new. None when it is for somebody else."""
    found = sms_selectors.inbound(inbound_id)
    read = texts.read_text(found.text)
    if isinstance(read, texts.TextAnswer):
        return _answer(read, found.from_number)
    if isinstance(read, texts.TextReport):
        caller = CallerInfo(phone=found.from_number)
        report = Report(Channel.SMS, read.words, request_type=read.request_type, place=PlaceInfo(), caller=caller)
        return registration.from_machine(report=report, name="sms")
    return None


def _answer(read: texts.TextAnswer, number: str) -> Order | None:
    since = clock.now() - timedelta(days=60)
    rows = OrderCaller.objects.filter(
        phone_index=phone_index(number),
        order__order_no__endswith=read.digits,
        order__received_at__gt=since,
    )
    caller = rows.order_by("-order__received_at").first()
    if caller is None:
        return None
    if read.choice == REOPEN:
        return _open_again(caller.order_id, read.comment)
    solved, satisfied = CHOICES[read.choice]
    return hearing.say_by_text(order_id=caller.order_id, said=Said(None, solved, satisfied, read.comment))


def _open_again(order_id: UUID, comment: str) -> Order | None:
    order = common.locked(order_id)
    hours = timedelta(hours=policies.number(policies.REOPEN_HOURS))
    closed_lately = order.closed_at is not None and clock.now() - order.closed_at <= hours
    if order.state != State.CLOSED or not closed_lately:
        return None
    if order.reopen_count >= policies.number(policies.REOPEN_LIMIT):
        return None
    hearing.open_again(Actor.system("sms"), order, ActRequest(Action.REOPEN, note=comment or "短信申请重新办理"))
    return order

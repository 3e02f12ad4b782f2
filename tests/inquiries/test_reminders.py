"""What follows a limit that passed: a written reminder the day after, public criticism after five more working days of
silence (domain 6.2); once each, and anew for another limit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest

from backend.inquiries.models import Order
from backend.inquiries.services import reminding
from backend.journal.models import JournalLine
from backend.notifications.models import Notification
from kernel import clock
from kernel.actors import Actor
from tests.factories import inquiries as make

pytestmark = pytest.mark.django_db
Travel = Callable[..., None]


@pytest.fixture
def net() -> make.Net:
    return make.net()


def days_after(order: Order, days: int) -> datetime:
    """The morning so many days after the limit."""
    end = clock.local(order.due_at).date()
    return datetime.combine(end + timedelta(days=days), time(9), tzinfo=clock.SHANGHAI)


def told(who: Actor, name: str) -> int:
    return Notification.objects.filter(person_id=who.person_id, event_type=f"inquiry.{name}").count()


def test_the_day_after_the_limit_the_unit_is_reminded_in_writing(
    net: make.Net, travel: Travel, deliver_events: Callable[[], int]
) -> None:
    order = make.signed(net, make.called(net))
    travel(to=order.due_at + timedelta(minutes=1))
    assert reminding.sweep() == 0
    travel(to=days_after(order, 1))
    assert (reminding.sweep(), reminding.sweep()) == (1, 0)
    deliver_events()
    assert [told(who, "reminded") for who in (net.city.handler, net.city.deputy, net.county.handler)] == [1, 1, 0]
    text = Notification.objects.filter(event_type="inquiry.reminded")[0]
    assert (text.title, order.order_no in text.body) == ("催办通知书", True)
    assert JournalLine.objects.filter(action="inquiry.reminded", subject_id=order.id).count() == 1


def test_silence_of_five_working_days_is_criticised(
    net: make.Net, travel: Travel, deliver_events: Callable[[], int]
) -> None:
    order = make.signed(net, make.called(net))
    travel(to=days_after(order, 1))
    reminding.sweep()
    travel(to=days_after(order, 5))
    assert reminding.sweep() == 0
    travel(to=days_after(order, 20))
    assert (reminding.sweep(), reminding.sweep()) == (1, 0)
    deliver_events()
    assert [told(who, "criticised") for who in (net.city.deputy, net.city.head, net.city.handler)] == [1, 1, 0]


def test_who_answers_after_the_reminder_is_not_criticised(net: make.Net, travel: Travel) -> None:
    order = make.signed(net, make.called(net))
    travel(to=days_after(order, 1))
    reminding.sweep()
    make.answer(net.city, order)
    make.act(net.city.deputy, make.fresh(order.id), "sign_off")
    travel(to=days_after(order, 20))
    assert reminding.sweep() == 0


def test_an_order_in_time_is_not_reminded(net: make.Net, travel: Travel) -> None:
    order = make.signed(net, make.called(net))
    make.answer(net.city, order)
    make.act(net.city.deputy, make.fresh(order.id), "sign_off")
    travel(to=days_after(order, 2))
    assert reminding.sweep() == 0

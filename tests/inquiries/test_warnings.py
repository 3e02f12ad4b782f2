"""A unit is warned before a limit ends: handler and leader, once each, and again only for another limit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from backend.inquiries.models import OrderClock
from backend.inquiries.services import warning
from backend.notifications.models import Notification
from kernel import clock
from kernel.actors import Actor
from tests.factories import inquiries as make

pytestmark = pytest.mark.django_db
Travel = Callable[..., None]


@pytest.fixture
def net() -> make.Net:
    return make.net()


def notices(who: Actor) -> int:
    return Notification.objects.filter(person_id=who.person_id, event_type="inquiry.limit_near").count()


def test_signing_is_warned_of_once(net: make.Net, travel: Travel, deliver_events: Callable[[], int]) -> None:
    order = make.dispatched(net, make.called(net))
    due = OrderClock.objects.get(order=order, kind="sign").due_at
    assert warning.sweep() == 0
    travel(to=due - timedelta(minutes=20))
    assert (warning.sweep(), warning.sweep()) == (1, 0)
    deliver_events()
    told = (net.city.handler, net.city.deputy, net.city.head, net.county.handler)
    assert [notices(who) for who in told] == [1, 1, 0, 0]
    text = Notification.objects.filter(event_type="inquiry.limit_near")[0]
    assert order.order_no in text.body
    assert f"{clock.local(due):%H:%M}" in text.body


def test_a_signed_order_is_warned_of_before_its_answer_is_due(net: make.Net, travel: Travel) -> None:
    order = make.signed(net, make.called(net))
    travel(to=order.due_at - timedelta(hours=30))
    assert warning.sweep() == 0
    travel(to=order.due_at - timedelta(hours=5))
    assert (warning.sweep(), warning.sweep()) == (1, 0)


def test_an_extended_order_is_warned_of_again(net: make.Net, travel: Travel) -> None:
    order = make.signed(net, make.called(net))
    travel(to=order.due_at - timedelta(hours=21))
    assert warning.sweep() == 1
    make.act(net.city.handler, order, "request_extension", days=2, clause="第三条", note="等配件")
    later = make.act(net.dispatcher, order, "approve_extension").due_at
    assert warning.sweep() == 0
    travel(to=later - timedelta(hours=5))
    assert warning.sweep() == 1


def test_what_waits_for_the_hotline_or_is_over_is_no_warning(net: make.Net, travel: Travel) -> None:
    waits, late = make.replied(net, make.called(net)), make.signed(net, make.called(net, "菜场后门垃圾堆了一个星期。"))
    travel(to=max(waits.due_at, late.due_at) + timedelta(minutes=1))
    assert warning.sweep() == 0
    assert make.fresh(waits.id).warned_for is None

"""The ladder: an urgent push that nobody read for half an hour goes by text, with a cap."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from backend.notifications.models import ChannelDelivery, Notification
from backend.notifications.services import change_preferences, climb, mark_all_read
from kernel import outbox
from sms.models import Message
from tests.factories import accounts
from tests.factories import push as push_factory
from tests.factories.notifications import case_event
from tests.stubs.fcm import StubFcm

pytestmark = pytest.mark.django_db
Travel = Callable[..., None]


def pushed(count: int = 1, *, urgency: str = "high") -> Any:
    """Somebody who wants no texts, and whose phone got so many notices."""
    citizen = accounts.citizen()
    actor = push_factory.person(citizen)
    push_factory.fcm_device(actor, token="phone")
    change_preferences(actor=actor, version=0, change={"case_notice": {"sms": False}})
    for _ in range(count):
        case_event("case.granted", citizen)
    while outbox.run_pending():
        pass
    push_factory.send_due()
    while outbox.run_pending():
        pass
    Notification.objects.update(urgency=urgency)
    return actor


def test_unread_for_half_an_hour_goes_by_text_once(fcm: StubFcm, travel: Travel) -> None:
    pushed()
    travel(minutes=29)
    assert climb() == 0
    travel(minutes=2)
    assert climb() == 1
    assert climb() == 0
    assert Message.objects.count() == 1
    assert ChannelDelivery.objects.get(channel="sms").reason == "unread_push"


def test_what_was_read_is_left_alone(fcm: StubFcm, travel: Travel) -> None:
    actor = pushed()
    mark_all_read(actor=actor)
    travel(minutes=31)
    assert climb() == 0


def test_what_is_not_urgent_is_left_alone(fcm: StubFcm, travel: Travel) -> None:
    pushed(urgency="normal")
    travel(minutes=31)
    assert climb() == 0


def test_three_a_day_at_most(fcm: StubFcm, travel: Travel) -> None:
    pushed(5)
    travel(minutes=31)
    assert climb() == 3
    assert climb() == 0

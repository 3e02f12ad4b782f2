"""A broadcast tells each person once: told again, by two at once, or after a failure half way (F20, F21)."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from uuid import UUID, uuid4

import pytest
from django.db import connection

from backend.notifications.models import ChannelDelivery, Notification
from backend.notifications.services import Told, broadcast
from backend.push.models import PushMessage
from kernel.models import PersonCursor, PersonEvent
from tests.factories import accounts
from tests.factories import push as push_factory

pytestmark = pytest.mark.django_db(transaction=True)
EVENT = "tender.alert_match"
WORDS = {"title": "青年路改造", "reason": "工程建设"}


def people(count: int) -> list[UUID]:
    """People with a phone each."""
    found = [accounts.citizen() for _ in range(count)]
    for person in found:
        push_factory.fcm_device(push_factory.person(person), token=str(person))
    return found


def tell(event_id: UUID, who: Iterable[UUID]) -> int:
    """Tell them of one event."""
    told = [Told(person_id=person, words=WORDS, words_en=WORDS, link="/tenders") for person in who]
    return broadcast(event_type=EVENT, event_id=event_id, subject=("tender_project", event_id), told=told)


def assert_told_once(who: Iterable[UUID]) -> None:
    """A message each, shown, on both channels, one push, one line of the log, and the log's numbers without a gap."""
    for person in who:
        row = Notification.objects.get(person_id=person)
        states = dict(ChannelDelivery.objects.filter(notification=row).values_list("channel", "state"))
        assert states == {"inbox": "delivered", "push": "queued"}
        assert PushMessage.objects.filter(person_id=person).count() == 1
        lines = list(PersonEvent.objects.filter(person_id=person).order_by("seq").values_list("seq", "data"))
        assert [seq for seq, _ in lines] == list(range(1, len(lines) + 1))
        shown = [item for _, data in lines for item in data.get("upsert", {}).get("inbox", [])]
        assert [item["id"] for item in shown] == [str(row.pk)]
        assert {one["channel"] for one in shown[0]["channels"]} == {"inbox", "push"}
        assert PersonCursor.objects.get(pk=person).last_seq == len(lines)


def test_told_again_tells_nobody_twice() -> None:
    who, event_id = people(3), uuid4()
    assert tell(event_id, who[:2]) == 2
    assert tell(event_id, who) == 1
    assert tell(event_id, who) == 0
    assert_told_once(who)


def test_two_at_once_tell_each_person_once() -> None:
    who, event_id = people(6), uuid4()
    start, found = threading.Barrier(2), list[int]()

    def run(mine: list[UUID]) -> None:
        try:
            start.wait()
            found.append(tell(event_id, mine))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(mine,)) for mine in (who, who[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [0, 6]
    assert_told_once(who)


def test_what_fails_half_way_is_told_whole_the_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    who, event_id = people(2), uuid4()
    with monkeypatch.context() as broken:
        broken.setattr("backend.notifications.services.broadcasting._show", _fail)
        with pytest.raises(RuntimeError):
            tell(event_id, who)
    assert not Notification.objects.exists()
    assert not PushMessage.objects.exists()
    assert tell(event_id, who) == 2
    assert_told_once(who)


def _fail(*_: object) -> None:
    raise RuntimeError("the database went away")

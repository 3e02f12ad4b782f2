"""The broker down, frozen or emptied: nothing lost, nothing doubled, the relay not held up (reliability F04, F05)."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
import redis

from sms import pumps
from sms.models import Message
from sms.services import dispatch, handing
from sms.tasks import dispatch_message
from sms.types import Purpose
from tests.factories.sms import queue_notice, random_mobile
from tests.stubs.twilio import StubTwilio

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def awake(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """No quiet hours, no pause left over from another test."""
    settings.SMS_QUIET_HOURS_OFF = True
    monkeypatch.setattr(pumps, "_broker_back_at", 0.0)


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What the pump hands to the broker: queue and id."""
    handed: list[tuple[str, str]] = []
    monkeypatch.setattr(dispatch_message, "apply_async", lambda args, queue, retry: handed.append((queue, args[0])))
    return handed


@pytest.fixture
def frozen() -> Iterator[int]:
    """A port that takes connections and never says a word, like a broker under SIGSTOP."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def waiting() -> set[UUID]:
    return set(Message.objects.filter(state="queued", handed_until=None).values_list("pk", flat=True))


def test_each_purpose_has_its_queue_and_codes_go_first(published: list[tuple[str, str]]) -> None:
    ids = {purpose: queue_notice(random_mobile(), purpose=purpose) for purpose in reversed(Purpose)}
    pumps.hand_over()
    assert published == [(purpose.value, str(ids[purpose])) for purpose in Purpose]
    pumps.hand_over()
    assert len(published) == 3


def test_a_dead_broker_keeps_everything_waiting_and_nobody_long(settings: Any) -> None:
    ids = {queue_notice(random_mobile()) for _ in range(20)}
    settings.REDIS_URL = "redis://127.0.0.1:9/0"
    started = time.monotonic()
    pumps.hand_over()
    assert time.monotonic() - started < 5
    assert waiting() == ids


def test_a_frozen_broker_holds_the_relay_for_a_moment_only(settings: Any, frozen: int) -> None:
    ids = {queue_notice(random_mobile()) for _ in range(20)}
    settings.REDIS_URL = f"redis://127.0.0.1:{frozen}/0"
    started = time.monotonic()
    pumps.hand_over()
    pumps.hand_over()
    assert time.monotonic() - started < 5
    assert waiting() == ids


def test_after_the_broker_is_back_all_are_handed_out(
    settings: Any, monkeypatch: pytest.MonkeyPatch, published: list[tuple[str, str]]
) -> None:
    ids = {queue_notice(random_mobile()) for _ in range(200)}
    good = settings.REDIS_URL
    settings.REDIS_URL = "redis://127.0.0.1:9/0"
    pumps.hand_over()
    settings.REDIS_URL = good
    pumps.hand_over()
    assert published == []
    monkeypatch.setattr(pumps, "_broker_back_at", 0.0)
    pumps.hand_over()
    pumps.hand_over()
    assert {UUID(one) for _, one in published} == ids
    assert len(published) == 200


def test_an_emptied_broker_is_filled_again_and_doubles_send_once(
    twilio: StubTwilio, travel: Callable[..., None], published: list[tuple[str, str]]
) -> None:
    message_id = queue_notice(random_mobile())
    pumps.hand_over()
    travel(seconds=31)
    pumps.hand_over()
    assert published == [("statutory", str(message_id))] * 2
    assert [dispatch(message_id=message_id) for _ in published] == [True, False]
    assert len(twilio.accepted()) == 1


def test_the_real_broker_takes_ids_only(settings: Any) -> None:
    message_id = queue_notice(random_mobile(), purpose=Purpose.BULK)
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        client.delete("bulk")
        pumps.hand_over()
        body = client.lindex("bulk", 0)
        assert str(message_id).encode() in body
        client.delete("bulk")


def test_a_slow_worker_is_not_buried(published: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(handing.OUTSTANDING, Purpose.BULK, 3)
    for _ in range(10):
        queue_notice(random_mobile(), purpose=Purpose.BULK)
    for _ in range(5):
        pumps.hand_over()
    assert len(published) == 3

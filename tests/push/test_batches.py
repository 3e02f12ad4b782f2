"""Phones are told in batches, each with an outcome of its own: one that is gone or fails keeps nobody else waiting."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest

from backend.push import pumps
from backend.push.models import PushDevice, PushMessage, ServiceHold
from backend.push.services import dispatch_many, queue_push
from backend.push.types import MessageState
from kernel.ids import uuid7
from tests.factories.push import fcm_device, person
from tests.stubs.fcm import StubFcm, error

pytestmark = pytest.mark.django_db


def phones(*tokens: str) -> list[UUID]:
    """A message for each of these phones; the ids of the messages in this order."""
    found = []
    for token in tokens:
        owner = person()
        fcm_device(owner, token=token)
        assert owner.user_id is not None
        queue_push(
            person_id=owner.user_id, title="您有新的政务消息", body="", link="/inbox/1", collapse_key=uuid7().hex,
            urgency="normal", reference=f"test:{uuid7()}", ttl=3600,
        )  # fmt: skip
        found.append(PushMessage.objects.get(person_id=owner.user_id).pk)
    return found


def state(message_id: UUID) -> str:
    """Where a message stands."""
    return PushMessage.objects.values_list("state", flat=True).get(pk=message_id)


def test_each_token_has_its_own_outcome(fcm: StubFcm) -> None:
    """Gone: dropped. Malformed: dropped. The others are reached; one call for each."""
    fcm.unregistered = {"gone"}
    messages = phones("a", "gone", "b", "malformed", "c")
    assert dispatch_many(message_ids=messages) == 5
    assert [state(found) for found in messages] == ["accepted", "failed", "accepted", "failed", "accepted"]
    dropped = PushDevice.objects.exclude(dropped_at=None).values_list("drop_reason", flat=True)
    assert list(dropped) == ["device_gone", "device_gone"]
    assert len(fcm.ledger) == 5
    assert dispatch_many(message_ids=messages) == 0


def test_a_fault_of_the_service_is_tried_again_alone(fcm: StubFcm, travel: Callable[..., None]) -> None:
    """503 for one: the other nine are done, it comes later."""
    fcm.fault(status=503, body=error(503, "UNAVAILABLE", "later"), times=1)
    messages = phones(*(f"phone-{number}" for number in range(10)))
    dispatch_many(message_ids=messages)
    assert sorted(state(found) for found in messages) == ["accepted"] * 9 + [MessageState.RETRYING]
    travel(minutes=10)
    assert dispatch_many(message_ids=messages) == 1
    assert {state(found) for found in messages} == {MessageState.ACCEPTED}
    assert len(fcm.accepted) == 10


def test_asked_to_wait_nobody_calls_before(fcm: StubFcm, travel: Callable[..., None]) -> None:
    """429 with Retry-After: what was under way ends, what had not begun waits, and all arrive once."""
    fcm.fault(status=429, headers={"Retry-After": "7"}, body=error(429, "RESOURCE_EXHAUSTED", "slowly"), times=1)
    messages = phones(*(f"phone-{number}" for number in range(60)))
    dispatch_many(message_ids=messages)
    waiting = [found for found in messages if state(found) == MessageState.RETRYING]
    assert waiting
    assert len(fcm.ledger) == 61 - len(waiting)
    assert ServiceHold.objects.exists()
    assert dispatch_many(message_ids=waiting) == 0
    travel(seconds=8)
    assert dispatch_many(message_ids=waiting) == len(waiting)
    tokens = [line["message"]["token"] for line in fcm.accepted]
    assert len(tokens) == len(set(tokens)) == 60


def test_the_relay_hands_phones_over_together(fcm: StubFcm, monkeypatch: pytest.MonkeyPatch) -> None:
    """One task for all phones, each message handed out once."""
    messages = phones("a", "b", "c")
    handed: list[list[str]] = []
    monkeypatch.setattr(pumps, "_knock", lambda: None)
    monkeypatch.setattr(pumps.dispatch_pushes, "apply_async", lambda args, **_: handed.append(args[0]))
    pumps.hand_over()
    pumps.hand_over()
    assert [sorted(one) for one in handed] == [sorted(str(found) for found in messages)]

"""F13 and reliability 4.1 for push: one call per refusal, dead addresses dropped, nothing lost, at most one repeat."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from backend.push import selectors
from backend.push.models import PushAttempt, PushDevice, PushMessage
from backend.push.services import cancel_push, clear_push, dispatch, queue_push
from backend.push.types import AttemptState, MessageState, Reason
from kernel import egress
from kernel.ids import uuid7
from kernel.models import OutboxEvent
from tests.factories.push import browser_device, fcm_device, person, send_due
from tests.stubs.fcm import StubFcm, error
from tests.stubs.webpush import StubPushService

pytestmark = pytest.mark.django_db
CANARY = "食品经营许可 32130020131125000187 张三"


def push(person_id: UUID, *, ttl: int = 3600, urgency: str = "normal") -> str:
    """Queue a message; its reference."""
    reference = f"test:{uuid7()}"
    queue_push(
        person_id=person_id,
        title="您有新的政务消息",
        body="",
        link="/inbox/1",
        collapse_key=uuid7().hex,
        urgency=urgency,
        reference=reference,
        ttl=ttl,
        notification_id=uuid7(),
        badge=2,
    )
    return reference


def only() -> PushMessage:
    """The one message there is."""
    return PushMessage.objects.select_related("device").get()


def finished() -> list[dict[str, Any]]:
    """What was told about finished messages."""
    return list(OutboxEvent.objects.filter(type="push.message_finished").order_by("id").values_list("data", flat=True))


def test_a_phone_is_reached_through_fcm(fcm: StubFcm) -> None:
    """One request over the wire, with time to live, collapse key and priority; accepted and told."""
    citizen = person()
    fcm_device(citizen, token="phone-1")
    push(citizen.user_id, urgency="high")
    assert send_due() == 1
    assert len(fcm.ledger) == 1
    message = fcm.accepted[0]["message"]
    assert message["token"] == "phone-1"
    assert message["data"]["link"] == "/inbox/1"
    assert message["android"]["priority"] == "high"
    assert message["android"]["collapse_key"] == only().collapse_key
    assert 3590 <= float(message["android"]["ttl"].rstrip("s")) <= 3600
    assert only().state == MessageState.ACCEPTED
    assert finished()[0]["state"] == "accepted"
    attempt = PushAttempt.objects.get()
    assert (attempt.state, attempt.requests) == (AttemptState.ACCEPTED, 1)


def test_a_browser_gets_an_encrypted_message_without_content(push_service: StubPushService) -> None:
    """Only the browser can open it, and what it finds is an id and a link."""
    citizen, browser = person(), push_service.browser()
    browser_device(citizen, browser.subscription)
    push(citizen.user_id)
    send_due()
    sent = push_service.accepted[0]
    assert sent["headers"]["urgency"] == "normal"
    assert b"inbox" not in sent["body"]
    opened = browser.open(sent["body"])
    assert set(opened) == {"kind", "id", "title", "link", "badge"}
    assert opened["link"] == "/inbox/1"
    assert only().state == MessageState.ACCEPTED


@pytest.mark.parametrize("status", [404, 410])
def test_a_subscription_that_is_gone_is_dropped_at_once(push_service: StubPushService, status: int) -> None:
    """One attempt, no other ever."""
    citizen = person()
    browser_device(citizen, push_service.browser().subscription)
    push_service.fault(status=status)
    push(citizen.user_id)
    send_due()
    assert len(push_service.ledger) == 1
    assert (only().state, only().reason) == (MessageState.FAILED, Reason.DEVICE_GONE)
    assert not selectors.has_device(citizen.user_id)
    push(citizen.user_id)
    assert PushMessage.objects.count() == 1
    assert finished()[0]["reason"] == "device_gone"


def test_an_unregistered_phone_is_dropped_at_once(fcm: StubFcm) -> None:
    """UNREGISTERED and a malformed token: one attempt each."""
    citizen = person()
    fcm_device(citizen, token="old-phone")
    fcm_device(citizen, token="malformed-phone")
    fcm.unregistered.add("old-phone")
    push(citizen.user_id)
    send_due()
    assert len(fcm.ledger) == 2
    assert not selectors.has_device(citizen.user_id)
    assert [line["state"] for line in finished()] == ["failed"]


def test_a_plain_404_does_not_drop_the_phone(fcm: StubFcm) -> None:
    """A wrong project is our fault, not the phone's."""
    citizen = person()
    fcm_device(citizen)
    fcm.fault(status=404, body=error(404, "NOT_FOUND", "no such project"))
    push(citizen.user_id)
    send_due()
    assert selectors.has_device(citizen.user_id)
    assert only().state == MessageState.FAILED


def test_too_large_is_sent_once_more_in_its_smallest_form(push_service: StubPushService) -> None:
    """413: "open the app"; a second 413 ends it."""
    citizen, browser = person(), push_service.browser()
    browser_device(citizen, browser.subscription)
    push_service.fault(status=413)
    push(citizen.user_id)
    send_due()
    send_due()
    assert set(browser.open(push_service.accepted[0]["body"])) == {"kind", "id"}
    push_service.fault(status=413, times=2)
    reference = push(citizen.user_id)
    for _ in range(4):
        send_due()
    second = PushMessage.objects.get(reference=reference)
    assert (second.state, second.reason, second.attempts.count()) == (MessageState.FAILED, Reason.TOO_LARGE, 2)


def test_429_leaves_the_whole_service_alone(push_service: StubPushService, travel: Callable[..., None]) -> None:
    """Nobody's message goes to that service before Retry-After is over, then all go."""
    for _ in range(3):
        citizen = person()
        browser_device(citizen, push_service.browser().subscription)
        push(citizen.user_id)
    push_service.fault(status=429, headers={"Retry-After": "7"})
    send_due()
    send_due()
    assert len(push_service.ledger) == 1
    travel(seconds=8)
    send_due()
    assert len(push_service.accepted) == 3


def test_500_is_tried_again_and_counted(fcm: StubFcm, travel: Callable[..., None]) -> None:
    """The library's own retries are off: one request an attempt."""
    citizen = person()
    fcm_device(citizen)
    fcm.fault(status=503, body=error(503, "UNAVAILABLE", "later"), times=2)
    push(citizen.user_id)
    for _ in range(3):
        send_due()
        travel(seconds=60)
    assert len(fcm.ledger) == 3
    assert list(PushAttempt.objects.order_by("ordinal").values_list("requests", flat=True)) == [1, 1, 1]
    assert only().state == MessageState.ACCEPTED


@pytest.mark.parametrize("fault", [{"drop_after_request": True}, {"raw": b"{broken"}])
def test_an_unknown_outcome_is_repeated_once_and_marked(
    fcm: StubFcm, travel: Callable[..., None], fault: dict[str, Any]
) -> None:
    """Accepted, then the answer was lost: there is no look-up, so one more send, then no more."""
    citizen = person()
    fcm_device(citizen)
    fcm.fault(accept=True, times=5, **fault)
    push(citizen.user_id)
    for _ in range(4):
        send_due()
        travel(seconds=60)
    assert len(fcm.accepted) == 2
    message = only()
    assert (message.state, message.reason) == (MessageState.FAILED, Reason.UNKNOWN_OUTCOME)
    assert message.maybe_duplicate
    assert finished()[0]["maybe_duplicate"] is True


@pytest.mark.parametrize("fault", [{"delay": 20.0}, {"trickle": 0.2}])
def test_a_slow_service_is_cut_off(
    push_service: StubPushService, monkeypatch: pytest.MonkeyPatch, fault: dict[str, float]
) -> None:
    """The deadline is a total one, trickled answers included."""
    monkeypatch.setattr(egress.exchange.__wrapped__, "__kwdefaults__", {"seconds": 0.6})
    citizen = person()
    browser_device(citizen, push_service.browser().subscription)
    push_service.fault(**fault)
    push(citizen.user_id)
    send_due()
    attempt = PushAttempt.objects.get()
    assert attempt.state == AttemptState.UNKNOWN
    assert attempt.finished_at is not None
    assert (attempt.finished_at - attempt.started_at).total_seconds() < 15


def test_a_worker_that_died_is_found_by_its_lease(fcm: StubFcm, travel: Callable[..., None], monkeypatch: Any) -> None:
    """The attempt is committed before the call; after the lease the message goes once more, marked."""
    citizen = person()
    fcm_device(citizen)
    push(citizen.user_id)
    monkeypatch.setattr("backend.push.services.dispatching.record_outcome", lambda *_: None)
    send_due()
    monkeypatch.undo()
    assert PushAttempt.objects.get().state == AttemptState.PENDING
    assert not dispatch(message_id=only().pk)
    travel(seconds=40)
    send_due()
    assert [a.state for a in PushAttempt.objects.order_by("ordinal")] == [AttemptState.UNKNOWN, AttemptState.ACCEPTED]
    assert only().maybe_duplicate


def test_without_credentials_the_reason_is_shown(settings: Any) -> None:
    """No fake success: not configured, no attempt."""
    settings.FCM_API_BASE, settings.FCM_CREDENTIALS_FILE = "https://fcm.googleapis.com", ""
    citizen = person()
    fcm_device(citizen)
    push(citizen.user_id)
    assert send_due() == 0
    assert (only().state, only().reason) == (MessageState.FAILED, Reason.NOT_CONFIGURED)
    assert finished()[0]["reason"] == "not_configured"
    assert not PushAttempt.objects.exists()


def test_what_was_read_elsewhere_is_not_sent_any_more(fcm: StubFcm) -> None:
    """Cancelled before it went; cleared when it had gone, but not on the device that read it."""
    citizen = person()
    fcm_device(citizen, token="tablet")
    waiting = push(citizen.user_id)
    assert cancel_push(references=[waiting]) == []
    assert send_due() == 0
    gone = push(citizen.user_id)
    send_due()
    assert cancel_push(references=[gone]) == [gone]
    reading = person(citizen.user_id)
    fcm_device(reading, token="phone")
    told = clear_push(
        person_id=citizen.user_id,
        notification_ids=[uuid7()],
        collapse_key="k",
        badge=0,
        reference="clear:1",
        except_session=reading.session_id,
    )
    assert told == 1
    send_due()
    cleared = fcm.accepted[-1]["message"]
    assert (cleared["token"], cleared["data"]["kind"], cleared["data"]["badge"]) == ("tablet", "clear", "0")
    assert "notification" not in cleared


def test_the_same_intent_is_one_message_for_each_device(fcm: StubFcm) -> None:
    """Queued twice, sent once; told once although two devices were reached."""
    citizen = person()
    fcm_device(citizen)
    fcm_device(citizen)
    reference = push(citizen.user_id)
    queue_push(
        person_id=citizen.user_id, title="x", body="", link="/", collapse_key="x", urgency="low",
        reference=reference, ttl=60,
    )  # fmt: skip
    send_due()
    assert len(fcm.accepted) == 2
    assert [line["accepted"] for line in finished()] == [1]


def test_after_its_time_a_message_is_of_no_use(fcm: StubFcm, travel: Callable[..., None]) -> None:
    """Time to live counts from queueing."""
    citizen = person()
    fcm_device(citizen)
    push(citizen.user_id, ttl=60)
    travel(seconds=61)
    assert send_due() == 0
    assert (only().reason, fcm.ledger) == (Reason.GAVE_UP, [])


def test_the_ledger_of_a_service_holds_no_token_in_clear_with_us() -> None:
    """The token stands encrypted in the database."""
    citizen = person()
    device_id = fcm_device(citizen, token="clear-token")
    row = PushDevice.objects.filter(pk=device_id).values().get()
    raw = json.dumps({key: str(value) for key, value in row.items() if key != "token"})
    assert "clear-token" not in raw

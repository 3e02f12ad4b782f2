"""Sending through Twilio: outcomes sorted, nothing held during a call, nothing goes twice (F01, F02, F12, F13)."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from kernel import clock
from sms import selectors
from sms.gateways import GATEWAYS
from sms.models import Attempt, Message, OptOut
from sms.services import dispatch, dispatching
from sms.types import AttemptState, Found, FoundKind, MessageState, Outcome, OutcomeKind, Outgoing, Purpose, Question
from tests.factories.sms import queue_notice, send_due
from tests.stubs.twilio import StubTwilio

pytestmark = pytest.mark.django_db(transaction=True)
Travel = Callable[..., None]


def state_of(message_id: UUID) -> MessageState:
    info = selectors.message(message_id)
    assert info
    return info.state


def test_a_text_goes_once_with_its_attempt_in_the_callback(twilio: StubTwilio, number: str) -> None:
    message_id = queue_notice(number)
    assert send_due() == 1
    attempt = Attempt.objects.get()
    fields = twilio.requested()[0]["fields"]
    message = Message.objects.get()
    assert fields["To"] == number
    assert fields["Body"] == message.text
    assert fields["StatusCallback"] == f"https://gov.test.example/webhooks/twilio/status?attempt={attempt.pk}"
    assert (attempt.state, attempt.sid) == ("accepted", twilio.accepted()[0]["sid"])
    assert state_of(message_id) is MessageState.ACCEPTED
    assert send_due() == 0
    assert len(twilio.requested()) == 1


def test_parallel_deliveries_of_the_task_send_once(twilio: StubTwilio, number: str) -> None:
    message_id = queue_notice(number)

    def deliver() -> None:
        try:
            dispatch(message_id=message_id)
        finally:
            connection.close()

    threads = [threading.Thread(target=deliver) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(twilio.accepted()) == 1
    assert Attempt.objects.count() == 1


def test_no_connection_and_no_transaction_while_the_provider_is_called(
    twilio: StubTwilio, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []
    original = GATEWAYS["twilio"]().send

    class Watching:
        name = "twilio"
        deadline_seconds = 10.0

        def send(self, outgoing: Outgoing) -> Outcome:
            seen.append(connection.connection is None and not connection.in_atomic_block)
            return original(outgoing)

        def find(self, question: Question) -> Found:
            raise AssertionError(question)

    monkeypatch.setitem(GATEWAYS, "twilio", Watching)
    queue_notice(number)
    send_due()
    assert seen == [True]


@pytest.mark.parametrize(
    ("code", "opted_out"), [(21211, False), (21614, False), (21408, False), (21610, True), (30999, False)]
)
def test_refused_for_good_is_one_attempt(
    twilio: StubTwilio, number: str, code: int, opted_out: bool, travel: Travel
) -> None:
    twilio.fault(status=400, code=code, times=5)
    message_id = queue_notice(number)
    send_due()
    travel(hours=5)
    assert send_due() == 0
    assert len(twilio.requested()) == 1
    info = selectors.message(message_id)
    assert info
    assert (info.state, info.reason, info.provider_code) == (MessageState.FAILED, "refused_by_provider", str(code))
    assert OptOut.objects.exists() is opted_out


@pytest.mark.parametrize(("status", "code"), [(401, 20003), (403, 20003), (404, 20404), (503, 20503), (301, None)])
def test_our_fault_or_theirs_for_now_is_tried_again(
    twilio: StubTwilio, number: str, status: int, code: int | None, travel: Travel
) -> None:
    twilio.fault(status=status, code=code)
    message_id = queue_notice(number)
    send_due()
    assert state_of(message_id) is MessageState.RETRYING
    assert send_due() == 0
    travel(minutes=1)
    send_due()
    assert state_of(message_id) is MessageState.ACCEPTED
    assert len(twilio.accepted()) == 1
    assert twilio.requested()[1]["fields"]["Attempt"] == "2"


def test_a_closed_port_is_tried_again_and_given_up_in_time(
    twilio: StubTwilio, number: str, settings: Any, travel: Travel
) -> None:
    settings.TWILIO_API_BASE = "http://127.0.0.1:9"
    message_id = queue_notice(number, purpose=Purpose.OTP)
    for _ in range(40):
        send_due()
        travel(seconds=10)
    info = selectors.message(message_id)
    assert info
    assert (info.state, info.reason) == (MessageState.FAILED, "gave_up")
    assert {a.state for a in info.attempts} == {AttemptState.RETRY}
    assert 4 <= len(info.attempts) <= 12


@pytest.mark.parametrize(
    "fault",
    [
        {"accept": True, "drop_after_request": True},
        {"accept": True, "raw": "{broken"},
        {"accept": True, "raw": "[]"},
        {"accept": True, "raw": '{"sid": null}'},
        {"accept": True, "status": 502, "raw": "<html>bad gateway</html>"},
        {"accept": True, "status": 500, "raw": '{"code": 20500, "message": "x", "status": 500}'},
    ],
    ids=["reset", "broken-json", "not-an-object", "no-sid", "502", "500"],
)
def test_taken_but_not_told_is_looked_up_and_never_sent_again(
    twilio: StubTwilio, number: str, fault: dict[str, Any], travel: Travel
) -> None:
    twilio.fault(**fault)
    message_id = queue_notice(number)
    send_due()
    assert state_of(message_id) is MessageState.UNKNOWN
    travel(seconds=5)
    send_due()
    assert state_of(message_id) is MessageState.ACCEPTED
    assert Attempt.objects.get().sid == twilio.accepted()[0]["sid"]
    assert len(twilio.requested()) == len(twilio.accepted()) == 1


@pytest.mark.slow
@pytest.mark.parametrize("fault", [{"delay": 30.0}, {"trickle": 0.5}], ids=["late", "trickle"])
def test_ten_seconds_in_all_then_looked_up(
    twilio: StubTwilio, number: str, fault: dict[str, Any], travel: Travel
) -> None:
    twilio.fault(accept=True, **fault)
    message_id = queue_notice(number)
    started = time.monotonic()
    send_due()
    assert 9.0 < time.monotonic() - started < 25.0
    assert state_of(message_id) is MessageState.UNKNOWN
    travel(seconds=5)
    send_due()
    assert state_of(message_id) is MessageState.ACCEPTED
    assert len(twilio.accepted()) == 1


def test_not_taken_and_not_told_is_asked_twice_then_sent_again(twilio: StubTwilio, number: str, travel: Travel) -> None:
    twilio.fault(status=500)
    message_id = queue_notice(number)
    send_due()
    travel(seconds=3)
    send_due()
    assert state_of(message_id) is MessageState.UNKNOWN
    travel(seconds=9)
    send_due()
    assert state_of(message_id) is MessageState.RETRYING
    send_due()
    assert state_of(message_id) is MessageState.ACCEPTED
    assert [a.state for a in Attempt.objects.order_by("ordinal")] == ["lost", "accepted"]
    assert len(twilio.accepted()) == 1
    assert len(twilio.requested("GET")) == 2


def test_a_list_that_lags_is_waited_for(twilio: StubTwilio, number: str, travel: Travel) -> None:
    twilio.fault(accept=True, drop_after_request=True)
    twilio.hidden_for = 0.5
    message_id = queue_notice(number)
    send_due()
    travel(seconds=3)
    send_due()
    assert state_of(message_id) is MessageState.UNKNOWN
    time.sleep(0.6)
    travel(seconds=9)
    send_due()
    assert state_of(message_id) is MessageState.ACCEPTED
    assert len(twilio.accepted()) == 1


def test_no_second_send_while_the_provider_cannot_be_asked(twilio: StubTwilio, number: str, travel: Travel) -> None:
    twilio.fault(accept=True, drop_after_request=True)
    twilio.fault(method="GET", status=500, times=6)
    message_id = queue_notice(number)
    send_due()
    for _ in range(6):
        travel(minutes=2)
        send_due()
        assert state_of(message_id) is MessageState.UNKNOWN
    travel(minutes=2)
    send_due()
    assert state_of(message_id) is MessageState.ACCEPTED
    assert len(twilio.requested()) == 1


def test_two_equal_texts_to_one_number_get_one_sid_each(twilio: StubTwilio, number: str, travel: Travel) -> None:
    twilio.fault(accept=True, drop_after_request=True, times=2)
    ids = [queue_notice(number), queue_notice(number)]
    text = Message.objects.get(pk=ids[0]).text
    other = Message.objects.get(pk=ids[1])
    other.text = text
    other.save(update_fields=["text"])
    send_due()
    travel(seconds=5)
    send_due()
    travel(seconds=5)
    send_due()
    assert [state_of(i) for i in ids] == [MessageState.ACCEPTED] * 2
    assert {a.sid for a in Attempt.objects.all()} == {line["sid"] for line in twilio.accepted()}
    assert len(twilio.accepted()) == 2


def test_no_look_up_while_another_call_to_the_number_is_under_way(
    twilio: StubTwilio, number: str, travel: Travel
) -> None:
    twilio.fault(accept=True, drop_after_request=True)
    unknown, busy = queue_notice(number), queue_notice(number)
    dispatch(message_id=unknown)
    Attempt.objects.create(message_id=busy, ordinal=1, gateway="twilio", started_at=clock.now())
    Message.objects.filter(pk=busy).update(state="dispatching", due_at=clock.now() + timedelta(minutes=5))
    travel(seconds=5)
    send_due()
    assert twilio.requested("GET") == []
    Attempt.objects.filter(message_id=busy).update(state="refused")
    travel(seconds=5)
    send_due()
    assert state_of(unknown) is MessageState.ACCEPTED


class Killed(BaseException):
    """The worker process is gone: nothing after this line runs."""


@pytest.mark.parametrize("after_provider", [True, False], ids=["F01", "F02"])
def test_killed_around_the_call_loses_and_doubles_nothing(
    twilio: StubTwilio, monkeypatch: pytest.MonkeyPatch, travel: Travel, after_provider: bool
) -> None:
    ids = [queue_notice(f"+86139{secrets.randbelow(10**8):08d}") for _ in range(10)]
    send = GATEWAYS["twilio"]().send

    def dies(self: object, outgoing: Outgoing) -> Outcome:
        if after_provider:
            assert send(outgoing).kind is OutcomeKind.ACCEPTED
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("sms.gateways.twilio.TwilioGateway.send", dies)
        for message_id in ids:
            with pytest.raises(Killed):
                dispatch(message_id=message_id)
    assert send_due() == 0
    assert {state_of(i) for i in ids} == {MessageState.DISPATCHING}
    for seconds in (31, 9, 1, 1):
        travel(seconds=seconds)
        send_due()
    assert {state_of(i) for i in ids} == {MessageState.ACCEPTED}
    assert len(twilio.accepted()) == 10
    assert len({line["to"] for line in twilio.accepted()}) == 10


def test_a_worker_that_wakes_up_too_late_does_not_call(
    twilio: StubTwilio, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = time.monotonic()
    monkeypatch.setattr(
        dispatching,
        "_let_go_of_connection",
        lambda: monkeypatch.setattr(dispatching.time, "monotonic", lambda: started + 60),
    )
    message_id = queue_notice(number)
    dispatch(message_id=message_id)
    assert twilio.requested() == []
    assert state_of(message_id) is MessageState.RETRYING


def test_without_a_look_up_at_most_one_second_send_and_it_is_marked(
    number: str, monkeypatch: pytest.MonkeyPatch, settings: Any, travel: Travel
) -> None:
    calls: list[Outgoing] = []

    class Blind:
        name = "blind"
        deadline_seconds = 1.0

        def send(self, outgoing: Outgoing) -> Outcome:
            calls.append(outgoing)
            return Outcome(OutcomeKind.UNKNOWN, code="network")

        def find(self, question: Question) -> Found:
            return Found(FoundKind.UNSUPPORTED)

    settings.SMS_QUIET_HOURS_OFF = True
    settings.SMS_GATEWAY = "blind"
    monkeypatch.setitem(GATEWAYS, "blind", Blind)
    message_id = queue_notice(number)
    for _ in range(12):
        send_due()
        travel(seconds=20)
    info = selectors.message(message_id)
    assert info
    assert len(calls) == 2
    assert info.maybe_duplicate
    assert (info.state, info.reason) == (MessageState.FAILED, "outcome_unknown")


def test_a_text_that_kills_its_worker_each_time_ends(
    twilio: StubTwilio, number: str, monkeypatch: pytest.MonkeyPatch, travel: Travel
) -> None:
    def dies(self: object, outgoing: Outgoing) -> Outcome:
        raise Killed

    monkeypatch.setattr("sms.gateways.twilio.TwilioGateway.send", dies)
    message_id = queue_notice(number)
    for _ in range(40):
        try:
            send_due()
        except Killed:
            connection.close()
        travel(seconds=12)
    info = selectors.message(message_id)
    assert info
    assert (info.state, info.reason) == (MessageState.FAILED, "crashed_repeatedly")
    assert len(info.attempts) == 5

"""Receipts in any order, repeated, early, late, with unknown words and fields (reliability F15)."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kernel.ids import uuid7
from kernel.models import OutboxEvent
from sms import selectors
from sms.models import Attempt, Message, Receipt
from sms.rules.states import rank
from sms.services import expire_waiting, join_parked, record_receipt
from sms.types import MessageState
from tests.factories.sms import queue_notice, send_due
from tests.payloads.twilio import new_sid
from tests.stubs.twilio import StubTwilio

WORDS = ["queued", "sending", "sent", "delivered", "undelivered", "failed", "teleported"]


def report(sid: str, status: str, *, attempt: UUID | None = None, code: str = "") -> None:
    record_receipt(sid=sid, status=status, code=code, attempt_id=attempt, raw_id=uuid7())


@pytest.fixture
def sent(twilio: StubTwilio, number: str) -> Attempt:
    """An attempt the provider has taken."""
    queue_notice(number)
    send_due()
    return Attempt.objects.get()


@pytest.mark.django_db
@pytest.mark.parametrize("order", list(itertools.permutations(["queued", "sending", "sent", "delivered"])))
def test_every_order_ends_delivered_and_is_told_once(sent: Attempt, order: tuple[str, ...]) -> None:
    for status in [*order, *order]:
        report(sent.sid or "", status)
    assert Message.objects.get().state == "delivered"
    assert OutboxEvent.objects.filter(type="sms.message_finished").count() == 1
    assert Receipt.objects.count() == 4


@pytest.mark.django_db
def test_failure_after_delivery_is_kept_and_changes_nothing(sent: Attempt) -> None:
    report(sent.sid or "", "delivered")
    report(sent.sid or "", "failed", code="30008")
    message = Message.objects.get()
    assert (message.state, message.reason, message.provider_code) == ("delivered", "", "")
    assert Receipt.objects.filter(status="failed", code="30008").exists()


@pytest.mark.django_db
def test_delivered_after_patience_ended_still_wins(sent: Attempt, travel: Callable[..., None]) -> None:
    report(sent.sid or "", "sent")
    travel(hours=73)
    assert expire_waiting() == 1
    assert expire_waiting() == 0
    message = selectors.message(sent.message_id)
    assert message
    assert (message.state, message.reason) == (MessageState.UNDELIVERED, "no_receipt")
    report(sent.sid or "", "delivered")
    message = selectors.message(sent.message_id)
    assert message
    assert (message.state, message.reason) == (MessageState.DELIVERED, "")
    told = OutboxEvent.objects.filter(type="sms.message_finished").order_by("occurred_at")
    assert [event.data["state"] for event in told] == ["undelivered", "delivered"]


@pytest.mark.django_db
def test_a_carrier_failure_says_why(sent: Attempt) -> None:
    report(sent.sid or "", "undelivered", code="30003")
    data = OutboxEvent.objects.get(type="sms.message_finished").data
    assert (data["state"], data["reason"], data["provider_code"]) == ("undelivered", "carrier", "30003")


@pytest.mark.django_db
def test_an_unknown_word_is_kept_and_no_news(sent: Attempt) -> None:
    report(sent.sid or "", "teleported")
    assert Message.objects.get().state == "accepted"
    assert Receipt.objects.get().status == "teleported"


@pytest.mark.django_db
def test_a_receipt_faster_than_our_own_commit_is_parked_and_joined(twilio: StubTwilio, number: str) -> None:
    sid = new_sid()
    report(sid, "delivered")
    queue_notice(number)
    send_due()
    assert join_parked() == 0
    attempt = Attempt.objects.get()
    Attempt.objects.update(sid=sid)
    assert join_parked() == 1
    assert Message.objects.get().state == "delivered"
    assert Receipt.objects.get().attempt_id == attempt.pk
    assert join_parked() == 0


@pytest.mark.django_db
def test_the_callback_resolves_an_attempt_whose_answer_was_lost(twilio: StubTwilio, number: str) -> None:
    twilio.fault(accept=True, drop_after_request=True)
    queue_notice(number)
    send_due()
    attempt = Attempt.objects.get()
    assert (attempt.state, attempt.sid) == ("unknown", None)
    sid = twilio.accepted()[0]["sid"]
    report(sid, "sent", attempt=attempt.pk)
    attempt.refresh_from_db()
    assert (attempt.state, attempt.sid) == ("accepted", sid)
    assert Message.objects.get().state == "sent"
    assert send_due() == 0
    assert twilio.requested("GET") == []


@pytest.mark.django_db
def test_two_sids_for_one_attempt_are_marked(sent: Attempt) -> None:
    report(new_sid(), "sent", attempt=sent.pk)
    assert Message.objects.get().maybe_duplicate


@pytest.mark.django_db
def test_a_callback_for_an_attempt_nobody_made_is_parked(sent: Attempt) -> None:
    report(new_sid(), "delivered", attempt=uuid7())
    assert Message.objects.get().state == "accepted"
    assert Receipt.objects.get().attempt is None


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(news=st.lists(st.sampled_from(WORDS), max_size=8))
def test_whatever_comes_the_state_never_falls_back(sent: Attempt, news: list[str]) -> None:
    Message.objects.update(state="accepted", reason="", finished_at=None)
    Receipt.objects.all().delete()
    before = MessageState.ACCEPTED
    for word in news:
        report(sent.sid or "", word)
        state = MessageState(Message.objects.get().state)
        assert rank(state) >= rank(before)
        before = state
    assert ("delivered" in news) is (before is MessageState.DELIVERED)

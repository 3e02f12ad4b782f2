"""Two carriers at once: failover, both down, back again, nothing through both (F10, F11)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from kernel import clock
from sms.gateways import GATEWAYS
from sms.models import Attempt, Carrier, CarrierChange, GatewayHold, Message
from sms.services import move_shares
from sms.types import Found, FoundKind, Outcome, OutcomeKind, Outgoing, Purpose, Question
from tests.factories.sms import queue_notice, random_mobile, send_due

pytestmark = pytest.mark.django_db
Travel = Callable[..., None]


class Scripted:
    """A carrier that answers as told and remembers what it took."""

    deadline_seconds = 10.0

    def __init__(self, name: str) -> None:
        self.name = name
        self.kind = OutcomeKind.ACCEPTED
        self.hold: float | None = None
        self.asked: list[str] = []
        self.taken: list[str] = []

    def send(self, outgoing: Outgoing) -> Outcome:
        self.asked.append(outgoing.to)
        if self.kind is not OutcomeKind.ACCEPTED:
            return Outcome(self.kind, code="503", hold_seconds=self.hold)
        self.taken.append(outgoing.to)
        return Outcome(OutcomeKind.ACCEPTED, sid=f"{self.name}:{outgoing.attempt_id}")

    def find(self, question: Question) -> Found:
        return Found(FoundKind.ABSENT)


@pytest.fixture
def two(settings: Any, monkeypatch: pytest.MonkeyPatch) -> tuple[Scripted, Scripted]:
    """Carriers a and b, half of the traffic each."""
    a, b = Scripted("a"), Scripted("b")
    settings.SMS_GATEWAYS, settings.SMS_QUIET_HOURS_OFF = ["a", "b"], True
    monkeypatch.setitem(GATEWAYS, "a", lambda: a)
    monkeypatch.setitem(GATEWAYS, "b", lambda: b)
    return a, b


def queue(number: int, purpose: Purpose = Purpose.STATUTORY) -> None:
    for _ in range(number):
        queue_notice(random_mobile(), purpose=purpose)


def test_both_carry_while_both_work(two: tuple[Scripted, Scripted]) -> None:
    a, b = two
    queue(60)
    send_due(60)
    assert len(a.taken) + len(b.taken) == 60
    assert min(len(a.taken), len(b.taken)) > 5


def test_a_failing_carrier_is_left_and_comes_back(two: tuple[Scripted, Scripted], travel: Travel) -> None:
    a, b = two
    a.kind = OutcomeKind.AGAIN
    queue(60)
    for _ in range(4):
        send_due(60)
        travel(seconds=4)
    assert len(b.taken) == len(set(b.taken)) == 60
    assert a.taken == []
    assert len(a.asked) <= 12
    assert [change.what for change in CarrierChange.objects.filter(gateway="a", what="opened")] == ["opened"]
    a.kind = OutcomeKind.ACCEPTED
    travel(seconds=60)
    queue(30)
    send_due(90)
    assert CarrierChange.objects.filter(gateway="a", what="closed").count() == 1
    assert not GatewayHold.objects.filter(pk="a").exists()
    queue(30)
    send_due(120)
    assert a.taken
    assert not set(a.taken) & set(b.taken)


def test_with_both_down_everything_waits(two: tuple[Scripted, Scripted], travel: Travel) -> None:
    a, b = two
    a.kind = b.kind = OutcomeKind.AGAIN
    queue(30)
    for _ in range(8):
        send_due(30)
        travel(seconds=30)
    assert set(Message.objects.values_list("state", flat=True)) == {"retrying"}
    assert len(a.asked) + len(b.asked) < 60
    a.kind = b.kind = OutcomeKind.ACCEPTED
    for _ in range(6):
        travel(seconds=300)
        send_due(30)
    assert len(a.taken) + len(b.taken) == 30
    assert set(Message.objects.values_list("state", flat=True)) == {"accepted"}


def test_one_carrier_that_asks_for_patience_is_left_alone(two: tuple[Scripted, Scripted], travel: Travel) -> None:
    a, b = two
    a.kind, a.hold = OutcomeKind.AGAIN, 7.0
    queue(40)
    send_due(40)
    asked = len(a.asked)
    assert asked == 1
    travel(seconds=6)
    send_due(40)
    assert len(a.asked) == asked
    travel(seconds=2)
    send_due(40)
    assert len(b.taken) == 40


def test_an_unknown_end_is_never_tried_at_the_other_carrier(two: tuple[Scripted, Scripted]) -> None:
    a, b = two
    a.kind = b.kind = OutcomeKind.UNKNOWN
    queue(10)
    send_due(10)
    a.kind = b.kind = OutcomeKind.ACCEPTED
    send_due(10)
    assert a.taken == b.taken == []


def test_a_code_is_given_up_after_two_minutes_and_a_notice_after_three_days(
    two: tuple[Scripted, Scripted], travel: Travel
) -> None:
    a, b = two
    a.kind = b.kind = OutcomeKind.AGAIN
    queue(1, Purpose.OTP)
    queue(1)
    code, notice = Message.objects.get(purpose="otp"), Message.objects.get(purpose="statutory")
    assert code.give_up_at - code.queued_at == timedelta(minutes=2)
    assert notice.give_up_at - notice.queued_at == timedelta(hours=72)
    travel(minutes=3)
    send_due()
    code.refresh_from_db()
    notice.refresh_from_db()
    assert (code.state, code.reason) == ("failed", "gave_up")
    assert notice.state == "retrying"


def test_shares_move_away_from_slow_delivery_and_back(two: tuple[Scripted, Scripted], travel: Travel) -> None:
    queue(60)
    send_due(60)
    travel(minutes=6)
    slow = Attempt.objects.filter(gateway="a").values("message_id")
    Message.objects.exclude(pk__in=slow).update(state="delivered", finished_at=clock.now() - timedelta(minutes=5))
    assert move_shares() == 2
    assert {row.gateway: row.share for row in Carrier.objects.all()} == {"a": 40, "b": 60}
    assert "slow" in CarrierChange.objects.get(gateway="a", what="share").why
    assert move_shares() == 0
    Message.objects.update(state="delivered", finished_at=clock.now() - timedelta(minutes=5))
    travel(minutes=20)
    assert move_shares() == 2
    assert {row.gateway: row.share for row in Carrier.objects.all()} == {"a": 50, "b": 50}

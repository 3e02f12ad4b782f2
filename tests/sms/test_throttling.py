"""429 with Retry-After: the whole channel waits, nothing is lost or doubled, the backlog leaves at once after (F10)."""

from __future__ import annotations

import secrets
from collections.abc import Callable

import pytest

from sms.gateways.twilio import TwilioGateway
from sms.models import Attempt, GatewayHold, Message
from sms.services import claim_due, dispatch
from sms.types import Outcome, Outgoing, Purpose
from tests.factories.sms import queue_notice, random_mobile, send_due
from tests.stubs.twilio import StubTwilio

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_channel_is_left_alone_as_long_as_asked(twilio: StubTwilio, travel: Callable[..., None]) -> None:
    twilio.fault(status=429, code=20429, headers={"Retry-After": "70"})
    for _ in range(20):
        queue_notice(f"+86137{secrets.randbelow(10**8):08d}")
    send_due()
    assert len(twilio.requested()) == 1
    assert claim_due(purpose=Purpose.STATUTORY) == []
    travel(seconds=55)
    send_due()
    assert len(twilio.requested()) == 1
    travel(seconds=20)
    send_due()
    assert len(twilio.accepted()) == 20
    assert Message.objects.get(attempts__code="20429").failures == 0


def test_look_ups_wait_as_well(twilio: StubTwilio, number: str, travel: Callable[..., None]) -> None:
    twilio.fault(accept=True, drop_after_request=True)
    queue_notice(number)
    send_due()
    twilio.fault(status=429, headers={"Retry-After": "30"})
    queue_notice(number)
    send_due()
    travel(seconds=10)
    send_due()
    assert twilio.requested("GET") == []
    travel(seconds=25)
    send_due()
    assert len(twilio.requested("GET")) == 1


def test_a_code_that_cannot_wait_so_long_is_given_up(twilio: StubTwilio, number: str) -> None:
    twilio.fault(status=429, headers={"Retry-After": "600"})
    message_id = queue_notice(number, purpose=Purpose.OTP)
    send_due()
    message = Message.objects.get(pk=message_id)
    assert (message.state, message.reason, message.provider_code) == ("failed", "gave_up", "429")


def test_a_longer_hold_is_not_shortened(twilio: StubTwilio, number: str) -> None:
    twilio.fault(status=429, headers={"Retry-After": "60"})
    queue_notice(number)
    send_due()
    first = GatewayHold.objects.get().until
    GatewayHold.objects.update(until=first)
    assert Attempt.objects.get().state == "retry"
    assert (first - Message.objects.get().queued_at).total_seconds() == pytest.approx(60, abs=2)


def test_after_a_hold_one_call_probes_and_the_others_wait_for_it(
    twilio: StubTwilio, travel: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    twilio.fault(status=429, headers={"Retry-After": "30"})
    ids = [queue_notice(random_mobile()) for _ in range(3)]
    send_due()
    travel(seconds=32)
    send, seen = TwilioGateway.send, []

    def while_others_come(self: TwilioGateway, outgoing: Outgoing) -> Outcome:
        monkeypatch.setattr(TwilioGateway, "send", send)
        seen.extend(dispatch(message_id=message_id) for message_id in ids)
        return send(self, outgoing)

    monkeypatch.setattr(TwilioGateway, "send", while_others_come)
    dispatch(message_id=ids[0])
    assert seen == [False] * 3
    assert len(twilio.accepted()) == 1
    assert not GatewayHold.objects.exists()
    travel(seconds=2)
    send_due()
    assert len(twilio.accepted()) == 3


def test_what_is_handed_out_is_not_handed_out_again(number: str) -> None:
    ids = {queue_notice(number, purpose=Purpose.OTP) for _ in range(5)}
    assert set(claim_due(purpose=Purpose.OTP)) == ids
    assert claim_due(purpose=Purpose.OTP) == []

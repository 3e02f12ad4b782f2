"""Recordings of calls: told of by a signed report, fetched by the product's own client from a server that behaves like
Twilio, stored, heard by who may, each hearing journalled (issue 4, operator's desk; anonymous and confidential)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from backend.inquiries import services
from backend.inquiries.models import Call, Order
from backend.inquiries.types import RequestType
from backend.journal.models import JournalLine
from kernel.actors import Actor
from tests.api.inquiries.people import api
from tests.factories import inquiries as make
from tests.payloads.twilio import hook, new_sid
from tests.stubs.twilio import StubTwilio
from tests.webhooks.conftest import Send

pytestmark = pytest.mark.django_db
NUMBER = "+8613805271234"


@pytest.fixture
def twilio(settings: Any) -> Iterator[StubTwilio]:
    with StubTwilio(settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN, settings.PUBLIC_BASE_URL) as stub:
        settings.TWILIO_API_BASE = stub.base
        yield stub


@pytest.fixture
def net() -> make.Net:
    return make.net()


@pytest.fixture
def recorded(send: Send, twilio: StubTwilio, deliver_events: Callable[[], int]) -> Call:
    """A call whose recording the exchange has told of, and which is not fetched yet."""
    sid = new_sid("CA")
    fields = {
        "AccountSid": twilio.account,
        "CallSid": sid,
        "CallStatus": "ringing",
        "From": NUMBER,
        "To": "+8652712345",
    }
    send(hook(twilio.token, f"{twilio.public_base_url}/webhooks/twilio/voice", fields))
    deliver_events()
    report = twilio.record(sid, make.voice(), seconds=1)
    assert send(report).status_code == 204
    assert send(report).status_code == 204
    deliver_events()
    call = Call.objects.get(sid=sid)
    services.give_back_recordings(call_ids=[call.id])  # the relay has handed it to a worker, which no test has
    return call


def fetch() -> Call:
    """What the relay and a worker do."""
    for call_id in services.claim_recordings():
        services.keep_recording(call_id=call_id)
    return Call.objects.get()


def order_of(net: make.Net, call: Call, **changes: Any) -> Order:
    order = make.called(net, phone=NUMBER, **changes)
    Call.objects.filter(pk=call.id).update(order=order)
    make.dispatched(net, order)
    return order


def hear(who: Actor, call: Call) -> int:
    status: int = api(who).get(f"/hotline/calls/{call.id}/recording").status_code
    return status


def test_it_is_fetched_kept_and_heard(net: make.Net, recorded: Call, twilio: StubTwilio) -> None:
    assert services.claim_recordings() != []
    assert services.claim_recordings() == []
    services.give_back_recordings(call_ids=[recorded.id])
    call = fetch()
    assert (call.recording_seconds, call.recording_due_at) == (1, None)
    assert len(twilio.requested("GET")) == 1
    operator = api(net.operator)
    answer = operator.get(f"/hotline/calls/{call.id}/recording")
    assert b"".join(answer.streaming_content) == make.voice()
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("audio/wav", "private, no-store")
    assert JournalLine.objects.filter(action="inquiry.recording_heard", actor_id=net.operator.user_id).count() == 1
    order = order_of(net, call)
    shown = operator.get(f"/hotline/orders/{order.id}").json()["recordings"]
    assert [(row["call_id"], row["seconds"]) for row in shown] == [(str(call.id), 1)]


def test_a_report_on_wrongdoing_is_never_heard_in_the_unit(net: make.Net, recorded: Call) -> None:
    call = fetch()
    order = order_of(net, call, request_type=RequestType.REPORT)
    for official in (net.city.handler, net.city.deputy, net.city.head, net.county.handler):
        assert hear(official, call) == 404
        assert not api(official).get(f"/inquiries/handling/{order.id}").json().get("recordings")
    assert hear(make.citizen(), call) == 404
    assert hear(net.leader, call) == 200
    assert JournalLine.objects.filter(action="inquiry.recording_heard").count() == 1


def test_nor_is_an_anonymous_voice_but_an_open_one_is(net: make.Net, recorded: Call) -> None:
    call = fetch()
    order = order_of(net, call)
    assert (hear(net.city.handler, call), hear(net.county.handler, call)) == (200, 404)
    Order.objects.filter(pk=order.id).update(is_anonymous=True)
    assert hear(net.city.handler, call) == 404


@pytest.mark.parametrize("fault", [{"status": 503}, {"drop_after_request": True}])
def test_what_fails_is_tried_again(
    net: make.Net, recorded: Call, twilio: StubTwilio, travel: Callable[..., Any], fault: dict[str, Any]
) -> None:
    twilio.fault(method="GET", **fault)
    call = fetch()
    assert (call.recording_file_id, call.recording_tries) == (None, 1)
    assert hear(net.operator, call) == 404
    assert services.claim_recordings() == []
    travel(seconds=11)
    assert fetch().recording_file_id is not None


@pytest.mark.parametrize("sound", [None, b"RIFF\x10\0\0\0WAVEnonsense", b"%PDF-1.7 not a sound"])
def test_what_is_no_sound_is_given_up(net: make.Net, recorded: Call, twilio: StubTwilio, sound: bytes | None) -> None:
    twilio.recordings = {} if sound is None else dict.fromkeys(twilio.recordings, sound)
    call = fetch()
    assert (call.recording_file_id, call.recording_due_at) == (None, None)
    assert api(net.operator).get(f"/hotline/calls/{call.id}").json()["call"]["recording"] == "lost"
    assert JournalLine.objects.filter(action="inquiry.recording_lost").exists()


def test_the_password_goes_to_no_other_address(net: make.Net, recorded: Call, twilio: StubTwilio) -> None:
    Call.objects.update(recording_url="https://elsewhere.example/2010-04-01/Accounts/../Recordings/RE1")
    assert fetch().recording_file_id is None
    assert twilio.requested("GET") == []


def test_a_call_that_was_not_recorded_has_none(
    send: Send, net: make.Net, recorded: Call, twilio: StubTwilio, deliver_events: Callable[[], int]
) -> None:
    Call.objects.update(recording_sid="", recording_due_at=None)
    fields = dict(twilio.record(recorded.sid, make.voice(), seconds=0).pairs) | {"RecordingStatus": "absent"}
    assert send(hook(twilio.token, f"{twilio.public_base_url}/webhooks/twilio/recording", fields)).status_code == 204
    deliver_events()
    assert services.claim_recordings() == []

"""Calls: signed reports of the exchange pop up at the desk, in any order and however often (reliability F14, F15)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from backend.inquiries.models import Call
from tests.api.inquiries.people import api
from tests.factories import inquiries as make
from tests.payloads.twilio import Hook, hook, new_sid
from tests.webhooks.conftest import Send

pytestmark = pytest.mark.django_db
NUMBER = "+8613805271234"


@pytest.fixture
def report(settings: Any) -> Callable[..., Hook]:
    """A genuine report; the fields are those of Twilio's documentation of calls (2026)."""

    def made(path: str, **fields: str) -> Hook:
        whole = {
            "AccountSid": settings.TWILIO_ACCOUNT_SID,
            "ApiVersion": "2010-04-01",
            "Direction": "inbound",
            **fields,
        }
        return hook(settings.TWILIO_AUTH_TOKEN, f"{settings.PUBLIC_BASE_URL}/webhooks/twilio/{path}", whole)

    return made


def fields(sid: str, status: str, **more: str) -> dict[str, str]:
    return {"CallSid": sid, "CallStatus": status, "From": NUMBER, "To": "+8652712345", "Caller": NUMBER, **more}


def test_a_call_pops_up_is_taken_and_has_its_recording(
    send: Send, report: Callable[..., Hook], deliver_events: Callable[[], int]
) -> None:
    net, sid = make.net(), new_sid("CA")
    operator = api(net.operator)
    _, cursor = (lambda body: (body["state"], body["cursor"]))(operator.get("/me/snapshot").json())
    answer = send(report("voice", **fields(sid, "ringing")))
    assert (answer.status_code, b"<Enqueue>12345</Enqueue>" in answer.content) == (200, True)
    deliver_events()
    events = operator.get("/me/events", since=cursor).json()["events"]
    popped = [row for event in events for row in event["data"].get("upsert", {}).get("calls", [])]
    assert [row["number"] for row in popped] == [NUMBER]
    assert operator.get("/me/snapshot").json()["state"]["calls"] == popped
    assert send(report("voice-status", **fields(sid, "in-progress"))).status_code == 204
    assert send(report("voice-status", **fields(sid, "completed", CallDuration="95"))).status_code == 204
    url = "https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE1"
    recorded = {"CallSid": sid, "RecordingSid": new_sid("RE"), "RecordingUrl": url, "RecordingDuration": "90"}
    assert send(report("recording", **recorded)).status_code == 204
    deliver_events()
    call = Call.objects.get()
    assert (call.state, call.seconds, call.recording_seconds, call.recording_url) == ("finished", 95, 90, url)
    assert operator.get("/me/snapshot").json()["state"]["calls"] == []


def test_late_and_repeated_reports_do_not_turn_a_call_back(
    send: Send, report: Callable[..., Hook], deliver_events: Callable[[], int]
) -> None:
    make.net()
    sid = new_sid("CA")
    for status in ("in-progress", "completed", "ringing", "completed"):
        send(report("voice-status", **fields(sid, status, CallDuration="5" if status == "completed" else "")))
    deliver_events()
    assert Call.objects.get().state == "finished"


def test_a_caller_who_gave_up_is_lost(
    send: Send, report: Callable[..., Hook], deliver_events: Callable[[], int]
) -> None:
    make.net()
    sid = new_sid("CA")
    send(report("voice", **fields(sid, "ringing")))
    send(report("voice-status", **fields(sid, "completed", CallDuration="0")))
    deliver_events()
    assert Call.objects.get().state == "lost"


def test_what_is_not_signed_or_not_a_call_is_refused(send: Send, report: Callable[..., Hook]) -> None:
    sid = new_sid("CA")
    assert send(report("voice", **fields(sid, "ringing")), signature="AAAA").status_code == 403
    assert send(report("voice", **fields("CA1", "ringing"))).status_code == 403
    assert send(report("recording", CallSid=sid, RecordingSid="RE1", RecordingUrl="http://evil")).status_code == 403
    assert not Call.objects.exists()

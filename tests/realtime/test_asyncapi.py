"""openapi/asyncapi.yaml says what the socket does: frames, limits, close codes (F38)."""

from __future__ import annotations

import json

import pytest

from kernel.models import PersonEvent
from mobile_api.realtime import frames
from mobile_api.realtime.log import document as as_sent
from tests.factories import accounts
from tests.factories.notifications import case_event
from tests.realtime.asyncapi import document, validator


def test_close_codes_and_limits_are_those_of_the_code() -> None:
    channel = document()["channels"]["events"]
    assert set(channel["x-close-codes"]) == {code.value for code in frames.CloseCode}
    assert channel["x-limits"] == {
        "ping-seconds": frames.PING_SECONDS,
        "pending-frames": frames.MAX_PENDING_FRAMES,
        "pending-bytes": frames.MAX_PENDING_BYTES,
        "client-frame-bytes": frames.MAX_CLIENT_FRAME_BYTES,
        "client-frames-a-minute": frames.MAX_CLIENT_FRAMES_A_MINUTE,
        "connections-a-person": frames.MAX_SOCKETS_A_PERSON,
    }
    assert frames.SUBPROTOCOL in channel["description"]


def test_ping_and_acknowledgement() -> None:
    validator("Ping").validate(json.loads(frames.PING.text))
    for text in ('{"ack": 0}', '{"ack": 7}', '{"ack": -1}', '{"ack": "7"}', "{}", '{"ack": 1, "x": 2}'):
        assert validator("Ack").is_valid(json.loads(text)) is (frames.parse_ack(text) is not None), text


@pytest.mark.django_db
def test_an_event_as_it_is_sent(deliver_events: object) -> None:
    case_event("case.accepted", accounts.citizen(), case_no="32130020131125000187")
    deliver_events()  # type: ignore[operator]
    rows = list(PersonEvent.objects.order_by("seq"))
    assert rows
    for row in rows:
        sent = json.loads(frames.encode(row.seq, as_sent(row)).text)
        validator("Event").validate(sent)
        assert not validator("Event").is_valid({**sent, "extra": 1})

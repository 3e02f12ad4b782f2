"""SMPP 3.4 against an SMSC that is not ours: reports, texts in parts, every end of a call (F12, F15)."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from sms.gateways import smpp as gateway
from sms.models import Attempt, InboundMessage, Message
from sms.receiver import listen
from sms.services.receipts import join_parked
from tests.factories.sms import queue_notice, random_mobile, send_due
from tests.stubs.smsc import Smsc

pytestmark = pytest.mark.django_db(transaction=True)
Travel = Callable[..., None]


@pytest.fixture(scope="module")
def server() -> Iterator[Smsc]:
    """One SMSC for the file."""
    with Smsc() as running:
        yield running


@pytest.fixture
def smsc(server: Smsc, settings: Any) -> Iterator[Smsc]:
    """The SMSC, well behaved, with the product pointed at it."""
    settings.SMS_GATEWAY, settings.SMS_QUIET_HOURS_OFF = "smpp", True
    settings.SMPP_HOST, settings.SMPP_PORT = "127.0.0.1", server.port
    settings.SMPP_SYSTEM_ID, settings.SMPP_PASSWORD, settings.SMPP_SOURCE = "suqian", "secret", "1069012345"
    server.script()
    yield server
    gateway._link.drop()


@pytest.fixture
def receiver(smsc: Smsc, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The receiver, listening."""
    monkeypatch.setattr("sms.receiver.LISTEN_SECONDS", 0.05)
    over: list[bool] = []

    def run() -> None:
        listen(lambda: bool(over))
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    yield
    over.append(True)
    thread.join()


def taken(smsc: Smsc, number: str) -> list[dict[str, Any]]:
    return [line for line in smsc.accepted() if line["destination"] == number.removeprefix("+")]


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def delivered() -> bool:
    """Whether the only message is; a report that overtook the answer to our own call waits for the pump, run here."""
    join_parked()
    return Message.objects.get().state == "delivered"


def test_a_text_goes_whole_and_its_report_closes_it(smsc: Smsc, receiver: None, number: str) -> None:
    smsc.script(report="DELIVRD")
    queue_notice(number)
    send_due()
    message, attempt = Message.objects.get(), Attempt.objects.get()
    (line,) = taken(smsc, number)
    assert line["text"] == message.text
    assert line["source"] == "1069012345"
    assert attempt.sid == f"smpp:{line['id']}"
    assert line["reference"] == attempt.pk.int & 0xFFFF
    until(delivered)
    assert smsc.delivered()[-1]["status"] == 0


def test_a_text_of_several_parts_is_one_submit(smsc: Smsc, number: str) -> None:
    queue_notice(number)
    long = "宿迁" * 150
    message = Message.objects.get()
    message.text = long
    message.save()
    send_due()
    (line,) = taken(smsc, number)
    assert line["text"] == long


@pytest.mark.parametrize(
    ("status", "state", "attempt"),
    [
        (0x0B, "failed", "refused"),
        (0x58, "retrying", "retry"),
        (0x08, "retrying", "retry"),
        (0x14, "retrying", "retry"),
    ],
)
def test_error_answers_are_sorted(smsc: Smsc, number: str, status: int, state: str, attempt: str) -> None:
    smsc.script(status=status, times=1)
    queue_notice(number)
    send_due()
    assert (Message.objects.get().state, Attempt.objects.get().state) == (state, attempt)
    assert Attempt.objects.get().code == f"0x{status:02X}"
    assert taken(smsc, number) == []


def test_an_smsc_that_lets_nobody_in_costs_no_text(smsc: Smsc, number: str) -> None:
    smsc.script(refuse_bind=True)
    queue_notice(number)
    send_due()
    assert (Attempt.objects.get().state, Attempt.objects.get().code) == ("retry", "not_bound")
    assert Message.objects.get().state == "retrying"


def test_a_connection_that_died_meanwhile_is_made_anew(smsc: Smsc, number: str) -> None:
    queue_notice(number)
    send_due()
    assert gateway._link._client is not None
    gateway._link._client._socket.shutdown(2)
    queue_notice(number)
    send_due()
    assert len(taken(smsc, number)) == 2
    assert set(Attempt.objects.values_list("state", flat=True)) == {"accepted"}


def test_a_lost_answer_is_found_by_its_report(smsc: Smsc, receiver: None, number: str, travel: Travel) -> None:
    """Taken, then the connection broke: nothing goes out again before the report has had its time."""
    before = len(smsc.delivered())
    smsc.script(after=True, times=1, report="DELIVRD", report_after=300)
    queue_notice(number)
    send_due()
    assert Attempt.objects.get().state == "unknown"
    until(lambda: len(smsc.delivered()) > before)
    travel(seconds=4)
    send_due()
    assert Message.objects.get().state == "delivered"
    assert len(taken(smsc, number)) == 1


def test_without_any_report_one_second_text_goes_and_is_marked(smsc: Smsc, number: str, travel: Travel) -> None:
    smsc.script(after=True, times=1)
    queue_notice(number)
    for _ in range(6):
        send_due()
        travel(seconds=12)
    message = Message.objects.get()
    assert (message.state, message.maybe_duplicate) == ("accepted", True)
    assert len(taken(smsc, number)) == 2


def test_parts_in_wrong_order_become_one_text(smsc: Smsc, receiver: None) -> None:
    number, words = random_mobile(), "三天了还没有人联系我😀" * 20
    octets = words.encode("utf-16-be")
    cut = [octets[place : place + 134] for place in range(0, len(octets), 134)]
    pieces = [
        {
            "source_addr": number.removeprefix("+"),
            "destination_addr": "106901234512",
            "esm_class": 0x40,
            "data_coding": 8,
            "octets": piece.hex(),
            "udh": f"050003{7:02x}{len(cut):02x}{place:02x}",
        }
        for place, piece in enumerate(cut, 1)
    ]
    smsc.deliver(*reversed(pieces), pieces[0])
    until(InboundMessage.objects.exists)
    row = InboundMessage.objects.get()
    assert (row.text, row.from_number, row.extension) == (words, number, "12")


def test_a_text_delivered_again_has_one_effect(smsc: Smsc, receiver: None) -> None:
    number = random_mobile()
    text = {"source_addr": number.removeprefix("+"), "destination_addr": "1069012345", "data_coding": 8,
            "octets": "5".encode("utf-16-be").hex()}  # fmt: skip
    before = len(smsc.delivered())
    smsc.deliver(text)
    until(InboundMessage.objects.exists)
    smsc.cut()
    smsc.deliver(text, text)
    until(lambda: len(smsc.delivered()) >= before + 3)
    assert InboundMessage.objects.get().text == "5"

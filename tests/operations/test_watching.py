"""What operators see: figures, one text's story, a worker alive but silent, the doctor (F05, F08, F11 visible)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from backend.accounts.types import Role
from backend.operations import selectors, services
from backend.operations.models import Heartbeat
from backend.operations.rules import is_silent
from kernel import clock
from kernel.actors import Actor
from kernel.errors import CommonError, DomainError
from kernel.models import Delivery
from sms.models import GatewayHold, Message
from sms.services import queue_message, record_receipt
from sms.types import Purpose
from tests.factories import accounts
from tests.factories.sms import queue_notice, random_mobile, send_due

pytestmark = pytest.mark.django_db
Travel = Callable[..., None]
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def manager_of(role: Role) -> Actor:
    """An official with this role at an organisation of their own."""
    return accounts.actor(accounts.official(role))


@pytest.mark.parametrize(
    ("asked", "answered", "started", "silent"),
    [
        (0, 5, 3600, False),
        (0, 31, 3600, True),
        (0, None, 31, True),
        (0, None, 20, False),
        (0, 600, 10, False),
        (25, 600, 3600, False),
    ],
)
def test_a_worker_is_silent_when_knocks_go_unanswered(
    asked: int, answered: int | None, started: int, silent: bool
) -> None:
    """Not when nobody knocked lately (no relay, no broker), and not before it has been up for a while."""

    def ago(seconds: int) -> datetime:
        return NOW - timedelta(seconds=seconds)

    found = is_silent(ago(asked), None if answered is None else ago(answered), ago(started), NOW)
    assert found is silent


def test_knock_and_answer(travel: Travel) -> None:
    started = clock.now() - timedelta(minutes=5)
    services.note_knock(queue="otp")
    services.note_answer(queue="otp")
    assert selectors.silent_queues({"otp", "bulk"}, started) == []
    Heartbeat.objects.update(answered_at=clock.now() - timedelta(seconds=40))
    assert selectors.silent_queues({"otp"}, started) == ["otp"]


def test_metrics_tell_what_waits_and_whose_circuit_is_open(settings: Any) -> None:
    settings.SMS_GATEWAYS = ["twilio", "smpp"]
    settings.SMS_QUIET_HOURS_OFF = True
    GatewayHold.objects.create(gateway="smpp", until=clock.now() + timedelta(seconds=30), code="circuit")
    number = random_mobile()
    queue_notice(number)
    text = Client().get("/metrics").content.decode()
    assert 'suqian_texts_waiting{purpose="statutory"} 1.0' in text
    assert 'suqian_carrier_circuit{gateway="smpp"} 3.0' in text
    assert 'suqian_carrier_circuit{gateway="twilio"} 0.0' in text
    assert number[3:] not in text


def test_a_texts_whole_story(settings: Any) -> None:
    settings.SMS_GATEWAY, settings.SMS_QUIET_HOURS_OFF = "handset", True
    manager = manager_of(Role.SYSTEM_MANAGER)
    clerk = manager_of(Role.WINDOW_CLERK)
    (grant,) = manager.grants
    message_id = queue_message(
        to=random_mobile(),
        template="not_accepted",
        params={"case_no": "32130020131125000187"},
        purpose=Purpose.STATUTORY,
        reference="test:story",
        organisation_id=grant.organisation_id,
    )
    send_due()
    sid = Message.objects.get().attempts.get().sid
    assert sid
    for status in ("sent", "delivered", "sent"):
        record_receipt(sid=sid, status=status, code="", attempt_id=None, raw_id=None)
    story = selectors.story_by_reference(manager, "test:story")
    assert story.message.id == message_id
    assert "32130020131125000187" in story.text
    assert [receipt.status for receipt in story.receipts] == ["sent", "delivered"]
    assert (story.message.state, story.message.attempts[0].state) == ("delivered", "accepted")
    for stranger in (clerk, manager_of(Role.SYSTEM_MANAGER)):
        with pytest.raises(DomainError) as refused:
            selectors.readable_story(stranger, message_id)
        assert refused.value.code is CommonError.NOT_FOUND
    assert services.retry_message(actor=manager, message_id=message_id) is False


def test_a_text_that_was_given_up_goes_once_more_by_hand(settings: Any) -> None:
    settings.SMS_GATEWAY, settings.SMS_QUIET_HOURS_OFF = "handset", True
    manager = manager_of(Role.SYSTEM_MANAGER)
    message_id = queue_notice(random_mobile())
    Message.objects.update(state="failed", reason="gave_up", organisation_id=next(iter(manager.grants)).organisation_id)
    assert services.retry_message(actor=manager, message_id=message_id) is True
    send_due()
    assert Message.objects.get().state == "accepted"


def test_the_code_of_a_sign_in_is_not_in_the_story() -> None:
    manager = manager_of(Role.SYSTEM_MANAGER)
    message_id = queue_message(
        to=random_mobile(),
        template="otp",
        params={"code": "381946", "minutes": "5"},
        purpose=Purpose.OTP,
        reference="test:code",
        organisation_id=next(iter(manager.grants)).organisation_id,
    )
    assert "381946" not in selectors.readable_story(manager, message_id).text


def test_the_doctor_finds_what_is_wrong(settings: Any) -> None:
    settings.SMS_GATEWAY, settings.PUBLIC_BASE_URL = "handset", "http://127.0.0.1:8000"
    settings.REALTIME_PUBLIC_URL = "ws://127.0.0.1:8001"
    for queue in ("otp", "bulk"):
        services.note_knock(queue=queue)
        services.note_answer(queue=queue)
    out = StringIO()
    call_command("doctor", stdout=out)
    assert "BAD" not in out.getvalue()
    Heartbeat.objects.update(answered_at=clock.now() - timedelta(minutes=5))
    queue_notice(random_mobile())
    Message.objects.update(due_at=clock.now() - timedelta(minutes=10))
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("doctor", stdout=out)
    bad = [line.split()[1] for line in out.getvalue().splitlines() if "BAD" in line]
    assert bad == ["texts", "workers"]
    assert not Delivery.objects.filter(state="parked").exists()

"""Genuine webhooks: one effect however often they come, raw kept, quick answers (reliability F14, F15, F17)."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from kernel import outbox
from kernel.models import Delivery, OutboxEvent
from sms import selectors
from sms.models import Attempt, InboundMessage, Message, OptOut, Receipt
from tests.factories.sms import queue_notice, random_mobile, send_due
from tests.payloads.twilio import Hook, hook, new_sid, status_fields
from tests.sms.conftest import twilio  # noqa: F401 - the same stub
from tests.stubs.twilio import StubTwilio
from tests.webhooks.conftest import FORM, Send
from webhooks.models import RawWebhook
from webhooks.store import read_raw

pytestmark = pytest.mark.django_db
Make = Callable[..., Hook]


def parallel(hook: Hook, times: int, threads: int) -> list[tuple[int, float]]:
    """Post one hook `times` times from `threads` threads: status and seconds of each."""
    results: list[tuple[int, float]] = []
    gate = threading.Semaphore(threads)

    def post() -> None:
        with gate:
            started = time.monotonic()
            answer = Client().post(
                hook.path, data=hook.body, content_type=FORM, headers={"X-Twilio-Signature": hook.signature}
            )
            results.append((answer.status_code, time.monotonic() - started))
            connection.close()

    workers = [threading.Thread(target=post) for _ in range(times)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_fifty_equal_texts_in_parallel_are_one_text(inbound: Make) -> None:
    results = parallel(inbound("5"), 50, 5)
    assert {status for status, _ in results} == {200}
    outbox.run_pending()
    assert InboundMessage.objects.count() == 1
    assert OutboxEvent.objects.filter(type="sms.received").count() == 1
    assert RawWebhook.objects.get().repeats == 49


@pytest.mark.django_db(transaction=True)
def test_fifty_equal_receipts_in_parallel_are_one(twilio: StubTwilio) -> None:  # noqa: F811
    queue_notice(random_mobile())
    send_due()
    results = parallel(twilio.report(twilio.accepted()[0]["sid"], "delivered"), 50, 5)
    assert {status for status, _ in results} == {204}
    outbox.run_pending()
    assert Receipt.objects.count() == 1
    assert Message.objects.get().state == "delivered"
    assert OutboxEvent.objects.filter(type="sms.message_finished").count() == 1


@pytest.mark.parametrize("hours", [1, 25, 24 * 100, 24 * 400])
def test_a_replay_much_later_has_no_effect(send: Send, inbound: Make, travel: Callable[..., None], hours: int) -> None:
    genuine = inbound("5")
    send(genuine)
    outbox.run_pending()
    travel(hours=hours)
    assert send(genuine).status_code == 200
    outbox.run_pending()
    assert InboundMessage.objects.count() == 1
    assert OutboxEvent.objects.filter(type="sms.received").count() == 1


def test_the_same_sid_with_another_text_is_kept_raw_and_has_no_effect(send: Send, inbound: Make) -> None:
    sid = new_sid()
    send(inbound("5", sid=sid))
    send(inbound("1", sid=sid))
    outbox.run_pending()
    assert RawWebhook.objects.count() == 2
    assert InboundMessage.objects.get().text == "5"
    assert OutboxEvent.objects.filter(type="sms.received").count() == 1


def test_a_text_arrives_whole_and_encrypted(send: Send, inbound: Make, settings: Any) -> None:
    sender = random_mobile()
    send(inbound("５ 很好😀", sender=sender, to=settings.TWILIO_FROM_NUMBER + "042"))
    outbox.run_pending()
    event = OutboxEvent.objects.get(type="sms.received")
    info = selectors.inbound(event.data["inbound_id"])
    assert (info.from_number, info.text, info.extension, info.opt_out) == (sender, "５ 很好😀", "042", False)
    assert sender[3:] not in str(event.data)
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM webhooks_rawwebhook")
        assert sender[3:].encode() not in bytes(cursor.fetchone()[0])
    kind, _, fields = read_raw(RawWebhook.objects.get().pk)
    assert (kind, fields["Body"]) == ("messages", "５ 很好😀")


def test_a_refusal_takes_hold_and_the_event_says_so(send: Send, inbound: Make) -> None:
    send(inbound("【宿迁政务服务】退订"))
    outbox.run_pending()
    assert OptOut.objects.filter(ended_at=None).count() == 1
    assert OutboxEvent.objects.get(type="sms.received").data["opt_out"] is True


@pytest.mark.parametrize("text", ["", " ", "\x00", "'; DROP TABLE sms_message;--", "字" * 1600, "\ud83d", "{{7*7}}"])
def test_odd_texts_are_stored_and_harm_nothing(send: Send, inbound: Make, text: str) -> None:
    assert send(inbound(text.encode("utf-8", "replace").decode())).status_code == 200
    outbox.run_pending()
    assert InboundMessage.objects.count() == 1
    assert not Delivery.objects.exclude(state="done").filter(subscriber="webhooks.twilio").exists()


def test_a_picture_without_text(send: Send, inbound: Make, settings: Any) -> None:
    genuine = inbound("")
    pairs = [(n, "1" if n == "NumMedia" else v) for n, v in genuine.pairs if n != "Body"]
    pairs.append(("MediaUrl0", "https://api.twilio.com/media/ME1"))
    assert send(hook(settings.TWILIO_AUTH_TOKEN, genuine.url, pairs)).status_code == 200
    outbox.run_pending()
    row = InboundMessage.objects.get()
    assert (row.text, row.media_count) == ("", 1)


def test_repeated_fields_with_different_values_are_signed_and_taken(send: Send, inbound: Make, settings: Any) -> None:
    genuine = inbound()
    pairs = [*genuine.pairs, ("Tag", "a"), ("Tag", "b")]
    assert send(hook(settings.TWILIO_AUTH_TOKEN, genuine.url, pairs)).status_code == 200


def test_a_receipt_with_new_fields_and_an_unknown_word(send: Send, twilio: StubTwilio) -> None:  # noqa: F811
    queue_notice(random_mobile())
    send_due()
    sid = twilio.accepted()[0]["sid"]
    told = twilio.report(sid, "teleported")
    pairs = [*told.pairs, ("ChannelStatusMessage", "x"), ("RawDlrDoneDate", "2611230930")]
    assert send(hook(twilio.token, told.url, pairs)).status_code == 204
    outbox.run_pending()
    assert Receipt.objects.get().status == "teleported"
    assert Message.objects.get().state == "accepted"


def test_the_attempt_in_the_callback_finds_a_lost_sid(send: Send, twilio: StubTwilio) -> None:  # noqa: F811
    twilio.fault(accept=True, drop_after_request=True)
    queue_notice(random_mobile())
    send_due()
    send(twilio.report(twilio.accepted()[0]["sid"], "sent"))
    outbox.run_pending()
    assert Attempt.objects.get().sid == twilio.accepted()[0]["sid"]
    assert Message.objects.get().state == "sent"


@pytest.mark.parametrize("query", ["", "?attempt=", "?attempt=nonsense", "?attempt=1&attempt=2", "?other=%00"])
def test_an_odd_callback_address_is_parked(send: Send, settings: Any, query: str) -> None:
    fields = status_fields(
        settings.TWILIO_ACCOUNT_SID, sid=new_sid(), status="delivered", to="+8613805271234", sender="+8610690000"
    )
    url = f"{settings.PUBLIC_BASE_URL}/webhooks/twilio/status{query}"
    assert send(hook(settings.TWILIO_AUTH_TOKEN, url, fields)).status_code == 204
    outbox.run_pending()
    assert Receipt.objects.get().attempt is None
    assert uuid4()


def test_an_answer_costs_few_queries(send: Send, inbound: Make, django_assert_max_num_queries: Any) -> None:
    """A carrier waits a second or so; nothing but the raw request is written before it is answered."""
    send(inbound())
    with django_assert_max_num_queries(8):
        assert send(inbound()).status_code == 200

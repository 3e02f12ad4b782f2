"""The handset drives the product through the same signed webhooks as a real carrier (issue 2, section 7)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from kernel import outbox
from kernel.models import OutboxEvent
from sms.handset import carrier
from sms.models import HandsetText, InboundMessage, Message
from tests.factories.sms import queue_notice, send_due, texts_on_handset

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def embedded(settings: Any) -> None:
    """The embedded carrier, awake."""
    settings.SMS_GATEWAY = "handset"
    settings.SMS_QUIET_HOURS_OFF = True


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> list[carrier.SignedForm]:
    """Carrier posts, recorded and passed to the views as a form."""
    posted: list[carrier.SignedForm] = []

    def post(form: carrier.SignedForm) -> bool:
        posted.append(form)
        client, path = Client(), form.url.removeprefix("https://gov.test.example")
        body = urlencode(form.fields)
        answer = client.post(
            path,
            data=body,
            content_type="application/x-www-form-urlencoded",
            headers={"X-Twilio-Signature": form.signature},
        )
        return 200 <= answer.status_code < 300

    monkeypatch.setattr(carrier, "post", post)
    return posted


def test_a_text_appears_and_is_reported_delivered(number: str, wire: list[carrier.SignedForm]) -> None:
    queue_notice(number)
    assert send_due() == 1
    assert texts_on_handset(number)[0].startswith("【宿迁政务服务】办件")
    assert carrier.has_reports()
    assert carrier.report_delivered() == 1
    outbox.run_pending()
    assert Message.objects.get().state == "delivered"
    assert [form.fields["MessageStatus"] for form in wire] == ["sent", "delivered"]
    assert not carrier.has_reports()


def test_a_report_that_is_not_taken_goes_again(
    number: str, monkeypatch: pytest.MonkeyPatch, travel: Callable[..., None]
) -> None:
    queue_notice(number)
    send_due()
    monkeypatch.setattr(carrier, "post", lambda form: False)
    assert carrier.report_delivered() == 0
    assert not carrier.has_reports()
    travel(seconds=6)
    assert carrier.has_reports()


def test_a_second_send_of_one_attempt_shows_one_text(number: str) -> None:
    queue_notice(number)
    send_due()
    row = HandsetText.objects.get()
    HandsetText.objects.bulk_create(
        [
            HandsetText(
                attempt_id=row.attempt_id,
                sid="SM1",
                number=number,
                number_index=row.number_index,
                sender="+86",
                text="x",
                at=row.at,
            )
        ],
        ignore_conflicts=True,
    )
    assert len(texts_on_handset(number)) == 1


def test_each_text_shows_where_the_sender_believes_it_stands(
    client: Client, number: str, wire: list[carrier.SignedForm]
) -> None:
    queue_notice(number)
    send_due()
    shown = client.get(reverse("handset-texts"), {"number": number}).json()["texts"]
    assert [text["state"] for text in shown] == ["accepted"]
    assert carrier.report_delivered() == len(wire) / 2 == 1
    outbox.run_pending()
    shown = client.get(reverse("handset-texts"), {"number": number}).json()["texts"]
    assert [text["state"] for text in shown] == ["delivered"]


def test_a_reply_comes_in_through_the_signed_webhook(client: Client, number: str, settings: Any) -> None:
    queue_notice(number)
    send_due()
    shown = client.get(reverse("handset-texts"), {"number": number}).json()["texts"]
    asked = {"number": number, "to": shown[0]["peer"], "text": "5"}
    prepared = client.post(reverse("handset-replies"), json.dumps(asked), content_type="application/json")
    assert prepared.status_code == 201
    form = prepared.json()
    body = urlencode(form["fields"])
    answer = client.post(
        form["path"],
        body,
        content_type="application/x-www-form-urlencoded",
        headers={"X-Twilio-Signature": form["signature"]},
    )
    assert answer.status_code == 200
    outbox.run_pending()
    row = InboundMessage.objects.get()
    assert (row.text, row.from_number) == ("5", number)
    assert OutboxEvent.objects.filter(type="sms.received").count() == 1
    after = client.get(reverse("handset-texts"), {"number": number}).json()["texts"]
    assert [text["inbound"] for text in after] == [False, True]
    assert client.get(reverse("handset-numbers")).json()["numbers"][0]["number"] == number


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{}",
        '{"number": "13805271234", "to": "+86", "text": ""}',
        '{"number": 1, "to": "+86", "text": "5"}',
        '{"number": "13805271234", "to": "x", "text": "5"}',
        '{"number": "0527-84366666", "to": "+8610690000", "text": "5"}',
    ],
)
def test_senseless_replies_are_refused(client: Client, body: str) -> None:
    response = client.post(reverse("handset-replies"), body, content_type="application/json")
    assert response.status_code in (400, 422)
    assert not HandsetText.objects.exists()


def test_switched_off_it_is_not_there(client: Client, settings: Any) -> None:
    settings.HANDSET_ENABLED = False
    for name in ("handset-numbers", "handset-texts", "handset-replies"):
        assert client.get(reverse(name)).status_code == 404

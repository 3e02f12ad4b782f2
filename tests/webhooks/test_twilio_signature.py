"""Forged signatures: 403 for all and no effect, genuine ones behind a proxy pass (reliability F16)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
from collections.abc import Callable
from typing import Any

import pytest

from kernel.models import OutboxEvent
from tests.payloads.twilio import Hook, hook, new_sid, sign
from tests.webhooks.conftest import Send
from webhooks.inbound.twilio import views
from webhooks.models import RawWebhook

pytestmark = pytest.mark.django_db
Make = Callable[..., Hook]


def refused(response: Any) -> None:
    assert response.status_code == 403
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "forbidden"
    assert not RawWebhook.objects.exists()
    assert not OutboxEvent.objects.exists()


def pairs_with(genuine: Hook, name: str, value: str) -> list[tuple[str, str]]:
    return [(n, value if n == name else v) for n, v in genuine.pairs]


def test_the_genuine_one_passes(send: Send, inbound: Make) -> None:
    response = send(inbound())
    assert response.status_code == 200
    assert b"<Response></Response>" in response.content
    assert RawWebhook.objects.count() == OutboxEvent.objects.count() == 1


def test_behind_a_proxy_the_request_host_does_not_matter(send: Send, inbound: Make) -> None:
    headers = {"Host": "127.0.0.1", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http"}
    assert send(inbound(), headers=headers).status_code == 200


@pytest.mark.parametrize("signature", ["", " ", "x", "é" * 28, "A" * 28, "=" * 10_000])
def test_missing_and_senseless_signatures(send: Send, inbound: Make, signature: str) -> None:
    refused(send(inbound(), signature=signature))


def test_another_token(send: Send, inbound: Make) -> None:
    genuine = inbound()
    refused(send(genuine, signature=sign("0" * 32, genuine.url, genuine.pairs)))


@pytest.mark.parametrize(
    "change", ["changed", "added", "removed", "repeated", "repeated-other", "repeated-minor", "emptied"]
)
def test_touched_fields(send: Send, inbound: Make, change: str) -> None:
    genuine = inbound()
    pairs = {
        "changed": pairs_with(genuine, "Body", "1"),
        "added": [*genuine.pairs, ("Extra", "1")],
        "removed": [pair for pair in genuine.pairs if pair[0] != "FromCountry"],
        "repeated": [*genuine.pairs, ("Body", "5")],
        "repeated-other": [*genuine.pairs, ("Body", "1")],
        "repeated-minor": [*genuine.pairs, ("FromCountry", "CN")],
        "emptied": [],
    }[change]
    refused(send(Hook(genuine.url, pairs, genuine.signature)))


def test_a_boundary_shifted_within_a_genuine_signature(send: Send, inbound: Make) -> None:
    """Names and values are joined without a separator: `Body`+`5` reads like `Bod`+`y5`, a sid can swallow a name."""
    genuine = inbound()
    shifted = [("Bod", "y5") if name == "Body" else (name, value) for name, value in genuine.pairs]
    swallowed: list[tuple[str, str]] = []
    for name, value in sorted(genuine.pairs):
        if name == "NumMedia":
            before, old = swallowed.pop()
            swallowed.append((before, old + name + value))
        else:
            swallowed.append((name, value))
    assert sign("t", "u", swallowed) == sign("t", "u", genuine.pairs)
    refused(send(Hook(genuine.url, swallowed, genuine.signature)))
    refused(send(Hook(genuine.url, shifted, genuine.signature)))


@pytest.mark.parametrize(
    "base",
    ["http://gov.test.example", "https://evil.example", "https://gov.test.example:8443", "https://gov.test.example/x"],
)
def test_signed_for_another_address(send: Send, inbound: Make, settings: Any, base: str) -> None:
    genuine = inbound()
    other = sign(settings.TWILIO_AUTH_TOKEN, f"{base}/webhooks/twilio/messages", genuine.pairs)
    refused(
        send(genuine, signature=other, headers={"X-Forwarded-Host": base.split("/")[2], "X-Forwarded-Proto": "http"})
    )


def test_the_default_port_may_stand_in_the_signed_address(send: Send, inbound: Make, settings: Any) -> None:
    genuine = inbound()
    with_port = genuine.url.replace(".example/", ".example:443/")
    assert send(genuine, signature=sign(settings.TWILIO_AUTH_TOKEN, with_port, genuine.pairs)).status_code == 200


def test_a_signature_of_the_other_webhook_and_of_another_query(send: Send, inbound: Make, settings: Any) -> None:
    genuine = inbound()
    fields = [*genuine.pairs, ("MessageStatus", "delivered")]
    for url in ("/webhooks/twilio/status", "/webhooks/twilio/messages?attempt=1"):
        other = sign(settings.TWILIO_AUTH_TOKEN, settings.PUBLIC_BASE_URL + url, fields)
        refused(send(Hook(genuine.url, fields, other)))
    status = hook(settings.TWILIO_AUTH_TOKEN, f"{settings.PUBLIC_BASE_URL}/webhooks/twilio/status?attempt=a", fields)
    refused(send(status, path="/webhooks/twilio/status?attempt=b"))


@pytest.mark.parametrize("account", ["AC" + "0" * 32, "", None])
def test_another_account_with_our_token(send: Send, inbound: Make, settings: Any, account: str | None) -> None:
    genuine = inbound()
    pairs = [
        (n, account or "" if n == "AccountSid" else v)
        for n, v in genuine.pairs
        if account is not None or n != "AccountSid"
    ]
    refused(send(hook(settings.TWILIO_AUTH_TOKEN, genuine.url, pairs)))


@pytest.mark.parametrize("algorithm", ["HMAC_SHA256", "HMAC_SHA512", "none"])
def test_a_header_cannot_choose_the_algorithm(send: Send, inbound: Make, settings: Any, algorithm: str) -> None:
    genuine = inbound()
    text = genuine.url + "".join(n + v for n, v in sorted(genuine.pairs))
    digest = hmac.new(settings.TWILIO_AUTH_TOKEN.encode(), text.encode(), hashlib.sha256).digest()
    header = {"X-Twilio-Webhooks-Signature-Settings": f"key=webhooks_sharedkey_1,algorithm={algorithm}"}
    refused(send(genuine, signature=base64.b64encode(digest).decode(), headers=header))
    assert send(genuine, headers=header).status_code == 200


def test_json_with_a_body_hash(send: Send, settings: Any) -> None:
    body = json.dumps({"MessageSid": new_sid(), "AccountSid": settings.TWILIO_ACCOUNT_SID})
    for digest in (hashlib.sha256(body.encode()).hexdigest(), "0" * 64):
        url = f"{settings.PUBLIC_BASE_URL}/webhooks/twilio/messages?bodySHA256={digest}"
        signed = Hook(url, [], sign(settings.TWILIO_AUTH_TOKEN, url, []))
        refused(send(signed, body=body, content_type="application/json"))
        refused(send(signed, body=body))


def test_without_a_token_configured_nothing_is_genuine(send: Send, inbound: Make, settings: Any) -> None:
    settings.TWILIO_AUTH_TOKEN = ""
    genuine = inbound()
    refused(send(genuine, signature=sign("", genuine.url, genuine.pairs)))


@pytest.mark.parametrize("method", ["get", "put", "delete", "patch", "head", "options"])
@pytest.mark.parametrize("path", ["/webhooks/twilio/messages", "/webhooks/twilio/status"])
def test_other_methods(client: Any, method: str, path: str) -> None:
    response = getattr(client, method)(path)
    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert response["Content-Type"] == "application/problem+json"


def test_a_huge_body_is_not_read(send: Send, inbound: Make) -> None:
    response = send(inbound(), body="Body=" + "5" * 70_000)
    assert response.status_code == 413


def test_forgeries_are_logged_once_a_minute_for_each_source(
    send: Send, inbound: Make, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "_logged", {})
    with caplog.at_level(logging.WARNING):
        for _ in range(20):
            send(inbound(), signature="x", REMOTE_ADDR="198.51.100.7")
        send(inbound(), signature="x", REMOTE_ADDR="198.51.100.8")
    lines = [record for record in caplog.records if record.getMessage() == "twilio_webhook_refused"]
    assert len(lines) == 2
    assert "13805271234" not in caplog.text

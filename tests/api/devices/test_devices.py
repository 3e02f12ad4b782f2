"""GET, POST, DELETE /me/devices and the VAPID key: own devices only, addresses checked, secrets never shown."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from backend.accounts.services import end_own_session
from backend.push import selectors
from kernel import outbox
from tests.factories import accounts, sessions
from tests.factories.sessions import Caller
from tests.stubs.webpush import Browser

pytestmark = pytest.mark.django_db
DEVICES = "/api/v1/me/devices"


@pytest.fixture
def citizen() -> Caller:
    """Somebody signed in."""
    return sessions.citizen()


def send(client: Client, caller: Caller, body: dict[str, Any], status: int, method: str = "post") -> Any:
    """A request with a body."""
    act = getattr(client, method)
    answer = act(DEVICES, body, content_type="application/json", headers=caller.headers)
    assert answer.status_code == status, answer.content
    return answer.json() if answer.content else None


def test_a_phone_registers_and_leaves(client: Client, citizen: Caller) -> None:
    """Twice the same token is one device; its token is never shown."""
    made = send(client, citizen, {"platform": "fcm", "token": "secret-token"}, 201)
    again = send(client, citizen, {"platform": "fcm", "token": "secret-token"}, 201)
    assert made["id"] == again["id"]
    listed = client.get(DEVICES, headers=citizen.headers)
    assert b"secret-token" not in listed.content
    assert [row["current"] for row in listed.json()["items"]] == [True]
    assert client.delete(f"{DEVICES}/{made['id']}", headers=citizen.headers).status_code == 204
    assert client.get(DEVICES, headers=citizen.headers).json()["items"] == []


def test_a_browser_registers_where_the_operator_lets_it(client: Client, citizen: Caller, settings: Any) -> None:
    """Loopback only by EGRESS_ALLOW; removed by its endpoint."""
    browser = Browser("http://127.0.0.1:9/push/1")
    body = {"platform": "webpush", "subscription": {**browser.subscription, "expirationTime": None}}
    settings.EGRESS_ALLOW = []
    refused = send(client, citizen, body, 422)
    assert refused["errors"][0]["pointer"] == "/subscription/endpoint"
    settings.EGRESS_ALLOW = ["127.0.0.1"]
    assert send(client, citizen, body, 201)["platform"] == "webpush"
    gone = {"platform": "webpush", "subscription": {"endpoint": browser.endpoint}}
    send(client, citizen, gone, 204, "delete")
    send(client, citizen, gone, 404, "delete")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"platform": "fcm"},
        {"platform": "apns", "token": "x"},
        {"platform": "fcm", "token": "x", "subscription": {"endpoint": "https://a.b/", "keys": {}}},
        {"platform": "webpush", "token": "x"},
        {"platform": "webpush", "subscription": "https://a.b/"},
        {"platform": "fcm", "token": "x", "user_id": "1"},
        {"platform": "fcm", "token": ""},
    ],
)
def test_what_is_not_an_address_is_refused(client: Client, citizen: Caller, body: dict[str, Any]) -> None:
    """400 with a pointer, nothing kept."""
    assert send(client, citizen, body, 400)["errors"]
    assert not selectors.has_device(citizen.id)


def test_others_devices_do_not_exist(client: Client, citizen: Caller) -> None:
    """Nobody else sees, removes or unregisters a device."""
    stranger = sessions.citizen()
    made = send(client, citizen, {"platform": "fcm", "token": "mine"}, 201)
    assert client.delete(f"{DEVICES}/{made['id']}", headers=stranger.headers).status_code == 404
    send(client, stranger, {"platform": "fcm", "token": "mine"}, 404, "delete")
    assert client.get(DEVICES, headers=stranger.headers).json()["items"] == []
    assert selectors.has_device(citizen.id)
    assert client.get(DEVICES).status_code == 401


def test_signing_out_ends_push(client: Client, citizen: Caller) -> None:
    """A device whose session ended gets nothing any more."""
    send(client, citizen, {"platform": "fcm", "token": "mine"}, 201)
    actor = replace(accounts.actor(citizen.id), session_id=citizen.session_id)
    end_own_session(actor=actor, session_id=citizen.session_id)
    while outbox.run_pending():
        pass
    assert not selectors.has_device(citizen.id)


def test_browsers_get_the_key_they_subscribe_with(client: Client, citizen: Caller, settings: Any) -> None:
    """An uncompressed P-256 point; 503 where push is not set up."""
    answer = client.get("/api/v1/push/vapid-key", headers=citizen.headers)
    assert len(answer.json()["public_key"]) == 87
    settings.VAPID_PRIVATE_KEY = ""
    missing = client.get("/api/v1/push/vapid-key", headers=citizen.headers)
    assert (missing.status_code, missing.json()["code"]) == (503, "push_not_configured")
    assert missing["Retry-After"]

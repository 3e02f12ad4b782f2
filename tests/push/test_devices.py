"""Devices: bound to their session, moved when they change hands; F18: push addresses never lead into our network."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from backend.push import selectors
from backend.push.models import PushDevice, PushMessage
from backend.push.services import (
    drop_session_devices,
    queue_push,
    register_device,
    remove_device,
    remove_device_by_token,
)
from backend.push.types import MessageState, PushError
from kernel import egress
from kernel.errors import DomainError
from tests.factories.push import browser_device, fcm_device, person, send_due
from tests.stubs.webpush import Browser, StubPushService

pytestmark = pytest.mark.django_db

PRIVATE = [
    "http://127.0.0.1/p", "https://127.0.0.1/p", "https://[::1]/p", "https://10.1.2.3/p", "https://192.168.0.1/p",
    "https://172.16.0.9:8443/p", "https://169.254.169.254/latest", "https://0x7f000001/p", "https://2130706433/p",
    "https://127.1/p", "https://0177.0.0.1/p", "https://[::ffff:127.0.0.1]/p", "https://[::ffff:7f00:1]/p",
    "https://[64:ff9b::7f00:1]/p", "https://[2002:7f00:1::]/p", "https://[fe80::1]/p", "https://[fc00::1]/p",
    "https://0.0.0.0/p", "https://100.64.0.1/p", "https://localhost/p", "https://localhost:8000/p", "https://intranet/p",
    "file:///etc/passwd", "gopher://127.0.0.1/", "ftp://example.org/", "http://updates.push.services.example/p",
    "https://user:pw@fcm.googleapis.example/p", "https:///p", "https://224.0.0.1/p", "https://exa mple.org/", "",
    "https://ok.example.org/p#x", "https://[::]/p", "https://127.0.0.1.:443/p",
]  # fmt: skip


@pytest.mark.parametrize("endpoint", PRIVATE)
def test_addresses_inside_are_refused(endpoint: str, settings: Any) -> None:
    """Refused when registered, nothing kept."""
    settings.EGRESS_ALLOW = []
    with pytest.raises(DomainError) as refused:
        browser_device(person(), Browser(endpoint).subscription)
    assert refused.value.code is PushError.ENDPOINT_REFUSED
    assert refused.value.errors[0].pointer == "/subscription/endpoint"
    assert not PushDevice.objects.exists()


def test_a_public_address_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: a name with a public address behind it."""
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: [(2, 1, 6, "", ("93.184.216.34", 443))])
    assert browser_device(person(), Browser("https://push.example.org/abc").subscription)


def test_a_name_that_changes_its_mind_gains_nothing(
    push_service: StubPushService, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Public when checked, private when connected: no connection is made, and the address is dropped."""
    settings.EGRESS_ALLOW = []
    citizen = person()
    monkeypatch.setattr(egress, "addresses_of", lambda *_: ["93.184.216.34"])
    endpoint = f"https://rebind.example.org:{push_service.port}/p"
    browser_device(citizen, Browser(endpoint).subscription)
    monkeypatch.setattr(egress, "addresses_of", lambda *_: ["127.0.0.1"])
    queue_push(
        person_id=citizen.user_id, title="t", body="", link="/", collapse_key="k", urgency="low", reference="r", ttl=60
    )
    send_due()
    assert push_service.ledger == []
    assert PushMessage.objects.get().state == MessageState.FAILED
    assert not selectors.has_device(citizen.user_id)


def test_no_redirect_is_followed(push_service: StubPushService) -> None:
    """An answer that sends us elsewhere is a refusal."""
    citizen = person()
    browser_device(citizen, push_service.browser().subscription)
    push_service.fault(status=307, headers={"Location": f"{push_service.base}/elsewhere"})
    queue_push(
        person_id=citizen.user_id, title="t", body="", link="/", collapse_key="k", urgency="low", reference="r", ttl=60
    )
    send_due()
    assert len(push_service.ledger) == 1
    assert PushMessage.objects.get().state == MessageState.FAILED


@pytest.mark.parametrize(("name", "value"), [("p256dh", "AAAA"), ("auth", "AAAA"), ("p256dh", "你好"), ("auth", "")])
def test_broken_keys_are_refused(push_service: StubPushService, name: str, value: str) -> None:
    """With a pointer to the key."""
    subscription = push_service.browser().subscription
    subscription["keys"][name] = value
    with pytest.raises(DomainError) as refused:
        browser_device(person(), subscription)
    assert refused.value.errors[0].pointer == f"/subscription/keys/{name}"


def test_a_device_that_changes_hands_serves_its_new_user_only() -> None:
    """The same token, registered by somebody else, moves."""
    first, second = person(), person()
    fcm_device(first, token="shared")
    fcm_device(second, token="shared")
    assert selectors.own_devices(first) == []
    assert len(selectors.own_devices(second)) == 1


def test_nothing_is_pushed_to_a_session_that_ended() -> None:
    """Logout, revocation, disabling: the address goes with the session."""
    citizen = person()
    fcm_device(citizen)
    assert drop_session_devices(session_id=citizen.session_id) == 1
    assert not selectors.has_device(citizen.user_id)


def test_only_the_owner_removes_a_device() -> None:
    """By id or by token; for anybody else there is no such device."""
    citizen, stranger = person(), person()
    device_id = fcm_device(citizen, token="mine")
    for act in (
        lambda: remove_device(actor=stranger, device_id=device_id),
        lambda: remove_device_by_token(actor=stranger, token="mine"),
    ):
        with pytest.raises(DomainError) as refused:
            act()
        assert refused.value.code is PushError.DEVICE_NOT_FOUND
    assert selectors.has_device(citizen.user_id)
    remove_device_by_token(actor=citizen, token="mine")
    assert not selectors.has_device(citizen.user_id)


def test_the_oldest_device_gives_way() -> None:
    """Twenty devices a person."""
    citizen = person()
    first = fcm_device(citizen)
    for _ in range(20):
        register_device(actor=citizen, token=f"t{_}-{first}")
    assert len(selectors.own_devices(citizen)) == 20
    assert first not in [device.id for device in selectors.own_devices(citizen)]

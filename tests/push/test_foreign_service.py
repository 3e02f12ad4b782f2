"""Web push against a service that is not ours (npm web-push-testing): opened there, 410 when gone, keys that rotate."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from backend.push import selectors
from backend.push.models import PushAttempt, PushDevice
from backend.push.services import queue_push, register_device
from config.embedded import ports
from kernel.ids import uuid7
from tests.factories.push import person, send_due
from tests.stubs.smsc import FOLDER, install

pytestmark = pytest.mark.django_db


class Service:
    """The browser and its service."""

    def __init__(self, base: str) -> None:
        self.base = base

    def ask(self, path: str, body: Any) -> Any:
        """POST JSON; the answer's document."""
        request = urllib.request.Request(
            self.base + path, json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=5) as answer:
            raw = answer.read()
        return json.loads(raw) if raw.startswith(b"{") else None

    def subscribe(self) -> dict[str, Any]:
        """A browser that subscribes with the key we show."""
        options = {"userVisibleOnly": "true", "applicationServerKey": selectors.vapid_public_key()}
        found: dict[str, Any] = self.ask("/subscribe", options)["data"]
        return found

    def shown(self, client: str) -> list[str]:
        """What the browser could open."""
        found: list[str] = self.ask("/get-notifications", {"clientHash": client})["data"]["messages"]
        return found


@pytest.fixture(scope="module")
def running() -> Iterator[Service]:
    """The server, running."""
    install()
    port, node = ports.pick(), shutil.which("node")
    assert node
    process = subprocess.Popen(
        [node, str(FOLDER / "push_service.js"), str(port)], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    service = Service(f"http://localhost:{port}")
    for _ in range(100):
        try:
            service.ask("/status", {})
            break
        except urllib.error.HTTPError:
            break
        except OSError:
            time.sleep(0.05)
    yield service
    process.kill()
    process.communicate()


@pytest.fixture
def service(running: Service, settings: Any) -> Service:
    """The server, which the operator lets through."""
    settings.EGRESS_ALLOW = ["localhost"]
    return running


def push(service: Service) -> str:
    """Somebody registers a browser and is pushed to; the browser's name."""
    citizen, subscription = person(), service.subscribe()
    register_device(actor=citizen, subscription=_address(subscription))
    tell(citizen)
    return str(subscription["clientHash"])


def tell(citizen: Any) -> None:
    queue_push(
        person_id=citizen.user_id, title="您有新的政务消息", body="", link="/inbox", collapse_key=uuid7().hex,
        urgency="high", reference=str(uuid7()), ttl=3600, notification_id=uuid7(), badge=1,
    )  # fmt: skip
    send_due()


def _address(subscription: dict[str, Any]) -> dict[str, Any]:
    return {"endpoint": subscription["endpoint"], "keys": subscription["keys"]}


def test_the_browser_opens_what_we_sent(service: Service) -> None:
    (shown,) = service.shown(push(service))
    assert json.loads(shown)["title"] == "您有新的政务消息"


def test_a_subscription_that_is_gone_is_dropped(service: Service) -> None:
    citizen, subscription = person(), service.subscribe()
    register_device(actor=citizen, subscription=_address(subscription))
    service.ask(f"/expire-subscription/{subscription['clientHash']}", {})
    tell(citizen)
    assert PushAttempt.objects.get().code == "410"
    assert PushDevice.objects.get().drop_reason == "device_gone"


def test_after_a_change_of_keys_old_browsers_hear_by_the_old_and_new_by_the_new(
    service: Service, settings: Any
) -> None:
    citizen, old = person(), service.subscribe()
    register_device(actor=citizen, subscription=_address(old))
    settings.VAPID_PREVIOUS_KEYS = [settings.VAPID_PRIVATE_KEY]
    settings.VAPID_PRIVATE_KEY = fresh_key()
    new = service.subscribe()
    register_device(actor=citizen, subscription=_address(new))
    tell(citizen)
    assert [len(service.shown(one["clientHash"])) for one in (old, new)] == [1, 1]
    settings.VAPID_PREVIOUS_KEYS = []
    tell(citizen)
    assert [len(service.shown(one["clientHash"])) for one in (old, new)] == [1, 2]


def fresh_key() -> str:
    """A new application server key."""
    return (
        ec.generate_private_key(ec.SECP256R1())
        .private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        .decode()
    )

"""Push services to send to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.stubs.fcm import StubFcm
from tests.stubs.webpush import StubPushService


@pytest.fixture
def fcm(settings: Any) -> Iterator[StubFcm]:
    """A local FCM, with the product pointed at it."""
    with StubFcm() as stub:
        settings.FCM_API_BASE = stub.base
        yield stub


@pytest.fixture
def push_service(settings: Any) -> Iterator[StubPushService]:
    """A browser's push service on loopback, which the operator lets through."""
    with StubPushService() as stub:
        settings.EGRESS_ALLOW = [f"127.0.0.1:{stub.port}"]
        yield stub

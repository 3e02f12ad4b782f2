"""A Twilio to send to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.factories.sms import random_mobile
from tests.stubs.twilio import StubTwilio


@pytest.fixture
def twilio(settings: Any) -> Iterator[StubTwilio]:
    """The stub, with the product pointed at it and awake at all hours."""
    settings.SMS_GATEWAY = "twilio"
    settings.SMS_QUIET_HOURS_OFF = True
    with StubTwilio(settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN, settings.PUBLIC_BASE_URL) as stub:
        settings.TWILIO_API_BASE = stub.base
        yield stub


@pytest.fixture
def number() -> str:
    """A mobile nobody has used."""
    return random_mobile()

"""The gateways by name; `settings.SMS_GATEWAY` chooses the one for new texts."""

from __future__ import annotations

from collections.abc import Callable

from sms.gateways.base import Gateway
from sms.gateways.handset import HandsetGateway
from sms.gateways.twilio import TwilioGateway

GATEWAYS: dict[str, Callable[[], Gateway]] = {"handset": HandsetGateway, "twilio": TwilioGateway}


def gateway(name: str) -> Gateway:
    """The gateway of this name. Raises KeyError for one that does not exist, which the start-up check names."""
    return GATEWAYS[name]()

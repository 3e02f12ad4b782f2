"""The gateways by name; `settings.SMS_GATEWAYS` (or `SMS_GATEWAY`, for one) chooses those for new texts."""

from __future__ import annotations

from collections.abc import Callable

from sms.gateways.base import Gateway
from sms.gateways.handset import HandsetGateway
from sms.gateways.smpp import SmppGateway
from sms.gateways.twilio import TwilioGateway

GATEWAYS: dict[str, Callable[[], Gateway]] = {
    "handset": HandsetGateway,
    "twilio": TwilioGateway,
    "smpp": SmppGateway,
}


def gateway(name: str) -> Gateway:
    """The gateway of this name. Raises KeyError for one that does not exist, which the start-up check names."""
    return GATEWAYS[name]()

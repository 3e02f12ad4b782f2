"""What is left on the account at the carrier that can be asked."""

from __future__ import annotations

from dataclasses import dataclass

from sms.gateways.twilio import balance
from sms.services.carriers import active_gateways

LEAST = 50.0


@dataclass(frozen=True, slots=True)
class Credit:
    """Whether it is enough, and the figure in words."""

    is_enough: bool
    words: str


def credit() -> Credit:
    """Asks Twilio for the balance when texts go through it; SMPP carriers bill afterwards and cannot be asked."""
    if "twilio" not in active_gateways():
        return Credit(True, "no carrier with a prepaid account")
    found = balance()
    if found is None:
        return Credit(False, "the carrier does not say")
    amount, currency = found
    return Credit(amount >= LEAST, f"{amount:.2f} {currency}")

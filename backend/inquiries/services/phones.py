"""Numbers of callers."""

from __future__ import annotations

from kernel.crypto import blind_index
from kernel.errors import DomainError
from sms import selectors as sms

PHONE_PURPOSE = "inquiries.phone"


def phone_index(phone: str) -> bytes:
    """The blind index of a number, mobile or not."""
    return blind_index(normal_phone(phone), purpose=PHONE_PURPOSE)


def normal_phone(phone: str) -> str:
    """A mobile as E.164; any other number as its digits."""
    try:
        return sms.normalise_mobile(phone)
    except DomainError:
        return "".join(sign for sign in phone if sign.isdigit())

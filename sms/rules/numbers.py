"""Which numbers get texts: mainland mobiles only, which also stops pumping to foreign and premium ranges (F31)."""

from __future__ import annotations

import re
import unicodedata

import phonenumbers
from phonenumbers import PhoneNumberType

from kernel.errors import DomainError, FieldError
from sms.types import SmsError

_FILLERS = re.compile(r"[\s\-‐-―−·().\u200b-\u200f\u2060\ufeff]")
_PREFIX = re.compile(r"^(?:\+86|0086)")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_TAKEN = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE, PhoneNumberType.UNKNOWN})


def national_mobile(value: str) -> str | None:
    """The 11 digits of a mainland mobile, or None for anything else (landline, 13-digit machine number, foreign).

    Full-width signs, blanks, dashes and a leading +86 or 0086 are accepted. New ranges that the numbering plan's
    library does not know yet pass; ranges it knows to be something other than mobile do not.
    """
    digits = _PREFIX.sub("", _FILLERS.sub("", unicodedata.normalize("NFKC", value[:64])))
    if not _MOBILE.fullmatch(digits):
        return None
    number = phonenumbers.PhoneNumber(country_code=86, national_number=int(digits))
    return digits if phonenumbers.number_type(number) in _TAKEN else None


def normalise_mobile(value: str, *, pointer: str = "/phone") -> str:
    """The number as E.164 (`+8613…`). Raises DomainError 422 `sms_number_not_allowed`, pointing at the field."""
    digits = national_mobile(value)
    if digits is None:
        spec = SmsError.NUMBER_NOT_ALLOWED.spec
        raise DomainError(SmsError.NUMBER_NOT_ALLOWED, errors=[FieldError(pointer, spec.code, spec.detail)])
    return f"+86{digits}"


def normalise_sender(value: str) -> str:
    """Where an inbound text came from: E.164 for a mainland mobile, else the trimmed original (short code, foreign)."""
    digits = national_mobile(value)
    return f"+86{digits}" if digits else value.strip()[:64]


def extension_of(to_number: str, base: str) -> str:
    """The digits that a reply's target number has after our base number; empty for the base and for others."""
    digits, root = re.sub(r"\D", "", to_number), re.sub(r"\D", "", base)
    if not root or not digits.startswith(root):
        return ""
    return digits[len(root) :][:6]

"""The one function that hides personal data wherever people or logs may see it."""

from __future__ import annotations

import re
from enum import StrEnum


class MaskKind(StrEnum):
    """What kind of personal data a value is."""

    NAME = "name"
    ID_CARD = "id_card"
    MOBILE = "mobile"
    LANDLINE = "landline"
    ADDRESS = "address"
    BANK_CARD = "bank_card"
    EMAIL = "email"


def mask(value: str, kind: MaskKind) -> str:
    """Return `value` masked for display: 张*三, 321***********1234, 138****5678, z***@a.cn; empty stays empty."""
    text = value.strip()
    return _MASKS[kind](text) if text else ""


def _name(text: str) -> str:
    if len(text) <= 2:
        return text[0] + "*" * (len(text) - 1)
    return text[0] + "*" * (len(text) - 2) + text[-1]


def _id_card(text: str) -> str:
    if len(text) <= 7:
        return "*" * len(text)
    return text[:3] + "*" * (len(text) - 7) + text[-4:]


def _mobile(text: str) -> str:
    digits = re.sub(r"^(\+?86|0086)(?=1\d{10}$)", "", re.sub(r"[\s-]", "", text))
    if len(digits) < 8:
        return "*" * len(digits)
    return digits[:3] + "*" * (len(digits) - 7) + digits[-4:]


def _landline(text: str) -> str:
    return "****" + re.sub(r"\D", "", text)[-4:]


def _address(text: str) -> str:
    found = re.match(r"^.*?(?:街道|乡|镇|社区|村|路|街|大道|巷)", text)
    return (found.group(0) if found else text[:4]) + "***"


def _bank_card(text: str) -> str:
    return "**** " + text[-4:]


def _email(text: str) -> str:
    local, _, domain = text.partition("@")
    return f"{local[:1]}***@{domain}" if domain else "***"


_MASKS = {
    MaskKind.NAME: _name,
    MaskKind.ID_CARD: _id_card,
    MaskKind.MOBILE: _mobile,
    MaskKind.LANDLINE: _landline,
    MaskKind.ADDRESS: _address,
    MaskKind.BANK_CARD: _bank_card,
    MaskKind.EMAIL: _email,
}

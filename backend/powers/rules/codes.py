"""Codes of power items and organisations: national forms are checked, local forms are read leniently.

Forms: domain.md 2.2. National codes follow GB/T 39554.1-2020, the credit code GB 32100, the old nine-character
organisation code GB 11714. Real catalogues also carry provincial forms; those are kept as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from stdnum.cn import ric, uscc

CATALOG_CODE = re.compile(r"^\d{11}[\dA-Z]$")
TASK_CODE = re.compile(r"^(?P<body>[0-9A-Z]{18})(?P<level>[1-6])(?P<catalog>\d{11}[\dA-Z])$")
HANDLE_ITEM = re.compile(r"^(?P<task>[0-9A-Z]{31})(?P<serial>\d{2})$")

TYPE_LETTERS = ("XK", "CF", "QZ", "ZS", "JF", "JC", "QR", "JL", "CJ", "QT", "GG", "FXK")
LOCAL_CODE = re.compile(
    r"^(?P<province>[A-Z]{2})(?P<region>\d{6})(?P<department>[A-Z]{2})"
    rf"-(?P<letters>{'|'.join(TYPE_LETTERS)})-(?P<serial>\d{{4}})$"
)
PROVINCIAL_CODE = re.compile(
    r"^(?P<base>[0-9A-Z][0-9A-Z-]*?)-(?P<region>\d{12})-(?P<section>\d{3,4})"
    r"-(?P<body>[0-9A-Z][0-9A-Z-]*?)-(?P<level>\d)-(?P<serial>\d{2})$"
)
OPAQUE_CODE = re.compile(r"^[0-9A-Z][0-9A-Z_-]{3,79}$")

LEGACY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
LEGACY_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LEGACY_CODE = re.compile(r"^(?P<body>[0-9A-Z]{8})-?(?P<check>[0-9X])$")


class CodeKind(StrEnum):
    """Which family a local code of an item belongs to."""

    LOCAL = "local"
    PROVINCIAL = "provincial"
    OPAQUE = "opaque"


class OrganisationCodeKind(StrEnum):
    """What an organisation's code in a catalogue turns out to be."""

    CREDIT = "credit"
    LEGACY = "legacy"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ItemCode:
    """A local item code with the parts its family shows."""

    value: str
    kind: CodeKind
    parts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OrganisationCode:
    """An organisation's code. `is_sound` is False when it has the look of a checked form but fails its check."""

    value: str
    kind: OrganisationCodeKind
    is_sound: bool = True


def plain(text: str) -> str:
    """Text with full-width signs folded (NFKC), outer space removed and inner runs of space made one."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def is_credit_code(value: str) -> bool:
    """Whether this is an 18-character unified social credit code with the right check character (GB 32100)."""
    return len(value) == 18 and bool(uscc.is_valid(value))


def is_citizen_number(value: str) -> bool:
    """Whether this is an 18-character citizen number (GB 11643): digits, a real date, the right check character.

    The place is checked to the province only. Its first six digits tell where the number was given, which is often
    later than the birth, so a region younger than its bearer is nothing wrong: half of Suqian, a city since 1996, has
    such a number. (python-stdnum's `ric.is_valid` refuses them.)
    """
    if not re.match(r"^\d{17}[\dX]$", value, re.ASCII) or value[:2] not in {*PROVINCES, "71", "81", "82", "83"}:
        return False
    try:
        date.fromisoformat(f"{value[6:10]}-{value[10:12]}-{value[12:14]}")
    except ValueError:
        return False
    return value[17] == ric.calc_check_digit(value)


def is_legacy_code(value: str) -> bool:
    """Whether this is a nine-character organisation code with the right check character (GB 11714)."""
    match = LEGACY_CODE.match(value)
    if match is None:
        return False
    total = sum(
        LEGACY_ALPHABET.index(sign) * weight for sign, weight in zip(match["body"], LEGACY_WEIGHTS, strict=True)
    )
    return match["check"] == "0123456789X0"[11 - total % 11]


def is_catalog_code(value: str) -> bool:
    """Whether this has the form of a national base code (12 characters, the last one may be a letter)."""
    return CATALOG_CODE.match(value) is not None


def task_code_fault(task_code: str, catalog_code: str | None) -> str | None:
    """The first thing wrong with an implementing code, as a fault name; None when it is sound.

    Faults: `form` (not 31 characters of the right kind), `credit_code` (the body's code fails its check), `catalog`
    (its last 12 characters are not the item's base code).
    """
    match = TASK_CODE.match(task_code)
    if match is None:
        return "form"
    if not is_credit_code(match["body"]):
        return "credit_code"
    if catalog_code is not None and match["catalog"] != catalog_code:
        return "catalog"
    return None


def handle_item_fault(handle_item: str, task_code: str | None) -> str | None:
    """The first thing wrong with a handling-item code: `form`, or `task` when it is not tied to the task code."""
    match = HANDLE_ITEM.match(handle_item)
    if match is None:
        return "form"
    return "task" if match["task"] != task_code else None


def parse_item_code(text: str) -> ItemCode | None:
    """Read a local item code leniently; None when it cannot be a code at all.

    Full-width signs, lower case and outer space are mended. A code in no known form is kept whole as `opaque`.
    """
    value = plain(text).upper()
    for kind, pattern in ((CodeKind.LOCAL, LOCAL_CODE), (CodeKind.PROVINCIAL, PROVINCIAL_CODE)):
        match = pattern.match(value)
        if match is not None and len(value) <= 80:
            return ItemCode(value, kind, match.groupdict())
    return ItemCode(value, CodeKind.OPAQUE) if OPAQUE_CODE.match(value) else None


def parse_organisation_code(text: str) -> OrganisationCode | None:
    """Read an organisation's code of whatever kind; None when it is empty or has signs no code has.

    A credit code is 18 characters, the old code nine (a hyphen before the check character is dropped); anything else
    is the publisher's own and is kept. A wrong check character is told by `is_sound`, not refused: real catalogues
    have them and the organisation exists all the same.
    """
    value = plain(text).upper()
    if not re.match(r"^[0-9A-Z][0-9A-Z_-]{1,39}$", value):
        return None
    if len(value) == 18 and value.isalnum():
        return OrganisationCode(value, OrganisationCodeKind.CREDIT, is_credit_code(value))
    if LEGACY_CODE.match(value):
        return OrganisationCode(value.replace("-", ""), OrganisationCodeKind.LEGACY, is_legacy_code(value))
    return OrganisationCode(value, OrganisationCodeKind.OTHER)


_PROVINCE_PAIRS = (
    "11BJ 12TJ 13HE 14SX 15NM 21LN 22JL 23HL 31SH 32JS 33ZJ 34AH 35FJ 36JX 37SD 41HA 42HB 43HN "
    "44GD 45GX 46HI 50CQ 51SC 52GZ 53YN 54XZ 61SN 62GS 63QH 64NX 65XJ"
)
PROVINCES = {pair[:2]: pair[2:] for pair in _PROVINCE_PAIRS.split()}


def local_code(region_code: str, department: str, letters: str, serial: str) -> str:
    """A local code from its parts, e.g. JS321300JY-XK-0010. Raises KeyError for a region in no known province."""
    region = region_code[:6]
    return f"{PROVINCES[region[:2]]}{region}{department}-{letters}-{serial}"

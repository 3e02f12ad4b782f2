"""Numbers that stand for people and bodies: citizen identity number, credit code, mobile number, tree path."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

from backend.accounts.types import MANAGER_ROLES, Role

_MOBILE = re.compile(r"^(?:\+?86|0086)?(1[3-9]\d{9})$")
_ID_NUMBER = re.compile(r"^[1-9][0-9]{16}[0-9X]$")
_PROVINCES = re.compile(r"^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])")
_ORGANISATION_CODE = re.compile(r"^[0-9A-Z]{4,18}$")
PATH_SEPARATOR = "/"


def normalised_id_number(text: str, *, today: date) -> str | None:
    """The 18-character citizen identity number (GB 11643) in half-width capitals, or None when it cannot be one.

    Checked: form, province, a date of birth between 1900 and `today`, check character. The county is not checked:
    python-stdnum's table of counties lacks many, all those of Suqian among them.
    """
    number = unicodedata.normalize("NFKC", text).strip().replace(" ", "").upper()
    if not _ID_NUMBER.match(number) or not _PROVINCES.match(number) or ric.calc_check_digit(number) != number[-1]:
        return None
    try:
        born = ric.get_birth_date(number)
    except ValidationError:
        return None
    return number if date(1900, 1, 1) <= born <= today else None


def normalised_credit_code(text: str) -> str | None:
    """The 18-character unified social credit code (GB 32100) with a right check character, or None."""
    code = unicodedata.normalize("NFKC", text).strip().replace(" ", "").upper()
    try:
        return str(uscc.validate(code)) if code.isascii() else None
    except ValidationError:
        return None


def normalised_mobile(text: str) -> str | None:
    """A Chinese mobile number as `+861…`, or None: no landline, no premium and no foreign number gets a code."""
    digits = re.sub(r"[\s\-()]", "", unicodedata.normalize("NFKC", text))
    found = _MOBILE.match(digits) if digits.isascii() else None
    return f"+86{found.group(1)}" if found else None


def normalised_name(text: str) -> str:
    """A person's name: full-width letters made half-width, middle dots made alike, blanks trimmed."""
    name = unicodedata.normalize("NFKC", text).strip()
    return re.sub(r"\s+", " ", re.sub(r"[•‧∙・.﹒]", "·", name))


def is_organisation_code(code: str) -> bool:
    """Whether a code may stand in a path: 4 to 18 digits and capital letters."""
    return bool(_ORGANISATION_CODE.match(code))


def child_path(parent_path: str, code: str) -> str:
    """The tree path of a node: the parent's path, the code, a separator, so that a prefix always ends at a node."""
    return f"{parent_path}{code}{PATH_SEPARATOR}"


def may_hold_together(roles: Iterable[str]) -> bool:
    """Whether one person may hold these roles (MLPS 8.1.5, 三权分立): a manager role stands alone."""
    held = set(roles)
    managers = held & {str(role) for role in MANAGER_ROLES}
    return not managers or len(held) == 1


def is_role(role: str) -> bool:
    """Whether a role of this name exists."""
    return role in {str(known) for known in Role}

"""Numbers of orders, and what a text message to the hotline says."""

from __future__ import annotations

import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import date

from backend.inquiries.types import RequestType

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
QUERY_LENGTH = 6
_ANSWER = re.compile(r"^\s*[WＷ]\s*(\d{6})[\s,，:：-]*([1-4])(?:[\s,，。.:：-]+(.*))?$", re.DOTALL | re.IGNORECASE)
_NEW = re.compile(r"^\s*12345[\s,，:：#]*(.{4,})$", re.DOTALL)
_KINDS = {
    "咨询": RequestType.INQUIRY, "求助": RequestType.HELP, "投诉": RequestType.COMPLAINT, "举报": RequestType.REPORT,
    "建议": RequestType.SUGGESTION, "表扬": RequestType.PRAISE, "批评": RequestType.CRITICISM,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TextAnswer:
    """A text that answers a call-back: the last six digits of the order, and 1 solved and satisfied, 2 solved but not
    satisfied, 3 not solved, 4 open it again."""

    digits: str
    choice: int
    comment: str = ""


@dataclass(frozen=True, slots=True)
class TextReport:
    """A text that asks for something new; it begins with 12345."""

    words: str
    request_type: RequestType | None


def order_number(day: date, serial: int) -> str:
    """Date 8 + serial 6 digits: 20261123000187."""
    return f"{day:%Y%m%d}{serial:06d}"


def answer_code(order_no: str) -> str:
    """What a text that answers about this order begins with: W and the last six digits."""
    return f"W{order_no[-6:]}"


def query_code() -> str:
    """A fresh query code without letters and digits that look alike."""
    return "".join(secrets.choice(ALPHABET) for _ in range(QUERY_LENGTH))


def normalised_code(code: str) -> str:
    """A query code as somebody typed it: case, blanks and hyphens do not matter."""
    return "".join(sign for sign in code.upper() if sign.isalnum())


def read_text(text: str) -> TextAnswer | TextReport | None:
    """What a text message says to the hotline; None when it is for somebody else."""
    flat = unicodedata.normalize("NFKC", text).strip()
    answer = _ANSWER.match(flat)
    if answer:
        return TextAnswer(answer.group(1), int(answer.group(2)), (answer.group(3) or "").strip()[:500])
    new = _NEW.match(flat)
    if new is None:
        return None
    words = new.group(1).strip()
    kind = next((found for sign, found in _KINDS.items() if words.startswith(sign)), None)
    return TextReport(words[:2000], kind)

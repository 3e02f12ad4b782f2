"""SMPP 3.4 in plain Python: what a status means, what a report says, how a text is cut and read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from sms.types import OutcomeKind

GATEWAY = "smpp"
UCS2 = 8
SHORT_OCTETS = 140
UDH_INDICATOR, RECEIPT_INDICATOR = 0x40, 0x04
THROTTLED = 0x58
_QUEUE_FULL = 0x14
_SYSTEM_ERROR = 0x08
_REFUSED = frozenset({0x01, 0x02, 0x0A, 0x0B, 0x33, 0x34, 0x40, 0x43, 0x45, 0x48, 0x49, 0x50, 0x51, 0x61, 0x62})
_PLACES = re.compile(r"\b(id|stat|err):\s*(\S+)", re.IGNORECASE)
_WORDS = {
    "DELIVRD": "delivered",
    "ACCEPTD": "accepted",
    "ENROUTE": "sending",
    "UNDELIV": "undelivered",
    "EXPIRED": "undelivered",
    "REJECTD": "failed",
    "DELETED": "failed",
}
_STATES = {1: "sending", 2: "delivered", 3: "undelivered", 4: "failed", 5: "undelivered", 6: "accepted", 8: "failed"}
_CODINGS = {0: "ascii", 1: "ascii", 3: "latin-1", 8: "utf-16-be", 15: "gb18030"}


@dataclass(frozen=True, slots=True)
class Report:
    """A status report: the SMSC's message id, our word for the state, the carrier's own code."""

    message_id: str
    status: str
    code: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a long text: which text, how many parts, which one (from 1), its wording."""

    reference: int
    total: int
    ordinal: int
    text: str


def sort_status(status: int) -> OutcomeKind:
    """The kind of outcome behind a submit_sm_resp that is not OK.

    Queue full, throttled and the SMSC's own faults pass; a wrong number or length will be wrong tomorrow, too. What we
    do not know is tried again: nothing was taken, an error answer says so.
    """
    return OutcomeKind.REFUSED if status in _REFUSED else OutcomeKind.AGAIN


def is_throttled(status: int) -> bool:
    """Whether the SMSC asks us to slow down."""
    return status in (THROTTLED, _QUEUE_FULL)


def user_reference(attempt_id: UUID) -> int:
    """The 16-bit number that goes out with an attempt and may come back in its report."""
    return attempt_id.int & 0xFFFF


def sid_of(message_id: str) -> str:
    """Our name of an SMSC's message id; ids of different carriers never meet."""
    return f"{GATEWAY}:{message_id[:64]}"


def read_report(text: str, receipted_id: str, message_state: int | None) -> Report | None:
    """A delivery receipt from its optional parameters and the customary `id:… stat:… err:…`; None without an id."""
    fields = {name.lower(): value for name, value in _PLACES.findall(text)}
    message_id = receipted_id or fields.get("id", "")
    if not message_id:
        return None
    word = fields.get("stat", "").upper()
    status = _WORDS.get(word[:7]) or _STATES.get(message_state or 0) or word.lower() or "unknown"
    code = fields.get("err", "")
    return Report(message_id=message_id, status=status, code="" if code.strip("0") == "" else code)


def decode(octets: bytes, coding: int) -> str:
    """The wording of a text by its data coding; never raises, what cannot be read becomes U+FFFD."""
    return octets.decode(_CODINGS.get(coding, "gb18030"), "replace").replace("\x00", "")


def split_header(octets: bytes) -> tuple[tuple[int, int, int] | None, bytes]:
    """Reference, total and ordinal of a user data header (8- and 16-bit forms), and what follows the header."""
    if not octets or octets[0] + 1 > len(octets):
        return None, octets
    length = octets[0] + 1
    header, rest = octets[1:length], octets[length:]
    place = 0
    while place + 2 <= len(header):
        kind, size = header[place], header[place + 1]
        data = header[place + 2 : place + 2 + size]
        if kind == 0x00 and len(data) == 3:
            return (data[0], data[1], data[2]), rest
        if kind == 0x08 and len(data) == 4:
            return (data[0] << 8 | data[1], data[2], data[3]), rest
        place += 2 + size
    return None, rest


def join(pieces: dict[int, str], total: int) -> str:
    """The whole text from its parts by ordinal; a part that never came is shown as […]."""
    return "".join(pieces.get(ordinal, "[…]") for ordinal in range(1, total + 1))

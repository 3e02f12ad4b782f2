"""What travels on a socket: close codes, limits, and the form of the frames. Plain Python."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any
from uuid import UUID

SUBPROTOCOL = "v1.events"
TICKET_PREFIX = "ticket."
PING_SECONDS = 25.0
MAX_PENDING_FRAMES = 256
MAX_PENDING_BYTES = 1024 * 1024
MAX_CLIENT_FRAME_BYTES = 16 * 1024
MAX_CLIENT_FRAMES_A_MINUTE = 60
MAX_SOCKETS_A_PERSON = 10


class CloseCode(IntEnum):
    """Why the server ends a connection."""

    UNSUPPORTED_DATA = 1003  # a binary frame
    POLICY = 1008  # a message that the protocol does not know
    TOO_BIG = 1009
    RESTART = 1012  # the process stops: connect again, with the last cursor
    SESSION_GONE = 4401
    RIGHT_GONE = 4403
    TOO_SLOW = 4408
    CURSOR_TOO_OLD = 4409
    TOO_MANY = 4429


@dataclass(frozen=True, slots=True)
class Frame:
    """A text frame ready to send. `seq` is 0 for one that is no event; `size` is in bytes."""

    seq: int
    text: str
    size: int


def encode(seq: int, document: Mapping[str, Any]) -> Frame:
    """Make the frame of a JSON document."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return Frame(seq, text, len(text.encode()))


def event_document(
    *, seq: int, event_id: UUID, type: str, subject: tuple[str, UUID], data: Mapping[str, Any], at: datetime | str
) -> dict[str, Any]:
    """An event as sockets and the long poll show it. `at` is RFC 3339 with +08:00 (or a moment in that zone)."""
    return {
        "seq": seq,
        "id": str(event_id),
        "type": type,
        "subject": {"kind": subject[0], "id": str(subject[1])},
        "data": dict(data),
        "at": at.isoformat(timespec="milliseconds") if isinstance(at, datetime) else at,
    }


PING = encode(0, {"type": "ping"})


def parse_ack(text: str) -> int | None:
    """The sequence number in `{"ack": seq}`; None for anything else."""
    try:
        message = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(message, dict) or set(message) != {"ack"}:
        return None
    seq = message["ack"]
    return seq if isinstance(seq, int) and not isinstance(seq, bool) and seq >= 0 else None

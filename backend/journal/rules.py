"""The chain: canonical text, stamp, hash, anchor, and the check of all of them. Plain Python.

A line is stamped (HMAC) by the application when it is written, and gets its place from the sealer:
`hash = SHA-256(prev_hash, seq, sealed_at, stamp, canonical content)`, stamped again. The stamps need a key that is
not in the database, so a rewrite inside the database is found at the very line; what even the key holder cannot
undo is pinned by anchors, signed and kept elsewhere.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from backend.journal.types import (
    ALGORITHM,
    GENESIS,
    Anchor,
    Fault,
    Finding,
    LineContent,
    LooseLine,
    SealedLine,
    Verdict,
)

Signature = Callable[[str], str]
SignatureCheck = Callable[[Anchor], bool]

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False).encode


def plain(value: Any) -> Any:
    """Bring a value to the JSON types; UUIDs, dates and enums become text.

    Raises ValueError for what has no single canonical text (NaN, bytes, other objects, NUL, keys that are not text).
    """
    if value is None or (isinstance(value, bool | int) and not isinstance(value, Enum)):
        return value
    if isinstance(value, str) and not isinstance(value, Enum):
        return _plain_text(value)
    if isinstance(value, float) and math.isfinite(value):
        return value
    if isinstance(value, Mapping):
        return {_plain_text(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return _plain_other(value)


def _plain_text(value: Any) -> str:
    if not isinstance(value, str) or "\x00" in value:
        raise ValueError("the journal takes text without NUL")
    value.encode("utf-8")
    return str(value)


def _plain_other(value: Any) -> Any:
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return time_text(value)
    if isinstance(value, date):
        return value.isoformat()
    raise ValueError(f"the journal cannot hold {type(value).__name__}")


def canonical_json(value: Any) -> str:
    """The one text of a JSON value: keys sorted, no blanks, no escapes beyond what JSON demands."""
    return _encode(plain(value))


def time_text(moment: datetime) -> str:
    """UTC with microseconds, `2013-11-25T01:30:00.000000Z`. Raises ValueError for a naive time."""
    if moment.tzinfo is None:
        raise ValueError("a time needs its zone")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def content_text(content: LineContent) -> str:
    """The canonical text of a line: a JSON array of the algorithm's name and the fields in their order."""
    return _encode((ALGORITHM, *content))


def stamp_of(content: LineContent, key: bytes) -> str:
    """The application's stamp on what it wrote (HMAC-SHA-256, hex)."""
    return hmac.digest(key, content_text(content).encode(), "sha256").hex()


def hash_of(prev_hash: str, seq: int, sealed_at: str, stamp: str, content: LineContent) -> str:
    """The line's hash in the chain (SHA-256, hex)."""
    return hashlib.sha256(f"{prev_hash}\n{seq}\n{sealed_at}\n{stamp}\n{content_text(content)}".encode()).hexdigest()


def seal_stamp_of(seq: int, line_hash: str, key: bytes) -> str:
    """The sealer's stamp on a place in the chain (HMAC-SHA-256, hex)."""
    return hmac.digest(key, f"seal\n{seq}\n{line_hash}".encode(), "sha256").hex()


def private_digest(salt: bytes, private_text: str) -> str:
    """Salted digest of personal data: proves it later, tells nothing by itself."""
    return hashlib.sha256(salt + private_text.encode()).hexdigest()


def anchor_statement(anchor: Anchor) -> str:
    """The text that is signed."""
    return f"{ALGORITHM}\n{anchor.seq}\n{anchor.hash}\n{anchor.at}\n{anchor.previous}\n{anchor.key_id}"


def anchor_line(anchor: Anchor) -> str:
    """One line of the anchor file: JSON, without the line break."""
    return _encode(
        {
            "algorithm": ALGORITHM,
            "at": anchor.at,
            "hash": anchor.hash,
            "key": anchor.key_id,
            "previous": anchor.previous,
            "seq": anchor.seq,
            "signature": anchor.signature,
        }
    )


def parse_anchor(line: str) -> Anchor | None:
    """Read one line of the anchor file; None for what is not exactly such a line."""
    try:
        found = json.loads(line)
        anchor = Anchor(
            seq=found["seq"],
            hash=found["hash"],
            at=found["at"],
            previous=found["previous"],
            key_id=found["key"],
            signature=found["signature"],
        )
    except (ValueError, KeyError, TypeError):
        return None
    return anchor if anchor_line(anchor) == line and isinstance(anchor.seq, int) else None


def anchor_digest(line: str) -> str:
    """What the next anchor says of this one."""
    return hashlib.sha256(line.encode()).hexdigest()


def anchor_is_due(*, head_seq: int, last_seq: int, seconds_since: float, every_lines: int, every_seconds: int) -> bool:
    """Whether the head must be anchored now: lines are new, and enough of them or enough time has come."""
    fresh = head_seq - last_seq
    return fresh > 0 and (last_seq == 0 or fresh >= every_lines or seconds_since >= every_seconds)


def check_anchors(
    lines: Sequence[str], made: Sequence[str], genuine: SignatureCheck
) -> tuple[list[Anchor], Finding | None]:
    """Check the anchor file by itself and against the anchors the database remembers (`made`, oldest first).

    The newest remembered anchor may still be on its way to the file.
    """
    anchors: list[Anchor] = []
    previous, last_seq = GENESIS, 0
    for line in lines:
        anchor = parse_anchor(line)
        if anchor is None or not genuine(anchor):
            return anchors, Finding(Fault.ANCHOR_FORGED, anchor.seq if anchor else last_seq + 1)
        if anchor.previous != previous or anchor.seq <= last_seq:
            return anchors, Finding(Fault.ANCHOR_CHAIN, last_seq + 1)
        anchors.append(anchor)
        previous, last_seq = anchor_digest(line), anchor.seq
    present = set(lines)
    for line in made[:-1]:
        remembered = parse_anchor(line)
        if line not in present:
            return anchors, Finding(Fault.ANCHOR_MISSING, remembered.seq if remembered else last_seq + 1)
    return anchors, None


def verify(
    lines: Iterable[SealedLine], loose: Iterable[LooseLine], anchors: Sequence[Anchor], *, stamp_key: bytes
) -> Verdict:
    """Read the whole chain in order of `seq` and name the first fault. Memory stays flat; one pass."""
    pinned = {anchor.seq: anchor.hash for anchor in anchors}
    prev, count = GENESIS, 0
    for line in lines:
        fault = _fault_of(line, count + 1, prev, pinned.get(line.seq), stamp_key)
        if fault is not None:
            seq = count + 1 if fault is Fault.GAP else line.seq
            return Verdict(count, len(anchors), 0, prev, Finding(fault, seq, line.content.id))
        prev, count = line.hash, line.seq
    if anchors and anchors[-1].seq > count:
        return Verdict(count, len(anchors), 0, prev, Finding(Fault.TAIL_CUT, count + 1))
    waiting = 0
    for waiter in loose:
        if not hmac.compare_digest(stamp_of(waiter.content, stamp_key), waiter.stamp):
            return Verdict(
                count, len(anchors), waiting, prev, Finding(Fault.LOOSE_FORGED, count + 1, waiter.content.id)
            )
        waiting += 1
    return Verdict(count, len(anchors), waiting, prev)


def _fault_of(line: SealedLine, expected: int, prev: str, pinned: str | None, key: bytes) -> Fault | None:
    if line.seq != expected:
        return Fault.GAP if line.seq > expected else Fault.ORDER
    text = content_text(line.content)
    if hmac.digest(key, text.encode(), "sha256").hex() != line.stamp:
        return Fault.CONTENT
    if line.prev_hash != prev:
        return Fault.CHAIN
    body = f"{prev}\n{line.seq}\n{line.sealed_at}\n{line.stamp}\n{text}"
    if hashlib.sha256(body.encode()).hexdigest() != line.hash:
        return Fault.HASH
    if seal_stamp_of(line.seq, line.hash, key) != line.seal_stamp:
        return Fault.SEAL
    return Fault.ANCHOR_DIFFERS if pinned is not None and pinned != line.hash else None

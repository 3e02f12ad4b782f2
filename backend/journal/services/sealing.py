"""The sealer: gives committed lines their place in the chain, signs the head, and carries anchors out of the database.

One at a time by an advisory lock that ends with the transaction, so a killed sealer blocks nobody; the unique
`prev_hash` would refuse a fork even without it.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from backend.journal import keys, rules
from backend.journal.models import JournalAnchor, JournalLine
from backend.journal.services.recording import content_of
from backend.journal.types import GENESIS, Anchor
from kernel import clock

logger = logging.getLogger(__name__)

BATCH = 1000
ANCHOR_EVERY_SECONDS = 60
ANCHOR_EVERY_LINES = 1000
_LOCK = 0x6A6F75726E616C  # "journal"
_TAIL_BYTES = 64 * 1024

_WRITE_SEALS = """
    UPDATE journal_journalline AS line
    SET seq = place.seq, prev_hash = place.prev_hash, hash = place.hash, sealed_at = %s, seal_stamp = place.seal_stamp
    FROM unnest(%s::uuid[], %s::bigint[], %s::text[], %s::text[], %s::text[])
         AS place(id, seq, prev_hash, hash, seal_stamp)
    WHERE line.id = place.id AND line.seq IS NULL
"""


def seal_pending() -> None:
    """Seal what was committed, anchor the head when it is time, and write anchors out. Called by the relay.

    Lines that do not bear the application's stamp are left where they are; `verify_journal` names them.
    """
    refused: set[object] = set()
    while _seal_batch(refused) == BATCH:
        pass
    _anchor_head()
    _write_anchors_out()


def _take_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])


@transaction.atomic
def _seal_batch(refused: set[object]) -> int:
    if not JournalLine.objects.filter(seq=None).exclude(pk__in=refused).exists() or not _take_lock():
        return 0
    pending = list(JournalLine.objects.filter(seq=None).exclude(pk__in=refused).order_by("recorded_at", "id")[:BATCH])
    stamp_key = keys.stamp_key()
    genuine = [line for line in pending if rules.stamp_of(content_of(line), stamp_key) == line.stamp]
    forged = {line.pk for line in pending} - {line.pk for line in genuine}
    for line_id in forged:
        logger.critical("journal_line_forged", extra={"line": str(line_id)})
    refused |= forged
    _write_seals(genuine, clock.now(), stamp_key)
    return len(pending)


def _write_seals(lines: Sequence[JournalLine], moment: datetime, stamp_key: bytes) -> None:
    if not lines:
        return
    seq, prev = _head()
    sealed_at = rules.time_text(moment)
    places: list[tuple[object, int, str, str, str]] = []
    for line in lines:
        seq += 1
        line_hash = rules.hash_of(prev, seq, sealed_at, line.stamp, content_of(line))
        places.append((line.pk, seq, prev, line_hash, rules.seal_stamp_of(seq, line_hash, stamp_key)))
        prev = line_hash
    with connection.cursor() as cursor:
        cursor.execute(_WRITE_SEALS, [moment, *(list(column) for column in zip(*places, strict=True))])


def _head() -> tuple[int, str]:
    found = JournalLine.objects.filter(seq__isnull=False).order_by("-seq").values_list("seq", "hash").first()
    return (found[0] or 0, found[1] or GENESIS) if found else (0, GENESIS)


@transaction.atomic
def _anchor_head() -> None:
    if not _take_lock():
        return
    seq, line_hash = _head()
    last = JournalAnchor.objects.order_by("-seq").first()
    moment = clock.now()
    if not rules.anchor_is_due(
        head_seq=seq,
        last_seq=last.seq if last else 0,
        seconds_since=(moment - last.at).total_seconds() if last else 0,
        every_lines=ANCHOR_EVERY_LINES,
        every_seconds=ANCHOR_EVERY_SECONDS,
    ):
        return
    previous = rules.anchor_digest(last.line) if last else GENESIS
    unsigned = Anchor(seq, line_hash, rules.time_text(moment), previous, keys.current_key_id(), "")
    signed = Anchor(seq, line_hash, unsigned.at, previous, unsigned.key_id, keys.sign(unsigned))
    JournalAnchor.objects.create(seq=seq, at=moment, line=rules.anchor_line(signed))


@transaction.atomic
def _write_anchors_out() -> None:
    path = Path(settings.JOURNAL_ANCHOR_PATH)
    last_written, torn = _last_in_file(path)
    if last_written > _head()[0]:
        logger.critical("journal_behind_anchors", extra={"anchored": last_written})
        return
    waiting = list(JournalAnchor.objects.filter(seq__gt=last_written).order_by("seq").values_list("line", flat=True))
    if waiting and _take_lock():
        last_written, torn = _last_in_file(path)
        waiting = [line for line in waiting if _seq_of(line) > last_written]
        _append(path, waiting, torn)


def _seq_of(line: str) -> int:
    anchor = rules.parse_anchor(line)
    return anchor.seq if anchor else 0


def _last_in_file(path: Path) -> tuple[int, str]:
    """The last whole anchor of the file (0 when there is none), and an unfinished line that a crash left behind."""
    if not path.exists():
        return 0, ""
    with path.open("rb") as file:
        file.seek(0, os.SEEK_END)
        file.seek(max(0, file.tell() - _TAIL_BYTES))
        *whole, torn = file.read().decode(errors="replace").split("\n")
    return max((_seq_of(line) for line in whole), default=0), torn


def _append(path: Path, waiting: Iterable[str], torn: str) -> None:
    text = "".join(f"{line}\n" for line in waiting)
    if torn:
        text = text[len(torn) :] if text.startswith(torn) else f"\n{text}"
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    with os.fdopen(descriptor, "ab") as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())

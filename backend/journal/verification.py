"""Reading the whole journal for verification: one streaming pass in one snapshot, memory flat."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from backend.journal import keys, rules
from backend.journal.models import JournalAnchor
from backend.journal.types import LineContent, LooseLine, SealedLine, Verdict

_FETCH = 5000
_TIME = """to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
_CONTENT = f"""
    id::text, {_TIME.format("recorded_at")}, actor_kind, actor_id::text, actor_name, actor_organisation_id::text,
    actor_roles, session_id::text, action, subject_kind, subject_id::text, organisation_id::text, data,
    private_digest, coalesce(encode(sha256(private_sealed), 'hex'), '')
"""
_SEALED = f"""
    SELECT seq, coalesce(prev_hash, ''), coalesce(hash, ''), coalesce({_TIME.format("sealed_at")}, ''), stamp,
           seal_stamp, {_CONTENT}
    FROM journal_journalline WHERE seq IS NOT NULL ORDER BY seq
"""  # noqa: S608 - built from constants only
_LOOSE = f"SELECT stamp, {_CONTENT} FROM journal_journalline WHERE seq IS NULL ORDER BY recorded_at, id"  # noqa: S608


def verify_journal(anchor_path: Path | None = None) -> Verdict:
    """Check every line, every anchor and the lines that wait; the verdict names the first fault.

    The anchors are read first and the lines afterwards in one snapshot, so work that goes on meanwhile is no fault.
    """
    made = list(JournalAnchor.objects.order_by("seq").values_list("line", flat=True))
    anchors, finding = rules.check_anchors(_file_lines(anchor_path), made, keys.is_genuine)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SET LOCAL enable_seqscan = off")
        verdict = rules.verify(_sealed(), _loose(), anchors, stamp_key=keys.stamp_key())
    if finding is not None and verdict.ok:
        return Verdict(verdict.lines, verdict.anchors, verdict.loose, verdict.head_hash, finding)
    return verdict


def _file_lines(anchor_path: Path | None) -> list[str]:
    path = anchor_path or Path(settings.JOURNAL_ANCHOR_PATH)
    if not path.exists():
        return []
    text = path.read_text(encoding="utf-8", errors="replace")
    return text.split("\n")[:-1]


def _rows(statement: str) -> Iterator[tuple[Any, ...]]:
    connection.ensure_connection()
    with connection.connection.cursor(name="journal_verify") as cursor:
        cursor.itersize = _FETCH
        cursor.execute(statement)
        yield from cursor


def _sealed() -> Iterator[SealedLine]:
    for row in _rows(_SEALED):
        seq, prev_hash, line_hash, sealed_at, stamp, seal_stamp, *content = row
        yield SealedLine(seq, prev_hash, line_hash, sealed_at, stamp, seal_stamp, LineContent(*content))


def _loose() -> Iterator[LooseLine]:
    for row in _rows(_LOOSE):
        yield LooseLine(row[0], LineContent(*row[1:]))

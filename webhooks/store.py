"""Storing a request raw, once per content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from kernel import clock
from kernel.crypto import seal
from kernel.ids import uuid7
from webhooks.models import RawWebhook

_STORE = """
    INSERT INTO webhooks_rawwebhook (id, sender, kind, digest, query, body, repeats, received_at, last_at)
    VALUES (%(id)s, %(sender)s, %(kind)s, %(digest)s, %(query)s, %(body)s, 0, %(now)s, %(now)s)
    ON CONFLICT (sender, kind, digest) DO UPDATE SET repeats = webhooks_rawwebhook.repeats + 1, last_at = %(now)s
    RETURNING id, repeats
"""
Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Stored:
    """The row of a request, and whether this content came for the first time."""

    id: UUID
    is_new: bool


def store_raw(*, sender: str, kind: str, query: str, pairs: Pairs) -> Stored:
    """Keep a verified request, sealed. A repeat, even a parallel one, finds the first row and is not new."""
    body = json.dumps(sorted(pairs), ensure_ascii=False, separators=(",", ":"))
    with connection.cursor() as cursor:
        cursor.execute(
            _STORE,
            {
                "id": uuid7(),
                "sender": sender,
                "kind": kind,
                "digest": hashlib.sha256(f"{query}\x00{body}".encode()).digest(),
                "query": query,
                "body": seal(body.encode(), context="webhooks.body"),
                "now": clock.now(),
            },
        )
        row_id, repeats = cursor.fetchone()
    return Stored(id=row_id, is_new=repeats == 0)


def read_raw(raw_id: UUID | str) -> tuple[str, str, dict[str, str]]:
    """Kind, query and fields (the last value of a repeated one) of a stored request. LookupError when unknown."""
    row = RawWebhook.objects.filter(pk=raw_id).first()
    if row is None:
        raise LookupError("no such webhook")
    return row.kind, row.query, dict(json.loads(row.body or "[]"))

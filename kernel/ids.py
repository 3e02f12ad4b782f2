"""Identifiers: UUIDv7 for machines, gap-free numbers for people."""

from __future__ import annotations

from uuid import UUID

import uuid_utils.compat
from django.db import connection


def uuid7() -> UUID:
    """A new UUIDv7: unique, and sorted roughly by the time it was made."""
    return uuid_utils.compat.uuid7()


def take_number(kind: str, scope: str) -> int:
    """Take the next number of a series: 1, 2, 3, … for each (kind, scope), without gaps.

    The counter row stays locked until the surrounding transaction ends, so a rollback gives the number back and
    parallel takers wait for each other. Take it last in the transaction to keep that wait short.

    Raises RuntimeError outside a transaction, where a crash would leave a gap.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("take_number needs a transaction")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_numbercounter (kind, scope, last) VALUES (%s, %s, 1) "
            "ON CONFLICT (kind, scope) DO UPDATE SET last = kernel_numbercounter.last + 1 RETURNING last",
            [kind, scope],
        )
        number: int = cursor.fetchone()[0]
    return number

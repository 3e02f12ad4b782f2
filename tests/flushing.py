"""Emptying the database between transactional tests: append-only tables too, rows that migrations seeded never."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations


def seeded_tables() -> frozenset[str]:
    """Tables that already hold rows right after the migrations: calendars, texts, types, policies."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        return frozenset(name for name in names if _has_rows(cursor, name))


def _has_rows(cursor: Any, name: str) -> bool:
    cursor.execute(f'SELECT EXISTS (SELECT 1 FROM "{name}")')
    return bool(cursor.fetchone()[0])


def spare(kept: frozenset[str]) -> None:
    """Make Django's flush leave `kept` alone and pass the triggers against TRUNCATE (the test role is superuser)."""
    original = DatabaseOperations.sql_flush

    def sql_flush(self: DatabaseOperations, style: Any, tables: list[str], **options: Any) -> list[str]:
        statements = original(self, style, [name for name in tables if name not in kept], **options)
        return ["SET LOCAL session_replication_role = replica;", *statements] if statements else []

    DatabaseOperations.sql_flush = sql_flush  # type: ignore[method-assign]

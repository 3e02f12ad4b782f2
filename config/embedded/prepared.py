"""Whether a database already holds the tables and the demo city of exactly this code, so that a start need not look.

The mark is the comment on the database: it goes wherever the data goes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import psycopg
from psycopg import sql

_FOLDERS = ("backend", "config", "kernel", "mobile_api", "sms", "webhooks")
_VARIABLES = ("DEMO_SEED", "DJANGO_SETTINGS_MODULE", "FIELD_KEYS", "BLIND_INDEX_KEY")


def mark(folder: Path, environment: Mapping[str, str]) -> str:
    """What the database's content follows from: every source and data file, the lock, and the keys."""
    digest = hashlib.sha256()
    files = [folder / "requirements.txt"]
    for name in _FOLDERS:
        files += sorted(path for path in (folder / name).rglob("*") if path.is_file() and path.suffix != ".pyc")
    for path in files:
        digest.update(f"{path.relative_to(folder)}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    for variable in _VARIABLES:
        digest.update(f"{variable}={environment.get(variable, '')}\0".encode())
    return digest.hexdigest()


def is_marked(url: str, expected: str) -> bool:
    """Whether the database carries this mark."""
    with psycopg.connect(url, connect_timeout=5) as connection:
        row = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    return row is not None and row[0] == expected


def write_mark(url: str, content: str) -> None:
    """Put the mark on the database."""
    with psycopg.connect(url, connect_timeout=5, autocommit=True) as connection:
        name = sql.Identifier(connection.info.dbname)
        connection.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, sql.Literal(content)))

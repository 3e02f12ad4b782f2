"""The workers of one run migrate once: the first keeps a copy of its fresh database, the others start from the copy."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

COPY = "suqian_migrated"


@contextmanager
def turn() -> Iterator[Path]:
    """Inside the block no other worker of this run makes its database. Yields the mark that there is a copy."""
    folder = Path(os.environ["SUQIAN_TEST_SERVICES"])
    with (folder / "migrating.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder / "migrated"


def start_from_copy() -> None:
    """Let Django make this worker's database from the copy; its migrations then have nothing to do."""
    connection.settings_dict["TEST"]["TEMPLATE"] = COPY


def keep_copy(mark: Path) -> None:
    """Copy the database that was just migrated, for those who come after."""
    own = connection.settings_dict["NAME"]
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{COPY}" TEMPLATE "{own}"')
    mark.touch()

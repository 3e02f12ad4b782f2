"""One installation runs once. The lock lives as long as its processes, not merely as long as their parent."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from config.embedded import children
from config.embedded.faults import StageError
from config.embedded.warden import PATIENCE_SECONDS


@contextmanager
def only_one(var: Path, tell: Callable[[str], None], where: Callable[[], str]) -> Iterator[None]:
    """Hold the lock of the installation in `var` inside the block; the warden holds it too, until all has ended.

    Waits for the rest of a run that was killed. Raises StageError with `where()` when one is running.
    """
    var.mkdir(parents=True, exist_ok=True)
    with (var / "running.lock").open("a+") as lock:
        _take(lock, tell, where)
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        children.guard(holding=(lock.fileno(),))
        yield


def _take(lock: IO[str], tell: Callable[[str], None], where: Callable[[], str]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS + 5
    told = False
    while not _taken(lock):
        holder = _holder(lock)
        if holder and _lives(holder):
            raise StageError(f"already running here as process {holder}{where()}; stop it there or with: kill {holder}")
        if time.monotonic() > deadline:
            raise StageError(f"{lock.name} is held, but not by process {holder or '(unknown)'}; see `fuser` for whom")
        if not told:
            tell("an earlier run was killed, waiting for its processes to end")
            told = True
        time.sleep(0.1)


def _taken(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(lock: IO[str]) -> int:
    lock.seek(0)
    content = lock.read().strip()
    return int(content) if content.isdigit() else 0


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True

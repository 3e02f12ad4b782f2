"""Servers that an earlier, killed run left on a data folder, and notes of servers that are gone."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

from config.embedded.faults import ServiceError

_PATIENCE_SECONDS = 10.0


def end_postgres(cluster: Path) -> None:
    """End the server that still runs on this cluster; drop a note whose number belongs to somebody else now."""
    pid_file = cluster / "postmaster.pid"
    process = _noted(pid_file)
    if process is None:
        return
    if str(cluster) in _command(process):
        _end(process, signal.SIGINT, signal.SIGQUIT)
    elif Path("/proc").exists():
        pid_file.unlink(missing_ok=True)


def end_valkey(home: Path) -> None:
    """End the server that still runs in this folder."""
    process = _noted(home / "valkey.pid")
    if process is not None and "valkey-server" in _command(process) and _folder(process) == str(home):
        _end(process, signal.SIGTERM, signal.SIGKILL)


def _noted(pid_file: Path) -> int | None:
    try:
        return int(pid_file.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return None


def _command(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return ""


def _folder(process: int) -> str:
    try:
        return str(Path(f"/proc/{process}/cwd").readlink())
    except OSError:
        return ""


def _end(process: int, *signals: int) -> None:
    for number in signals:
        with suppress(ProcessLookupError):
            os.kill(process, number)
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < deadline:
            if not _command(process):
                return
            time.sleep(0.05)
    raise ServiceError(f"process {process} of an earlier run does not end; end it by hand")

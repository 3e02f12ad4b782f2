"""Which processes are still there, as the kernel sees it."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path


def lives(process: int) -> bool:
    """Whether it runs; a dead one that nobody has collected does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def descendants(process: int) -> set[int]:
    """Every child, grandchild and so on that runs now."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue
    found, fresh = set[int](), {process}
    while fresh:
        fresh = {child for child, parent in parents.items() if parent in fresh} - found
        found |= fresh
    return found


def await_gone(processes: Iterable[int], *, seconds: float = 15.0) -> None:
    """Fails when one of them still runs after so many seconds."""
    deadline = time.monotonic() + seconds
    while left := {process for process in processes if lives(process)}:
        assert time.monotonic() < deadline, f"outlived their parent: {[_command(process) for process in left]}"
        time.sleep(0.05)


def _command(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except FileNotFoundError:
        return "(gone)"

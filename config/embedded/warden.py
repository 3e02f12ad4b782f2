"""Outlives its parent just long enough to end what the parent left behind.

Run as a script. Its standard input carries `+ GROUP SIGNAL` for each process group that was started and `- GROUP` for
each that has ended; the end of the input means that the parent is gone, however it went.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterable
from pathlib import Path

PATIENCE_SECONDS = 10.0


def main() -> None:
    """Listen until the parent is gone, then end its groups."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    end(listen(sys.stdin))


def listen(lines: Iterable[str]) -> dict[int, tuple[int, str]]:
    """The groups that are left when the lines end: group -> (signal to begin with or 0, birth of its leader)."""
    groups: dict[int, tuple[int, str]] = {}
    for line in lines:
        sign, group, *rest = line.split()
        if sign == "+":
            groups[int(group)] = (int(rest[0]), birth(int(group)))
        else:
            groups.pop(int(group), None)
    return groups


def end(groups: dict[int, tuple[int, str]]) -> None:
    """Signal every group, wait, and kill what is left."""
    for group, (number, born) in groups.items():
        if number:
            _send(group, number, born)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and any(_send(group, 0, born) for group, (_, born) in groups.items()):
        time.sleep(0.05)
    for group, (_, born) in groups.items():
        _send(group, signal.SIGKILL, born)


def birth(process: int) -> str:
    """When a process was born, in the kernel's ticks; empty when it is gone or the system does not tell."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[19]
    except (OSError, IndexError):
        return ""


def _send(group: int, number: int, born: str) -> bool:
    """Signal a group unless its number now belongs to somebody else. Returns whether there was anybody."""
    if birth(group) not in {"", born}:
        return False
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


if __name__ == "__main__":
    main()

"""Ports: remembered between starts, replaced when somebody else has taken them, never a standard one."""

from __future__ import annotations

import json
import socket
from pathlib import Path

HOST = "127.0.0.1"


def is_free(port: int) -> bool:
    """Whether we could listen on this port of the loopback address."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def pick() -> int:
    """A free port of the system's choice."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def next_free(wanted: int) -> int:
    """`wanted`, or the first free port above it."""
    return next(port for port in range(wanted, wanted + 200) if is_free(port))


def remembered(book: Path, name: str) -> int:
    """The port that `name` had last time if it is still free, else a new one; kept in the JSON file `book`."""
    known: dict[str, int] = json.loads(book.read_text()) if book.exists() else {}
    port = known.get(name, 0)
    if not port or not is_free(port):
        port = pick()
        book.write_text(json.dumps({**known, name: port}))
    return port

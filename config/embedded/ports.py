"""Ports: remembered between starts, replaced when somebody else has taken them, never a standard one."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from urllib.parse import urlsplit

from config.embedded.faults import StageError

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


def next_free(wanted: int, *, but: int = 0) -> int:
    """`wanted`, or the first free port above it that is not `but`. Raises StageError when there is none near."""
    near = range(wanted, min(wanted + 200, 65536))
    found = next((port for port in near if port != but and is_free(port)), None)
    if found is None:
        raise StageError(f"no free port from {wanted} on")
    return found


def of(url: str) -> int:
    """The port in an address. Raises ValueError when it names none."""
    port = urlsplit(url).port
    if port is None:
        raise ValueError(url.rsplit("@", 1)[-1])
    return port


def remembered(book: Path, name: str) -> int:
    """The port that `name` had last time if it is still free, else a new one; kept in the JSON file `book`."""
    known = _known(book)
    port = known.get(name, 0)
    if not port or not is_free(port):
        port = pick()
        fresh = book.with_suffix(".new")
        fresh.write_text(json.dumps({**known, name: port}))
        fresh.replace(book)
    return port


def _known(book: Path) -> dict[str, int]:
    try:
        known: dict[str, int] = json.loads(book.read_text())
    except (OSError, ValueError):
        return {}
    return known

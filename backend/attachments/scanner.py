"""A client of clamd (INSTREAM). Anything but a clear answer counts as no answer."""

from __future__ import annotations

import contextlib
import socket
import struct
import time
from enum import Enum
from pathlib import Path

TOTAL_SECONDS = 30.0
_CHUNK = 64 * 1024
_MAX_ANSWER = 4096


class Answer(Enum):
    """What the scanner said."""

    CLEAN = "clean"
    INFECTED = "infected"
    TOO_LARGE = "too_large"
    NONE = "none"


def scan(path: Path, address: str) -> Answer:
    """Ask clamd at `tcp://host:port`, `host:port` or `unix:/path` about a file; NONE when it is down or unclear."""
    deadline = time.monotonic() + TOTAL_SECONDS
    try:
        with _connect(address) as connection:
            return _ask(connection, path, deadline)
    except (OSError, ValueError):
        return Answer.NONE


def _connect(address: str) -> socket.socket:
    if address.startswith("unix:"):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(3)
        connection.connect(address.removeprefix("unix:"))
        return connection
    host, _, port = address.removeprefix("tcp://").rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=3)


def _ask(connection: socket.socket, path: Path, deadline: float) -> Answer:
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        _send(connection, path, deadline)
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _MAX_ANSWER:
        connection.settimeout(_left(deadline))
        piece = connection.recv(_MAX_ANSWER)
        if not piece:
            break
        answer += piece
    return _read(answer.rstrip(b"\0").strip())


def _send(connection: socket.socket, path: Path, deadline: float) -> None:
    connection.sendall(b"zINSTREAM\0")
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            connection.settimeout(_left(deadline))
            connection.sendall(struct.pack("!I", len(chunk)) + chunk)
    connection.sendall(struct.pack("!I", 0))


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("the scanner took too long")
    return left


def _read(answer: bytes) -> Answer:
    if answer == b"stream: OK":
        return Answer.CLEAN
    if answer.endswith(b" FOUND"):
        return Answer.INFECTED
    return Answer.TOO_LARGE if b"size limit exceeded" in answer else Answer.NONE

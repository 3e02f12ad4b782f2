"""A real WebSocket process (granian) on the test database, and people with sessions."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from mobile_api.realtime import tickets
from tests.factories.sessions import Caller
from tests.realtime.asyncapi import validator

ORIGIN = "https://hall.test.example"
ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Server:
    """A granian process serving config.asgi; what it writes goes to a file."""

    port: int
    folder: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, if it is not running, and wait until it answers."""
        if self.process is not None and self.process.poll() is None:
            return
        with self._log().open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "granian", "--interface", "asgi", "--host", "127.0.0.1", "--port",
                 str(self.port), "config.asgi:application"],
                cwd=ROOT, env=_environment(), stdout=output, stderr=output, start_new_session=True,
            )  # fmt: skip
        for _ in range(400):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=1):
                    return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError(f"the WebSocket process does not answer:\n{self._log().read_text()}")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> str:
        """Stop it (SIGKILL: with its worker) and return what it wrote."""
        assert self.process is not None
        if how is signal.SIGKILL:
            os.killpg(self.process.pid, how)
        else:
            self.process.send_signal(how)
        self.process.wait(timeout=15)
        return self._log().read_text()

    def _log(self) -> Path:
        return self.folder / f"{self.port}.log"

    def url(self, query: str = "") -> str:
        """The address of the socket."""
        return f"ws://127.0.0.1:{self.port}/ws/v1/events{query}"

    def open(self, person: Caller, since: int | None = 0, **options: Any) -> ClientConnection:
        """A connection with a fresh ticket."""
        ticket = options.pop("ticket", None) or ticket_of(person)
        query = "" if since is None else f"?since={since}"
        options.setdefault("origin", ORIGIN)
        options.setdefault("subprotocols", ["v1.events", f"ticket.{ticket}"])
        return connect(self.url(query), **options)


def ticket_of(person: Caller) -> str:
    """A ticket as POST /me/realtime-ticket gives it."""
    return tickets.issue(tickets.Holder(person.id, person.session_id, tickets.expiry_of(person.token)))


def _environment() -> dict[str, str]:
    settings = connection.settings_dict
    url = f"postgresql://{settings['USER']}:{settings['PASSWORD']}@{settings['HOST']}:{settings['PORT']}"
    return {**os.environ, "DATABASE_URL": f"{url}/{settings['NAME']}", "WEB_ORIGINS": ORIGIN, "LOG_LEVEL": "INFO"}


def free_port() -> int:
    """A port nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def _process(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    shared = Server(free_port(), tmp_path_factory.mktemp("realtime"))
    yield shared
    if shared.process is not None and shared.process.poll() is None:
        shared.stop(signal.SIGKILL)


@pytest.fixture
def server(transactional_db: None, _process: Server) -> Server:
    """A running WebSocket process on the test database; a test that stops it leaves the next one a new one."""
    _process.start()
    return _process


def receive(client: ClientConnection, count: int, *, within: float = 5.0) -> list[dict[str, Any]]:
    """The next `count` events, pings left out, each as openapi/asyncapi.yaml says."""
    events: list[dict[str, Any]] = []
    while len(events) < count:
        frame = json.loads(client.recv(timeout=within))
        if frame["type"] != "ping":
            validator("Event").validate(frame)
            events.append(frame)
    return events


def close_code(client: ClientConnection, *, within: float = 6.0) -> int | None:
    """The code with which the server ends this connection."""
    deadline = time.monotonic() + within
    try:
        while True:
            client.recv(timeout=max(0.1, deadline - time.monotonic()))
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else None

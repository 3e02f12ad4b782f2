"""What all stub servers share: a local HTTP server with an append-only ledger and a fault script."""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self


@dataclass
class Fault:
    """What goes wrong, how often; `path` limits it to requests for one address."""

    status: int = 500
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    path: str = ""
    accept: bool = False
    delay: float = 0.0
    drop_after_request: bool = False
    raw: bytes | None = None
    trickle: float = 0.0
    times: int = 1


class StubServer:
    """Use as a context manager. `ledger` has one line for each request, `accepted` one for each message taken."""

    def __init__(self) -> None:
        self.ledger: list[dict[str, Any]] = []
        self.accepted: list[dict[str, Any]] = []
        self.faults: list[Fault] = []
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"stub": self}))
        self._server.daemon_threads = True
        self.port = self._server.server_port
        self.base = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()

    def fault(self, **what: Any) -> None:
        """Add to the fault script."""
        with self._lock:
            self.faults.append(Fault(**what))

    def take_fault(self, path: str) -> Fault | None:
        """The next fault for a request; uses it up."""
        with self._lock:
            for fault in self.faults:
                if fault.times > 0 and fault.path in path:
                    fault.times -= 1
                    return fault
        return None

    def note(self, kind: str, line: dict[str, Any]) -> None:
        """Append to a ledger."""
        with self._lock:
            (self.ledger if kind == "request" else self.accepted).append({"at": time.monotonic(), **line})

    def refusal(self, request: dict[str, Any]) -> tuple[int, Any] | None:
        """What the service itself finds wrong with a request. Overridden."""
        return None

    def take(self, request: dict[str, Any]) -> tuple[int, dict[str, str], Any]:
        """Take the message: status, headers, body of the answer. Overridden."""
        raise NotImplementedError


class _Server(ThreadingHTTPServer):
    request_queue_size = 128  # batches knock together


class _Handler(BaseHTTPRequestHandler):
    stub: StubServer
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        request = {
            "method": self.command,
            "path": self.path,
            "headers": {k.lower(): v for k, v in self.headers.items()},
            "body": raw,
        }
        self.stub.note("request", request)
        fault = self.stub.take_fault(self.path)
        wrong = self.stub.refusal(request)
        if wrong is not None:
            self._answer(wrong[0], {}, wrong[1])
            return
        if fault is None or fault.accept:
            answer = self.stub.take(request)
            if fault is None:
                self._answer(*answer)
                return
        self._fail(fault)

    do_DELETE = do_POST  # noqa: N815 - the library's name

    def _fail(self, fault: Fault) -> None:
        time.sleep(fault.delay)
        if fault.drop_after_request:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
        elif fault.trickle:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            for _ in range(int(60 / fault.trickle)):
                time.sleep(fault.trickle)
                try:
                    self.wfile.write(b".")
                except OSError:
                    return
        elif fault.raw is not None:
            self._send(200, {"Content-Type": "application/json"}, fault.raw)
        else:
            self._answer(fault.status, fault.headers, fault.body)

    def _answer(self, status: int, headers: dict[str, str], body: Any) -> None:
        text = b"" if body is None else json.dumps(body).encode()
        self._send(status, {"Content-Type": "application/json", **headers}, text)

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def finish(self) -> None:
        try:
            super().finish()
        except OSError:
            self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Stay silent."""

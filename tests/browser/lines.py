"""The line between a device and the product: slow, cut, whole again; and a session whose token has run out."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import jwt
from playwright.sync_api import Page, Response, Route

from tests.e2e.product import Product

PATIENCE_SECONDS = 60.0
_CHUNK = 4096
_HEAD_END = b"\r\n\r\n"


class Line:
    """A proxy that a device goes through. What a browser emulates lets requests under way arrive; this does not."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: set[socket.socket] = set()
        self._whole, self._pause = True, 0.0
        self.sent = 0
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def server(self) -> str:
        """What a browser context takes as its proxy."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def slow(self, bytes_per_second: int) -> None:
        """Let what is sent from now on crawl; counts it anew in `sent`."""
        self._pause, self.sent = _CHUNK / bytes_per_second, 0

    def wait_for(self, page: Page, sent: int) -> None:
        """Until so many bytes of what is being sent are through."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self.sent < sent:
            assert time.monotonic() < deadline, f"only {self.sent} bytes of {sent} went through"
            page.wait_for_timeout(50)

    def cut(self, page: Page) -> None:
        """Break every connection, let none come up; the device knows that it has no network."""
        page.context.set_offline(True)
        self._whole = False
        for end in tuple(self._open):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def mend(self, page: Page) -> None:
        """Everything as fast as it can be."""
        self._whole, self._pause = True, 0.0
        page.context.set_offline(False)

    def close(self) -> None:
        """Take the line down."""
        self._listener.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                device, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(device,), daemon=True).start()

    def _serve(self, device: socket.socket) -> None:
        with suppress(OSError, ValueError), self._kept(device):
            head, rest = self._head(device)
            method, target, version = head.split(b"\r\n", 1)[0].split(b" ")
            authority, path = self._split(method, target)
            host, port = authority.rsplit(b":", 1)
            with self._kept(socket.create_connection((host.decode(), int(port)), timeout=60)) as product:
                if method == b"CONNECT":
                    device.sendall(version + b" 200 Connected" + _HEAD_END)
                else:
                    self._pass_head(product, head, b" ".join((method, path, version)), rest)
                back = threading.Thread(target=self._pump, args=(product, device, False), daemon=True)
                back.start()
                self._pump(device, product, True)
                back.join()

    @contextmanager
    def _kept(self, end: socket.socket) -> Iterator[socket.socket]:
        self._open.add(end)
        try:
            if not self._whole:
                raise ConnectionAbortedError
            yield end
        finally:
            self._open.discard(end)
            end.close()

    @staticmethod
    def _head(device: socket.socket) -> tuple[bytes, bytes]:
        data = b""
        while _HEAD_END not in data:
            more = device.recv(_CHUNK)
            if not more:
                raise ValueError
            data += more
        head, rest = data.split(_HEAD_END, 1)
        return head, rest

    @staticmethod
    def _split(method: bytes, target: bytes) -> tuple[bytes, bytes]:
        if method == b"CONNECT":
            return target, b""
        authority, _, path = target.removeprefix(b"http://").partition(b"/")
        return authority, b"/" + path

    @staticmethod
    def _pass_head(product: socket.socket, head: bytes, first: bytes, rest: bytes) -> None:
        """One request a connection, so that only its first line has to be read."""
        lines = [line for line in head.split(b"\r\n")[1:] if b"connection:" not in line[:17].lower()]
        product.sendall(b"\r\n".join((first, *lines, b"Connection: close")) + _HEAD_END + rest)

    def _pump(self, source: socket.socket, sink: socket.socket, upwards: bool) -> None:
        with suppress(OSError):
            while more := source.recv(_CHUNK):
                sink.sendall(more)
                if upwards:
                    self.sent += len(more)
                    time.sleep(self._pause)
        with suppress(OSError):
            sink.shutdown(socket.SHUT_WR)


class RunOutToken:
    """Lets the access token that a page sends next be one that ran out an hour ago, until the page has another one.

    The product keeps its own time and gives ten minutes; the page's token is signed anew with the product's key and an
    earlier end, so that the product itself refuses it.
    """

    def __init__(self, page: Page, running: Product) -> None:
        self._key: str = json.loads((running.var / "keys.json").read_text())["JWT_SIGNING_KEY"]
        self._old = ""
        self.refused = self.renewed = 0
        page.route("**/api/v1/**", self._send)
        page.on("response", self._note)

    def _send(self, route: Route) -> None:
        given = route.request.headers.get("authorization", "").removeprefix("Bearer ")
        self._old = self._old or given
        if given and given == self._old:
            route.continue_(headers={**route.request.headers, "authorization": f"Bearer {self._run_out(given)}"})
        else:
            route.continue_()

    def _run_out(self, token: str) -> str:
        header = jwt.get_unverified_header(token)
        claims = jwt.decode(token, options={"verify_signature": False})
        hour_ago = int(time.time()) - 3600
        claims |= {"iat": hour_ago - 600, "nbf": hour_ago - 600, "exp": hour_ago}
        return jwt.encode(claims, self._key, header["alg"])

    def _note(self, response: Response) -> None:
        self.refused += response.status == 401
        self.renewed += response.status == 200 and response.url.endswith("/auth/refresh")

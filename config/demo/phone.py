"""What stands in for people's devices: an HTTP client with a session, a socket, a push service of the browser."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import uuid4

import http_ece
import httpx
import websockets
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec


class UnexpectedAnswerError(AssertionError):
    """The product answered something else than promised."""


class Phone:
    """One person's app: signs in, keeps the token, makes a fresh Idempotency-Key for each act."""

    def __init__(self, base_url: str, owner: str) -> None:
        self.owner = owner
        self.http = httpx.Client(base_url=base_url, timeout=20, trust_env=False)
        self.token = ""

    def call(self, method: str, path: str, *, expect: int = 200, etag: str = "", **options: Any) -> httpx.Response:
        """One API call under /api/v1; anything but `expect` ends the play with what was answered."""
        headers = {"Accept-Language": "zh-Hans", **options.pop("headers", {})}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if method == "POST":
            headers.setdefault("Idempotency-Key", str(uuid4()))
        if etag:
            headers["If-Match"] = etag
        answer = self.http.request(method, f"/api/v1{path}", headers=headers, **options)
        if answer.status_code != expect:
            raise UnexpectedAnswerError(f"{method} {path}: {answer.status_code} {answer.text[:600]}")
        return answer

    def get(self, path: str, **options: Any) -> Any:
        """The JSON of a GET."""
        return self.call("GET", path, **options).json()


class Socket:
    """A phone's live connection: remembers every frame, acknowledges it, runs beside the play."""

    def __init__(self, url: str, origin: str, ticket: str, cursor: int) -> None:
        self.frames: list[dict[str, Any]] = []
        self.failure: BaseException | None = None
        self._arguments = (f"{url}?since={cursor}", origin, ticket)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._listen())
        except (OSError, websockets.WebSocketException) as exc:
            self.failure = exc

    async def _listen(self) -> None:
        url, origin, ticket = self._arguments
        protocols = [websockets.Subprotocol("v1.events"), websockets.Subprotocol(f"ticket.{ticket}")]
        async with websockets.connect(
            url, origin=websockets.Origin(origin), subprotocols=protocols, proxy=None
        ) as live:
            async for message in live:
                frame = json.loads(message)
                if "seq" in frame:
                    self.frames.append(frame)
                    await live.send(json.dumps({"ack": frame["seq"]}))

    def types(self) -> list[str]:
        """The event types seen so far, in order."""
        return [frame["type"] for frame in self.frames]


class BrowserPushService:
    """A push service like the browser makers': takes encrypted messages for one subscription and opens them."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._auth = os.urandom(16)
        self.messages: list[dict[str, Any]] = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                service.open(body)
                self.send_response(201)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Stay silent."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def open(self, body: bytes) -> None:
        """Decrypt one message as the browser would."""
        plain = http_ece.decrypt(body, private_key=self._key, auth_secret=self._auth, version="aes128gcm")
        self.messages.append(json.loads(plain))

    def subscription(self) -> dict[str, Any]:
        """What the browser hands to the page."""
        point = self._key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return {
            "endpoint": f"http://127.0.0.1:{self._server.server_port}/push/{uuid4()}",
            "keys": {"p256dh": _b64(point), "auth": _b64(self._auth)},
        }

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def until(what: str, look: Callable[[], Any], *, seconds: float = 30) -> Any:
    """Look again and again until there is something; end the play when it does not come in time."""
    waiter = threading.Event()
    for _ in range(int(seconds / 0.1)):
        found = look()
        if found:
            return found
        waiter.wait(0.1)
    raise UnexpectedAnswerError(f"did not happen within {seconds:.0f} s: {what}")

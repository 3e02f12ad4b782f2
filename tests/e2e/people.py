"""Devices that do not give up: what was not answered is sent again with the same key, what was cut comes back."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import httpx
import websockets

from config.demo.phone import Phone, UnexpectedAnswerError

PATIENCE_SECONDS = 60.0
_LATER = {429, 502, 503}
_FRAME_SECONDS = 40.0  # the server pings every 25


class StubbornPhone(Phone):
    """An app as it should be: repeats an act with the key it had until it is answered, told of each act beforehand."""

    def __init__(self, base_url: str, owner: str, cue: Callable[[str], None]) -> None:
        super().__init__(base_url, owner)
        self.cue = cue
        self.patience = PATIENCE_SECONDS
        self.repeated = 0

    def call(self, method: str, path: str, *, expect: int = 200, etag: str = "", **options: Any) -> httpx.Response:
        """One act. A connection that breaks, 503 and 409 `in_progress` are no answers; everything else is."""
        headers = {"Idempotency-Key": str(uuid4()), **options.pop("headers", {})} if method == "POST" else {}
        if method == "POST":
            self.cue(options.get("json", {}).get("action") or path.rsplit("/", 1)[-1])
        started = time.monotonic()
        while True:
            answer = self._try(method, path, expect=expect, etag=etag, headers=dict(headers), **options)
            if answer is not None:
                return answer
            self.repeated += 1
            if time.monotonic() - started > self.patience:
                raise UnexpectedAnswerError(f"{method} {path}: no answer within {self.patience:.0f} s")
            time.sleep(0.2)

    def _try(self, method: str, path: str, *, expect: int, **options: Any) -> httpx.Response | None:
        answers: list[httpx.Response] = []
        self.http.event_hooks = {"response": [answers.append]}
        try:
            return super().call(method, path, expect=expect, **options)
        except httpx.TransportError:
            return None
        except UnexpectedAnswerError:
            if answers[-1].status_code in _LATER or "in_progress" in answers[-1].text:
                return None
            raise


class ResumingSocket:
    """A phone's live connection that comes back with its cursor. Notes each frame missing, doubled or swapped."""

    def __init__(self, phone: StubbornPhone, origin: str, url: str, cursor: int) -> None:
        self.phone, self.origin, self.url = phone, origin, url
        self.first = self.cursor = cursor
        self.frames: list[dict[str, Any]] = []
        self.connections = 0
        self.faults: list[str] = []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._stay()), daemon=True)
        self._thread.start()

    async def _stay(self) -> None:
        while not self._ended.is_set():
            try:
                await self._listen()
            except websockets.InvalidStatus as exc:
                self._note_refusal(exc.response.status_code)
            except (OSError, TimeoutError, websockets.WebSocketException) as exc:
                self._note_close(exc)
            except UnexpectedAnswerError as exc:
                self.faults.append(str(exc))
            await asyncio.sleep(0.5)

    def _note_refusal(self, status: int) -> None:
        """403 is what a ticket gets that Valkey has lost; 503 while something is away."""
        if status not in {403, 502, 503}:
            self.faults.append(f"refused with {status}")

    def _note_close(self, exc: BaseException) -> None:
        code = exc.rcvd.code if isinstance(exc, websockets.ConnectionClosed) and exc.rcvd else 0
        if code >= 4000:
            self.faults.append(f"closed with {code}")

    async def _listen(self) -> None:
        answer = await asyncio.to_thread(self.phone.call, "POST", "/me/realtime-ticket", expect=201)
        protocols = [websockets.Subprotocol("v1.events"), websockets.Subprotocol(f"ticket.{answer.json()['ticket']}")]
        async with websockets.connect(
            f"{self.url}?since={self.cursor}",
            origin=websockets.Origin(self.origin),
            subprotocols=protocols,
            proxy=None,
            open_timeout=5,
        ) as live:
            self.connections += 1
            while not self._ended.is_set():
                frame = json.loads(await asyncio.wait_for(live.recv(), _FRAME_SECONDS))
                if "seq" in frame:
                    self._take(frame)
                    await live.send(json.dumps({"ack": frame["seq"]}))

    def _take(self, frame: dict[str, Any]) -> None:
        if frame["seq"] != self.cursor + 1:
            self.faults.append(f"{frame['seq']} after {self.cursor}")
        self.cursor = frame["seq"]
        self.frames.append(frame)

    def close(self) -> None:
        """Do not come back any more."""
        self._ended.set()
        self.phone.patience = 0

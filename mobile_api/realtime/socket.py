"""One open connection: its place in the person's log and a bounded queue of what is still to be sent."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from mobile_api.realtime.frames import (
    MAX_CLIENT_FRAME_BYTES,
    MAX_CLIENT_FRAMES_A_MINUTE,
    MAX_PENDING_BYTES,
    MAX_PENDING_FRAMES,
    PING,
    PING_SECONDS,
    CloseCode,
    Frame,
    parse_ack,
)
from mobile_api.realtime.sessions import Standing
from mobile_api.realtime.tickets import Holder

Send = Callable[[dict[str, Any]], Awaitable[None]]
REFILL_BELOW = MAX_PENDING_FRAMES // 4
STALL_SECONDS = 15.0


class Socket:
    """A connection as the hub sees it. `position` is the last event it was given, `live` whether it takes wake-ups."""

    __slots__ = (
        "_bytes", "_drained", "_frames", "_heard", "_ping", "_ready", "_send", "closing", "holder", "live", "position",
        "standing",
    )  # fmt: skip

    def __init__(self, holder: Holder, *, position: int, standing: Standing, send: Send) -> None:
        self.holder = holder
        self.position = position
        self.standing = standing
        self.live = False
        self.closing: asyncio.Future[CloseCode] = asyncio.get_running_loop().create_future()
        self._send = send
        self._frames: deque[Frame] = deque()
        self._bytes = 0
        self._ready = asyncio.Event()
        self._drained = asyncio.Event()
        self._heard: deque[float] = deque(maxlen=MAX_CLIENT_FRAMES_A_MINUTE)
        self._ping = asyncio.get_running_loop().call_later(PING_SECONDS, self._send_ping)

    @property
    def person_id(self) -> UUID:
        """Whose log this connection reads."""
        return self.holder.person_id

    def offer(self, frame: Frame) -> None:
        """Queue a frame; an event that was already given is left out. A full queue ends the connection (4408)."""
        if frame.seq:
            if frame.seq <= self.position:
                return
            self.position = frame.seq
        if len(self._frames) >= MAX_PENDING_FRAMES or self._bytes + frame.size > MAX_PENDING_BYTES:
            self.cut(CloseCode.TOO_SLOW)
            return
        self._frames.append(frame)
        self._bytes += frame.size
        self._ready.set()

    def skip_to(self, seq: int) -> None:
        """Move past events that this person must not see."""
        self.position = max(self.position, seq)

    def cut(self, code: CloseCode) -> None:
        """Have the connection ended with this code; the first reason wins."""
        if not self.closing.done():
            self.closing.set_result(code)

    async def write(self) -> None:
        """Send what is queued, for ever. A peer that does not read holds this up, never anybody else."""
        while True:
            await self._ready.wait()
            while self._frames:
                frame = self._frames[0]
                await self._send({"type": "websocket.send", "text": frame.text})
                self._frames.popleft()
                self._bytes -= frame.size
                if len(self._frames) < REFILL_BELOW:
                    self._drained.set()
            self._ready.clear()

    async def room(self) -> bool:
        """Wait until the queue is nearly empty; False (and 4408) when the peer reads nothing for too long."""
        if len(self._frames) < REFILL_BELOW:
            return True
        self._drained.clear()
        try:
            await asyncio.wait_for(self._drained.wait(), STALL_SECONDS)
        except TimeoutError:
            self.cut(CloseCode.TOO_SLOW)
            return False
        return True

    async def listen(self, receive: Callable[[], Awaitable[dict[str, Any]]]) -> None:
        """Take what the client says until it leaves."""
        while not self.closing.done():
            message = await receive()
            if message["type"] != "websocket.receive":
                return
            self._hear(message)

    def close(self) -> None:
        """Let go of the timer."""
        self._ping.cancel()

    def _hear(self, message: dict[str, Any]) -> None:
        moment = asyncio.get_running_loop().time()
        text = message.get("text")
        if len(self._heard) == MAX_CLIENT_FRAMES_A_MINUTE and moment - self._heard[0] < 60:
            self.cut(CloseCode.TOO_MANY)
        elif text is None:
            self.cut(CloseCode.UNSUPPORTED_DATA)
        elif len(text) > MAX_CLIENT_FRAME_BYTES or len(text.encode()) > MAX_CLIENT_FRAME_BYTES:
            self.cut(CloseCode.TOO_BIG)
        else:
            self._acknowledge(text)
        self._heard.append(moment)

    def _acknowledge(self, text: str) -> None:
        seq = parse_ack(text)
        if seq is None or seq > self.position:
            self.cut(CloseCode.POLICY)

    def _send_ping(self) -> None:
        self.offer(PING)
        self._ping = asyncio.get_running_loop().call_later(PING_SECONDS, self._send_ping)

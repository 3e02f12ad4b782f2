"""The hub of a WebSocket process: one subscription, one reader of the logs, direct sends to its own sockets.

A wake-up names people; it carries no content. The hub then reads the logs of those of them who are connected here, in
one indexed query for many people, and hands each event to all sockets of its person. Lost wake-ups lose nothing: every
ten seconds (every two while Valkey is away) one query compares all connected people's cursors.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from itertools import groupby
from uuid import UUID

from kernel import realtime
from kernel.models import PersonEvent
from mobile_api.realtime.frames import MAX_SOCKETS_A_PERSON, CloseCode, encode
from mobile_api.realtime.log import document
from mobile_api.realtime.loops import for_ever
from mobile_api.realtime.socket import Socket
from mobile_api.realtime.threads import in_thread
from mobile_api.realtime.wakeups import Wakeups
from mobile_api.realtime.watch import Watch

logger = logging.getLogger(__name__)

PAGE = 64
PEOPLE_A_READ = 100
POLL_SECONDS = 10.0
POLL_SECONDS_ALONE = 2.0


class Hub:
    """All sockets of this process. Everything here runs in one event loop; only reads go to threads."""

    def __init__(self) -> None:
        self._sockets: dict[UUID, set[Socket]] = {}
        self._positions: dict[UUID, int] = {}
        self._dirty: set[UUID] = set()
        self._work = asyncio.Event()
        self._wakeups = Wakeups(self.wake)
        self._watch = Watch(self.sockets)
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin to listen, poll, deliver and watch; once."""
        if self._tasks:
            return
        loops = (self._wakeups.listen, self._poll, self._deliver, self._watch.run)
        self._tasks = [asyncio.create_task(for_ever(loop), name=f"realtime.{loop.__name__}") for loop in loops]

    async def stop(self) -> None:
        """End every connection with 1012, then the loops."""
        await self.close_all()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []
        await self._wakeups.close()

    async def close_all(self, *, within: float = 2.0) -> None:
        """Tell every client that the process stops, and give the close frames a moment to leave."""
        for socket in self.sockets():
            socket.cut(CloseCode.RESTART)
        deadline = asyncio.get_running_loop().time() + within
        while self._sockets and asyncio.get_running_loop().time() < deadline:
            await asyncio.sleep(0.02)

    def sockets(self) -> list[Socket]:
        """Every open connection."""
        return [socket for sockets in self._sockets.values() for socket in sockets]

    def join(self, socket: Socket) -> bool:
        """Take a connection in; False when its person has too many here already. `catch_up` makes it live."""
        self.start()
        mine = self._sockets.setdefault(socket.person_id, set())
        if len(mine) >= MAX_SOCKETS_A_PERSON:
            return False
        mine.add(socket)
        return True

    def leave(self, socket: Socket) -> None:
        """Forget a connection."""
        mine = self._sockets.get(socket.person_id)
        if mine is None:
            return
        mine.discard(socket)
        if not any(other.live for other in mine):
            self._positions.pop(socket.person_id, None)
        if not mine:
            del self._sockets[socket.person_id]

    def wake(self, person_ids: Iterable[UUID]) -> None:
        """Have the logs of these people looked at, if they are connected here. Repeated wake-ups become one."""
        self._dirty.update(person for person in person_ids if person in self._positions)
        if self._dirty:
            self._work.set()

    def wake_everybody(self) -> None:
        """Have all logs looked at."""
        self.wake(list(self._positions))

    async def catch_up(self, socket: Socket) -> None:
        """Give a new connection what it has missed, at the speed it reads, then let it take wake-ups."""
        person = socket.person_id
        while await socket.room():
            events = await self._events({person: socket.position})
            _hand_out(events, [socket])
            shared = self._positions.get(person, socket.position)
            if not events and shared > socket.position:
                socket.cut(CloseCode.CURSOR_TOO_OLD)
                return
            if len(events) < PAGE and shared <= socket.position:
                self._positions.setdefault(person, socket.position)
                socket.live = True
                self.wake([person])
                return

    async def _poll(self) -> None:
        while True:
            await asyncio.sleep(POLL_SECONDS if self._wakeups.connected else POLL_SECONDS_ALONE)
            if not self._positions:
                continue
            cursors = await in_thread(realtime.cursors_of, list(self._positions))
            self.wake(person for person, seq in cursors.items() if seq > self._positions.get(person, seq))

    async def _deliver(self) -> None:
        while True:
            await self._work.wait()
            self._work.clear()
            while self._dirty:
                batch = {self._dirty.pop() for _ in range(min(PEOPLE_A_READ, len(self._dirty)))}
                await self._read(batch)

    async def _read(self, batch: set[UUID]) -> None:
        positions = {person: self._positions[person] for person in batch if person in self._positions}
        try:
            await self._watch.fresh()
            events = await self._events(positions)
        except BaseException:
            self._dirty |= batch
            self._work.set()
            raise
        for person, group in groupby(events, key=lambda event: event.person_id):
            mine = list(group)
            if person not in self._positions:
                continue
            _hand_out(mine, [socket for socket in self._sockets[person] if socket.live])
            self._positions[person] = max(self._positions[person], mine[-1].seq)
            if len(mine) == PAGE:
                self.wake([person])

    async def _events(self, positions: dict[UUID, int]) -> list[PersonEvent]:
        """What comes after these positions. No await may follow until it is handed out and the position moved: a
        socket that becomes live in between would miss it."""
        events = await in_thread(realtime.events_after, positions, PAGE)
        if any(event.scope_role for event in events):
            await self._watch.fresh(rights=True)
        return events


def _hand_out(events: list[PersonEvent], sockets: list[Socket]) -> None:
    for event in events:
        frame = encode(event.seq, document(event))
        for socket in sockets:
            if event.scope_role and not socket.standing.may(event.scope_role, event.scope_path):
                socket.skip_to(event.seq)
            else:
                socket.offer(frame)

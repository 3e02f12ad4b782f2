"""Keeping an eye on sessions and rights: what has ended elsewhere ends here within five seconds (reliability F28)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from mobile_api.realtime.frames import CloseCode
from mobile_api.realtime.sessions import Standings, standings
from mobile_api.realtime.socket import Socket
from mobile_api.realtime.threads import in_thread

EVERY_SECONDS = 2.0
OLDEST_SECONDS = 5.0


class Watch:
    """Asks in one query about the sessions of all sockets, and cuts those that have lost theirs."""

    def __init__(self, sockets: Callable[[], list[Socket]]) -> None:
        self._sockets = sockets
        self._looked_at = float("-inf")
        self._lock = asyncio.Lock()

    async def run(self) -> None:
        """Look every two seconds."""
        while True:
            await self._look()
            await asyncio.sleep(EVERY_SECONDS)

    async def fresh(self, *, rights: bool = False) -> None:
        """Look now unless the last look is younger than 5 s (2 s where rights decide). Faults of the database pass
        through: nothing is delivered on old knowledge."""
        if self._age() > (EVERY_SECONDS if rights else OLDEST_SECONDS):
            await self._look()

    def _age(self) -> float:
        return asyncio.get_running_loop().time() - self._looked_at

    async def _look(self) -> None:
        async with self._lock:
            started = asyncio.get_running_loop().time()
            sockets = self._sockets()
            found = await in_thread(standings, {socket.holder.session_id for socket in sockets})
            self._looked_at = started
            for socket in sockets:
                _judge(socket, found)


def _judge(socket: Socket, found: Standings) -> None:
    standing = found.by_session.get(socket.holder.session_id)
    if standing is None or socket.holder.expires_at <= found.at:
        socket.cut(CloseCode.SESSION_GONE)
    elif standing.mark != socket.standing.mark:
        socket.standing = standing
        socket.cut(CloseCode.RIGHT_GONE)

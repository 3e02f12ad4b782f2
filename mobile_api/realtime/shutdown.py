"""Closing sockets politely. granian drops open sockets before it ends the lifespan, so that a close code has to go out
between the signal and the server's own handler."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable

Work = Callable[[], Awaitable[None]]


def before_the_server_stops(work: Work) -> None:
    """On SIGTERM and SIGINT run `work` first and then whatever handler the server had registered on this loop.

    Where the loop does not show its handlers (another loop than asyncio's own) nothing changes: sockets are dropped
    without a code, and clients come back with their cursor all the same.
    """
    loop = asyncio.get_running_loop()
    handlers = getattr(loop, "_signal_handlers", None)
    if not handlers:
        return
    for number in (signal.SIGTERM, signal.SIGINT):
        theirs = handlers.get(number)
        if theirs is not None:
            _put_before(loop, number, theirs, work)


def _put_before(loop: asyncio.AbstractEventLoop, number: int, theirs: asyncio.Handle, work: Work) -> None:
    # add_signal_handler cancels the handle it replaces, so what it would have run is kept apart.
    callback, arguments = theirs._callback, theirs._args  # type: ignore[attr-defined]  # noqa: SLF001
    running: set[asyncio.Task[None]] = set()

    async def work_then_stop() -> None:
        try:
            await work()
        finally:
            callback(*arguments)

    def start() -> None:
        if not running:
            running.add(loop.create_task(work_then_stop()))

    loop.add_signal_handler(number, start)

"""Two thousand phones on line at one WebSocket process: memory, how fast all hear of an event, and a phone that stops
reading."""

from __future__ import annotations

import asyncio
import os
import signal
import tempfile
import time
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import django

django.setup()

import websockets  # noqa: E402 - Django first
from django.db import transaction  # noqa: E402

from kernel import realtime  # noqa: E402
from kernel.ids import uuid7  # noqa: E402
from tests.embedded.survivors import descendants  # noqa: E402
from tests.factories import sessions  # noqa: E402
from tests.factories.sessions import Caller  # noqa: E402
from tests.realtime.conftest import ORIGIN, Server, free_port, ticket_of  # noqa: E402

PEOPLE, EACH, EVENTS, OPENED_TOGETHER = 400, 5, 10, 50
STUCK_EVENTS, STUCK_BYTES = 400, 100_000
PATIENCE_SECONDS = 30


def main() -> None:
    """Print the figures."""
    os.environ["WEB_ORIGINS"] = ORIGIN
    with tempfile.TemporaryDirectory() as folder:
        server = Server(free_port(), Path(folder))
        server.start()
        try:
            people = [sessions.citizen() for _ in range(PEOPLE)]
            asyncio.run(play(server, people))
        finally:
            server.stop(signal.SIGKILL)


async def play(server: Server, people: list[Caller]) -> None:
    """Connect all, tell all, stop one."""
    before = memory(server)
    started = time.perf_counter()
    arrivals: list[float] = []
    room = asyncio.Semaphore(OPENED_TOGETHER)
    clients = await asyncio.gather(*(connect(server, one, room) for one in people for _ in range(EACH)))
    listening = [asyncio.create_task(listen(client, arrivals)) for client in clients]
    connected = time.perf_counter() - started
    grown = memory(server) - before
    print(
        f"  {len(clients)} connections in {connected:.1f} s; {before} MB before, +{grown} MB with all of them",
        flush=True,
    )
    await report("all of them, one event", people, arrivals)
    stuck, slow = await asyncio.to_thread(sessions.citizen), asyncio.Semaphore(1)
    await connect(server, stuck, slow, max_queue=1, compression=None)
    flood = asyncio.create_task(asyncio.to_thread(fill, stuck.id))
    await report("the same beside one that stopped reading", people, arrivals)
    await flood
    await tell_cut(server)
    for task in listening:
        task.cancel()


async def tell_cut(server: Server) -> None:
    """When the one that reads nothing was cut."""
    started, log = time.perf_counter(), server.folder / f"{server.port}.log"
    while '"code": "4408"' not in (said := log.read_text()) and time.perf_counter() - started < PATIENCE_SECONDS:
        await asyncio.sleep(0.2)
    taken = time.perf_counter() - started
    end = f"cut with 4408 {taken:.1f} s after the last of it" if '"code": "4408"' in said else "NOT cut"
    print(f"  the one that stopped reading was {end}; {memory(server)} MB at the end", flush=True)


async def connect(server: Server, person: Caller, room: asyncio.Semaphore, **options: Any) -> Any:
    """A connection from now on."""
    async with room:
        ticket = await asyncio.to_thread(ticket_of, person)
        protocols = [websockets.Subprotocol("v1.events"), websockets.Subprotocol(f"ticket.{ticket}")]
        return await websockets.connect(
            server.url(), origin=websockets.Origin(ORIGIN), subprotocols=protocols, proxy=None, open_timeout=60,
            ping_interval=None, **options,
        )  # fmt: skip


async def listen(client: Any, arrivals: list[float]) -> None:
    """Note when events came."""
    async for message in client:
        if '"seq"' in message:
            arrivals.append(time.perf_counter())  # noqa: PERF401 - it never ends


async def report(name: str, people: list[Caller], arrivals: list[float]) -> None:
    """Tell everybody a few times; how long until half, nearly all, and all have heard."""
    waits: list[float] = []
    for _ in range(EVENTS):
        arrivals.clear()
        started = time.perf_counter()
        await asyncio.to_thread(publish, [one.id for one in people], "x")
        while len(arrivals) < PEOPLE * EACH and time.perf_counter() - started < 30:
            await asyncio.sleep(0.01)
        waits += [at - started for at in arrivals]
    waits.sort()
    found = " ".join(f"p{share} {waits[int(len(waits) * share / 100) - 1] * 1000:.0f} ms" for share in (50, 95, 100))
    print(f"  {name}: {len(waits)} of {PEOPLE * EACH * EVENTS} arrived, {found}", flush=True)


def publish(people: list[UUID], text: str) -> None:
    """One event for these people."""
    with transaction.atomic():
        realtime.publish(
            people, event_id=uuid7(), type="test.happened", subject=("case", uuid4()), data={"set": {"text": text}}
        )


def fill(person: UUID) -> None:
    """More than a connection that is not read can hold."""
    for _ in range(STUCK_EVENTS):
        publish([person], "y" * STUCK_BYTES)


def memory(server: Server) -> int:
    """Resident megabytes of the server and its worker."""
    assert server.process is not None
    both = (server.process.pid, *descendants(server.process.pid))
    return sum(int(Path(f"/proc/{one}/statm").read_text().split()[1]) for one in both) * 4096 // 2**20


if __name__ == "__main__":
    main()

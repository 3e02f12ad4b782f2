"""The ASGI application of the WebSocket process: `/ws/v1/events`, `/healthz`, and nothing else."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any

from channels.routing import ProtocolTypeRouter, URLRouter
from django.conf import settings
from django.db import DatabaseError
from django.urls import path, re_path
from psycopg_pool import PoolTimeout

from kernel.errors import CommonError, DomainError
from kernel.ids import uuid7
from mobile_api.platform.problems import MEDIA_TYPE, problem_document
from mobile_api.realtime import handshake
from mobile_api.realtime.admission import Admission, admit
from mobile_api.realtime.frames import SUBPROTOCOL, CloseCode
from mobile_api.realtime.handshake import RefusedError
from mobile_api.realtime.hub import Hub
from mobile_api.realtime.shutdown import before_the_server_stops
from mobile_api.realtime.socket import Socket
from mobile_api.realtime.threads import in_thread

logger = logging.getLogger(__name__)

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
CLOSE_SECONDS = 1.0

_hubs: dict[asyncio.AbstractEventLoop, Hub] = {}


def hub() -> Hub:
    """The hub of the running event loop: one a process, since a server runs one loop."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs.clear()
        _hubs[loop] = Hub()
    return _hubs[loop]


async def events(scope: Scope, receive: Receive, send: Send) -> None:
    """One WebSocket connection, from the upgrade request to its end."""
    await receive()
    try:
        asked = handshake.read(scope, origins=settings.WEB_ORIGINS)
        admission = await in_thread(admit, asked, _address(scope))
    except RefusedError as refusal:
        await _refuse(scope, send, refusal)
        return
    except (DatabaseError, PoolTimeout):
        await _refuse(scope, send, RefusedError("database_unavailable", 503))
        return
    await send({"type": "websocket.accept", "subprotocol": SUBPROTOCOL})
    code = admission.close or await _serve(admission, receive, send)
    if code is not None:
        logger.info("realtime_closed", extra={"code": int(code)})
        with suppress(Exception):
            await asyncio.wait_for(send({"type": "websocket.close", "code": int(code)}), CLOSE_SECONDS)


async def _serve(admission: Admission, receive: Receive, send: Send) -> CloseCode | None:
    """Run an accepted connection; the code with which to close it, None when the client has left."""
    mine = hub()
    socket = Socket(admission.holder, position=admission.position, standing=admission.standing, send=send)
    if not mine.join(socket):
        socket.close()
        return CloseCode.TOO_MANY
    listening = asyncio.create_task(socket.listen(receive))
    writing = asyncio.create_task(socket.write())
    catching_up = asyncio.create_task(mine.catch_up(socket))
    catching_up.add_done_callback(lambda task: _restart_if_failed(task, socket))
    try:
        ends: set[asyncio.Future[Any]] = {listening, writing, socket.closing}
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        return socket.closing.result() if socket.closing.done() else None
    finally:
        mine.leave(socket)
        socket.close()
        for task in (listening, writing, catching_up):
            task.cancel()
        await asyncio.gather(listening, writing, catching_up, return_exceptions=True)


def _restart_if_failed(task: asyncio.Task[None], socket: Socket) -> None:
    """A connection that could not be brought up to date (the database went away) is told to come again."""
    if not task.cancelled() and task.exception() is not None:
        logger.warning("realtime_catch_up_failed", extra={"error": type(task.exception()).__name__})
        socket.cut(CloseCode.RESTART)


async def _refuse(scope: Scope, send: Send, refusal: RefusedError) -> None:
    """Answer the upgrade request with 403 (503 when we cannot know), before anything is accepted."""
    logger.info("realtime_refused", extra={"reason": refusal.reason})
    code = CommonError.FORBIDDEN if refusal.status == 403 else CommonError.UNAVAILABLE
    if "websocket.http.response" in (scope.get("extensions") or {}):
        await _respond(send, code, "websocket.http.response")
    else:
        await send({"type": "websocket.close", "code": int(CloseCode.SESSION_GONE)})


async def _respond(send: Send, code: CommonError, kind: str) -> None:
    document = problem_document(DomainError(code), request_id=str(uuid7()))
    headers = [(b"content-type", MEDIA_TYPE.encode()), (b"cache-control", b"no-store")]
    if code is CommonError.UNAVAILABLE:
        headers.append((b"retry-after", b"3"))
    await send({"type": f"{kind}.start", "status": code.spec.status, "headers": headers})
    await send({"type": f"{kind}.body", "body": json.dumps(document, ensure_ascii=False).encode()})


def _address(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else "0.0.0.0"  # noqa: S104 - stands for "unknown"


async def nothing_here(scope: Scope, receive: Receive, send: Send) -> None:
    """A socket on an address that we do not serve."""
    await receive()
    await _refuse(scope, send, RefusedError("address"))


async def http(scope: Scope, receive: Receive, send: Send) -> None:
    """`GET /healthz`; anything else is not here."""
    if scope["path"] != "/healthz":
        await _respond(send, CommonError.NOT_FOUND, "http.response")
        return
    headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b'{"status": "ok"}'})


async def lifespan(scope: Scope, receive: Receive, send: Send) -> None:
    """Start the hub with the server, and end it in order."""
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            mine = hub()
            mine.start()
            before_the_server_stops(mine.close_all)
            await send({"type": "lifespan.startup.complete"})
        else:
            await hub().stop()
            await send({"type": "lifespan.shutdown.complete"})
            return


def _as_view(consumer: Any) -> Any:
    """Django's `path` is typed for HTTP views; Channels routes ASGI applications with it."""
    return consumer


application = ProtocolTypeRouter(
    {
        "websocket": URLRouter([path("ws/v1/events", _as_view(events)), re_path("", _as_view(nothing_here))]),
        "http": http,
        "lifespan": lifespan,
    }
)

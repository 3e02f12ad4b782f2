"""Outgoing HTTP for gateways: one total deadline, a short connect, no redirects, and whether anything has left us.

`requests` bounds each read but not their sum, so a peer that trickles a byte a second holds a worker for ever. Here a
timer shuts the connection down when the deadline passes, whatever the library is waiting for.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from requests import Session
from requests.adapters import HTTPAdapter
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

CONNECT_SECONDS = 3.0
TOTAL_SECONDS = 10.0
MAX_ANSWER_BYTES = 2 * 1024 * 1024


class Call:
    """One HTTP exchange: its sockets, whether request bytes may have left, whether time ran out."""

    def __init__(self, total_seconds: float) -> None:
        self.ends_at = time.monotonic() + total_seconds
        self.may_have_left = False
        self.expired = False
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()

    def track(self, connected: socket.socket) -> None:
        """Keep a second handle of a new connection: TLS takes the first one over."""
        with self._lock:
            if self.expired:
                connected.close()
                raise TimeoutError("the deadline passed while connecting")
            self._sockets.append(connected.dup())

    def expire(self) -> None:
        """The deadline has come: end every connection of this call."""
        with self._lock:
            self.expired = True
            for handle in self._sockets:
                with suppress(OSError):
                    handle.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Give the handles back."""
        with self._lock:
            for handle in self._sockets:
                handle.close()
            self._sockets.clear()


_current: ContextVar[Call | None] = ContextVar("gateway_call", default=None)


@contextmanager
def call_within(total_seconds: float) -> Iterator[Call]:
    """Bound everything sent inside the block by one total deadline."""
    call = Call(total_seconds)
    timer = threading.Timer(total_seconds, call.expire)
    timer.daemon = True
    token = _current.set(call)
    timer.start()
    try:
        yield call
    finally:
        timer.cancel()
        _current.reset(token)
        call.close()


class _Tracked:
    """Tells the current call about each new socket and the first byte sent."""

    def _new_conn(self) -> socket.socket:
        connected: socket.socket = super()._new_conn()  # type: ignore[misc]
        call = _current.get()
        if call is not None:
            call.track(connected)
        return connected

    def request(self, *args: Any, **kwargs: Any) -> None:
        call = _current.get()
        if self.sock is None:  # type: ignore[attr-defined]
            self.connect()  # type: ignore[attr-defined]
        if call is not None:
            call.may_have_left = True
        super().request(*args, **kwargs)  # type: ignore[misc]


class _TrackedHTTP(_Tracked, HTTPConnection):  # type: ignore[misc]
    pass


class _TrackedHTTPS(_Tracked, HTTPSConnection):  # type: ignore[misc]
    pass


class _HTTPPool(HTTPConnectionPool):
    ConnectionCls = _TrackedHTTP


class _HTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _TrackedHTTPS


_POOLS = {"http": _HTTPPool, "https": _HTTPSPool}


class TrackedAdapter(HTTPAdapter):
    """A requests adapter whose connections report to the current call. It never retries by itself."""

    def __init__(self) -> None:
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> Any:
        """Use the tracked pools."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        """Use the tracked pools behind a proxy of the environment, too."""
        manager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = _POOLS
        return manager


class RebasedTwilioClient(TwilioHttpClient):
    """Twilio's own HTTP client with the address swapped for `base_url` (scheme and host) and a total deadline.

    A new connection for each call: a kept-alive one that the peer has just closed would make a harmless refusal look
    like an unknown outcome.
    """

    def __init__(self, base_url: str) -> None:
        super().__init__(pool_connections=False)
        self._base = urlsplit(base_url)

    def request(  # type: ignore[override]
        self,
        method: str,
        url: str,
        params: dict[str, Any] | None = None,
        data: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Response:
        """Send one request to the configured base. Raises requests' exceptions and `AnswerTooLargeError`."""
        target = urlunsplit(urlsplit(url)._replace(scheme=self._base.scheme, netloc=self._base.netloc))
        call = _current.get()
        remaining = max(0.1, call.ends_at - time.monotonic()) if call else TOTAL_SECONDS
        with Session() as session:
            session.mount("http://", TrackedAdapter())
            session.mount("https://", TrackedAdapter())
            answer = session.request(
                method.upper(),
                target,
                params=params,
                data=data,
                headers=headers,
                auth=auth,
                timeout=(min(CONNECT_SECONDS, remaining), remaining),
                allow_redirects=False,
                stream=True,
            )
            body = answer.raw.read(MAX_ANSWER_BYTES + 1, decode_content=True)
            if call is not None and call.expired:
                raise TimeoutError("the deadline passed while the answer came in")
        if len(body) > MAX_ANSWER_BYTES:
            raise AnswerTooLargeError
        return Response(answer.status_code, body.decode("utf-8", "replace"), answer.headers)


class AnswerTooLargeError(Exception):
    """The provider's answer is longer than any we expect."""

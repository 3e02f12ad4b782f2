"""Calls to addresses that others chose: one total deadline, no redirects, no private addresses, what has left us.

A push address comes from whoever runs the browser, a webhook address from a partner. It is checked when it is
registered, and the very address that a connection goes to is checked again when it is made, so a name that changes its
mind in between gains nothing (reliability F18).
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as LookupTimeoutError
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NewConnectionError

CONNECT_SECONDS = 3.0
TOTAL_SECONDS = 10.0
LOOKUP_SECONDS = 2.0
_NAT64 = ip_network("64:ff9b::/96")
_resolver = ThreadPoolExecutor(max_workers=4, thread_name_prefix="egress-resolver")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where an address leads."""

    scheme: str
    host: str
    port: int

    @property
    def origin(self) -> str:
        """Scheme and host, the port only when it is not the usual one: also VAPID's audience."""
        usual = {"https": 443, "http": 80}[self.scheme]
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == usual else f":{self.port}")


def read_endpoint(url: str) -> Endpoint | None:
    """The parts of an http(s) address without user and fragment; None for anything else."""
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").rstrip(".")
        host.encode("ascii")
    except (ValueError, UnicodeError):
        return None
    if parts.scheme not in {"https", "http"} or not host or "@" in parts.netloc or parts.fragment:
        return None
    if any(sign <= " " or sign in '\\"<>^`{|}' for sign in url):
        return None
    return Endpoint(parts.scheme, host, port or {"https": 443, "http": 80}[parts.scheme])


def is_public(address: str) -> bool:
    """Whether an IP address is on the open internet, looking through the forms that wrap one address in another."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = _wrapped(found) if isinstance(found, IPv6Address) else None
    if inner is not None:
        return is_public(str(inner))
    return found.is_global and not found.is_multicast and not found.is_reserved


def _wrapped(address: IPv6Address) -> IPv4Address | None:
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)


def is_named(allow: Sequence[str], host: str, port: int, address: str) -> bool:
    """Whether the operator lets this through: an entry is a host, an address or a network, with or without a port."""
    return any(_names(entry, host, port, address) for entry in allow)


def _names(entry: str, host: str, port: int, address: str) -> bool:
    bare = entry.strip().rpartition("://")[2].rstrip("/") if "://" in entry else entry.strip()
    name, _, wanted = bare.rpartition(":") if bare.count(":") == 1 or bare.startswith("[") else (bare, "", "")
    name = (name or bare).strip("[]")
    if wanted and wanted != str(port):
        return False
    if name.lower() == host.lower():
        return True
    try:
        return bool(address) and ip_address(address) in ip_network(name, strict=False)
    except ValueError:
        return False


class Exchange:
    """One call: its sockets, what left us, whether time ran out or an address was refused."""

    def __init__(self, *, guarded: bool, seconds: float) -> None:
        self.guarded = guarded
        self.ends_at = time.monotonic() + seconds
        self.requests = 0
        self.expired = False
        self.refused_address = False
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()

    @property
    def may_have_left(self) -> bool:
        """Whether bytes of the message may have reached the service."""
        return self.requests > 0

    def track(self, connected: socket.socket) -> None:
        """Keep a second handle of a new connection: TLS takes the first one over."""
        with self._lock:
            if self.expired:
                connected.close()
                raise TimeoutError("the deadline passed while connecting")
            self._sockets.append(connected.dup())

    def expire(self) -> None:
        """The deadline has come: end every connection, whatever it waits for."""
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


_current: ContextVar[Exchange | None] = ContextVar("egress_exchange", default=None)


@contextmanager
def exchange(*, guarded: bool, seconds: float = TOTAL_SECONDS) -> Iterator[Exchange]:
    """Bound everything sent inside the block by one total deadline. `guarded`: public addresses only."""
    running = Exchange(guarded=guarded, seconds=seconds)
    timer = threading.Timer(seconds, running.expire)
    timer.daemon = True
    token = _current.set(running)
    timer.start()
    try:
        yield running
    finally:
        timer.cancel()
        _current.reset(token)
        running.close()


def addresses_of(host: str, port: int) -> list[str]:
    """The addresses a name stands for now, in at most two seconds; empty when it has none."""
    try:
        found = _resolver.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM).result(LOOKUP_SECONDS)
    except (OSError, UnicodeError, LookupTimeoutError):
        return []
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def may_reach(host: str, port: int, address: str) -> bool:
    """Whether a call may go to this address: it is public, or the operator names it in EGRESS_ALLOW."""
    return is_public(address) or is_named(settings.EGRESS_ALLOW, host, port, address)


def may_register(endpoint: Endpoint) -> bool:
    """Whether an address may be kept: https (http only where the operator names it), and every address behind the
    name public. A name without any address now is kept; nothing can be sent there before it gets a public one."""
    found = addresses_of(endpoint.host, endpoint.port)
    if endpoint.scheme != "https":
        return bool(found) and all(
            is_named(settings.EGRESS_ALLOW, endpoint.host, endpoint.port, address) for address in found
        )
    if not found:
        return "." in endpoint.host
    return all(may_reach(endpoint.host, endpoint.port, address) for address in found)


class _Guarded:
    """Connects to checked addresses only and tells the current exchange about sockets and requests."""

    def _new_conn(self) -> socket.socket:
        running = _current.get()
        host, port = self._dns_host, self.port  # type: ignore[attr-defined]
        fault: OSError = OSError("no address")
        for address in addresses_of(host, port):
            if running is not None and running.guarded and not may_reach(host, port, address):
                running.refused_address = True
                continue
            try:
                connected = socket.create_connection((address, port), CONNECT_SECONDS)
            except OSError as exc:
                fault = exc
                continue
            connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if running is not None:
                running.track(connected)
            return connected
        raise NewConnectionError(self, f"cannot connect: {type(fault).__name__}") from fault  # type: ignore[arg-type]

    def request(self, *args: Any, **kwargs: Any) -> None:
        running = _current.get()
        if self.sock is None:  # type: ignore[attr-defined]
            self.connect()  # type: ignore[attr-defined]
        if running is not None:
            running.requests += 1
        super().request(*args, **kwargs)  # type: ignore[misc]


class _GuardedHTTP(_Guarded, HTTPConnection):  # type: ignore[misc]
    pass


class _GuardedHTTPS(_Guarded, HTTPSConnection):  # type: ignore[misc]
    pass


class _OnceOnly:
    """A used connection is not used again: the next call has a deadline of its own, and the peer may have hung up."""

    def _put_conn(self, conn: Any) -> None:
        if conn is not None:
            conn.close()
        super()._put_conn(conn)  # type: ignore[misc]


class _HTTPPool(_OnceOnly, HTTPConnectionPool):
    ConnectionCls = _GuardedHTTP


class _HTTPSPool(_OnceOnly, HTTPSConnectionPool):
    ConnectionCls = _GuardedHTTPS


class GuardedAdapter(HTTPAdapter):
    """A requests adapter on guarded connections. It never retries by itself."""

    def __init__(self) -> None:
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> Any:
        """Use the guarded pools."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _HTTPPool, "https": _HTTPSPool}


def session() -> requests.Session:
    """A session for one call: no proxy or netrc of the environment, no redirects, no kept connection."""
    fresh = _NoRedirects()
    fresh.trust_env = False
    fresh.headers["Connection"] = "close"
    fresh.mount("http://", GuardedAdapter())
    fresh.mount("https://", GuardedAdapter())
    return fresh


class _NoRedirects(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """Nowhere: an answer that sends us elsewhere is an answer."""
        return None

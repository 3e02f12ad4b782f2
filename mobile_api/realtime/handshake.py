"""Reading an upgrade request: origin, sub-protocols, ticket, cursor. Plain Python; nothing is looked up here."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from mobile_api.realtime.frames import SUBPROTOCOL, TICKET_PREFIX

_TICKET = re.compile(r"^[A-Za-z0-9_-]{22}$")
_CURSOR = re.compile(r"^[0-9]{1,18}$")
_DEFAULT_PORTS = {"https": 443, "http": 80}


class RefusedError(Exception):
    """The connection is not accepted. `reason` goes into the log, never to the caller."""

    def __init__(self, reason: str, status: int = 403) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status


@dataclass(frozen=True, slots=True)
class Handshake:
    """What a caller asks for. `since` is None for "from now on", -1 for something that is no cursor of ours.

    `bearer` is set only for callers without an Origin (native apps), who must show their access token as well.
    """

    ticket: str
    since: int | None
    bearer: str | None


def read(scope: Mapping[str, Any], *, origins: Collection[str]) -> Handshake:
    """Check the form of an upgrade request against the allowed full origins. Raises RefusedError."""
    headers = _headers(scope)
    bearer = _check_origin(headers, origins)
    offered = list(scope.get("subprotocols") or [])
    tickets = [name.removeprefix(TICKET_PREFIX) for name in offered if name.startswith(TICKET_PREFIX)]
    if SUBPROTOCOL not in offered:
        raise RefusedError("subprotocol")
    if len(tickets) != 1 or not _TICKET.match(tickets[0]):
        raise RefusedError("ticket_missing")
    return Handshake(tickets[0], _since(scope), bearer)


def _headers(scope: Mapping[str, Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in scope.get("headers", ()):
        found.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
    return found


def _check_origin(headers: Mapping[str, list[str]], origins: Collection[str]) -> str | None:
    sent = headers.get("origin", [])
    if len(sent) > 1:
        raise RefusedError("origin")
    if sent:
        if _origin(sent[0]) not in {_origin(allowed) for allowed in origins}:
            raise RefusedError("origin")
        return None
    scheme, _, token = "".join(headers.get("authorization", [])[:1]).partition(" ")
    if scheme.lower() != "bearer" or not token or len(token) > 4096:
        raise RefusedError("origin_missing")
    return token.strip()


def _origin(value: str) -> tuple[str, str, int]:
    """Scheme, host and port of a full origin; what is none (`null`, a bare host, one with a path) matches nothing."""
    nothing = ("", value, -1)
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        return nothing
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS or not parts.hostname or parts.username is not None:
        return nothing
    if parts.path.strip("/") or parts.query or parts.fragment:
        return nothing
    return scheme, parts.hostname.lower(), port or _DEFAULT_PORTS[scheme]


def _since(scope: Mapping[str, Any]) -> int | None:
    query = scope.get("query_string", b"").decode("latin-1")
    pairs = parse_qsl(query, keep_blank_values=True)
    if any(name != "since" for name, _ in pairs) or len(pairs) > 1:
        raise RefusedError("query")
    if not pairs:
        return None
    return int(pairs[0][1]) if _CURSOR.match(pairs[0][1]) else -1

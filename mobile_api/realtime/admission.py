"""Deciding who may connect. Blocking; runs in a thread."""

from __future__ import annotations

import logging
from dataclasses import dataclass

import redis

from kernel import realtime
from kernel.errors import DomainError
from mobile_api.platform.authentication import actor_for_token
from mobile_api.realtime import sessions, tickets
from mobile_api.realtime.frames import CloseCode
from mobile_api.realtime.handshake import Handshake, RefusedError
from mobile_api.realtime.sessions import Standing
from mobile_api.realtime.tickets import Holder

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Admission:
    """A connection that may be accepted; with `close` it is ended at once with that code."""

    holder: Holder
    standing: Standing
    position: int
    close: CloseCode | None = None


def admit(handshake: Handshake, address: str) -> Admission:
    """Use the ticket up and check session, access token (native apps) and cursor. Raises RefusedError."""
    try:
        holder = tickets.use(handshake.ticket)
    except redis.RedisError as exc:
        raise RefusedError("tickets_unavailable", 503) from exc
    if holder is None:
        raise RefusedError("ticket")
    if handshake.bearer is not None:
        _check_bearer(handshake.bearer, holder, address)
    found = sessions.standings([holder.session_id])
    standing = found.by_session.get(holder.session_id)
    if standing is None or standing.person_id != holder.person_id or holder.expires_at <= found.at:
        raise RefusedError("session")
    return _at_cursor(handshake, holder, standing)


def _check_bearer(token: str, holder: Holder, address: str) -> None:
    try:
        actor = actor_for_token(token, address=address)
    except DomainError as exc:
        raise RefusedError("bearer") from exc
    if actor.session_id != holder.session_id:
        raise RefusedError("bearer")


def _at_cursor(handshake: Handshake, holder: Holder, standing: Standing) -> Admission:
    if handshake.since is None:
        return Admission(holder, standing, realtime.cursor_of(holder.person_id))
    if realtime.is_too_old(holder.person_id, handshake.since):
        return Admission(holder, standing, 0, CloseCode.CURSOR_TOO_OLD)
    return Admission(holder, standing, handshake.since)

"""Tickets that open one socket: 128 random bits, 30 seconds, used once, bound to a session.

They live in Valkey under their digest and nowhere else. When Valkey forgets them (FLUSHALL, restart) or is away, no
ticket is valid: the client asks for a new one, or reads by long poll meanwhile.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import jwt
import redis
from django.conf import settings

from kernel.errors import CommonError, DomainError

LIFE_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Holder:
    """For whom a ticket was made: the person, the session, and the end of the access token that asked for it."""

    person_id: UUID
    session_id: UUID
    expires_at: datetime


def expiry_of(access_token: str) -> datetime:
    """The end of an access token that has been verified already."""
    claims = jwt.decode(access_token, options={"verify_signature": False})
    return datetime.fromtimestamp(claims["exp"], UTC)


def issue(holder: Holder) -> str:
    """Make a ticket. Raises DomainError 503 while Valkey is away."""
    ticket = secrets.token_urlsafe(16)
    value = json.dumps([str(holder.person_id), str(holder.session_id), holder.expires_at.timestamp()])
    try:
        _connection().set(_name(ticket), value, ex=LIFE_SECONDS)
    except redis.RedisError as exc:
        raise DomainError(CommonError.UNAVAILABLE, headers={"Retry-After": "3"}) from exc
    return ticket


def use(ticket: str) -> Holder | None:
    """Use a ticket up and return its holder; None when it is unknown, expired or used. Raises RedisError."""
    value = _connection().getdel(_name(ticket))
    if value is None:
        return None
    person, session, expires = json.loads(value)  # type: ignore[arg-type]
    return Holder(UUID(person), UUID(session), datetime.fromtimestamp(expires, UTC))


def _name(ticket: str) -> str:
    return f"realtime:ticket:{hashlib.sha256(ticket.encode()).hexdigest()}"


_client: redis.Redis | None = None


def _connection() -> redis.Redis:
    global _client  # noqa: PLW0603 - one connection pool a process
    if _client is None:
        _client = redis.Redis.from_url(
            settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1, retry=None, health_check_interval=30
        )
    return _client

"""Politeness limits, atomic in Valkey. What protects accounts and codes counts in PostgreSQL instead (F05)."""

from __future__ import annotations

import hashlib
import logging

import redis
from django.conf import settings

from kernel.errors import CommonError, DomainError

logger = logging.getLogger(__name__)

_SCRIPT = """
local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end
return {count, redis.call('TTL', KEYS[1])}
"""
_client: redis.Redis | None = None


def throttle(scope: str, key: str, *, limit: int, seconds: int) -> None:
    """Count one use of `scope` by `key` in a fixed window. Raises DomainError 429 with Retry-After beyond `limit`.

    Lets everything through while Valkey is away: availability of services comes before politeness.
    """
    name = f"throttle:{scope}:{hashlib.sha256(key.encode()).hexdigest()[:32]}"
    try:
        count, left = _connection().eval(_SCRIPT, 1, name, str(seconds))  # type: ignore[misc]
    except redis.RedisError as exc:
        logger.warning("throttle_unavailable", extra={"error": type(exc).__name__})
        return
    if int(count) > limit:
        wait = max(1, int(left))
        raise DomainError(CommonError.THROTTLED, headers={"Retry-After": str(wait)}, seconds=wait)


def _connection() -> redis.Redis:
    global _client  # noqa: PLW0603 - one connection pool a process
    if _client is None:
        _client = redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=0.3, socket_timeout=0.3, retry=None)
    return _client

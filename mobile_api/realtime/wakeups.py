"""The process's one subscription in Valkey."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from django.conf import settings
from redis.asyncio import Redis
from redis.asyncio.client import PubSub

from kernel.realtime import WAKE_CHANNEL


class Wakeups:
    """Listens on the wake channel and passes on whom it names. `connected` tells whether it can hear at present."""

    def __init__(self, wake: Callable[[Iterable[UUID]], None]) -> None:
        self.connected = False
        self._wake = wake
        self._client: Redis | None = None

    async def listen(self) -> None:
        """Subscribe and listen until the connection is lost (RedisError, OSError); the caller tries again."""
        self._client = self._client or Redis.from_url(
            settings.REDIS_URL, max_connections=2, socket_connect_timeout=1, health_check_interval=10, retry=None
        )
        try:
            async with self._client.pubsub(ignore_subscribe_messages=True) as pubsub:
                await pubsub.subscribe(WAKE_CHANNEL)
                self.connected = True
                await self._pass_on(pubsub)
        finally:
            self.connected = False

    async def _pass_on(self, pubsub: PubSub) -> None:
        while True:
            message = await pubsub.get_message(timeout=5)
            if message is not None:
                self._wake(_people(message["data"]))

    async def close(self) -> None:
        """Let go of the connection."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None


def _people(data: bytes) -> list[UUID]:
    try:
        return [UUID(word) for word in data.decode("ascii").split(",")]
    except (ValueError, UnicodeError):
        return []

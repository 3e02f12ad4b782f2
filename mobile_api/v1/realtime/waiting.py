"""Waiting for an event in the web process: one subscription a process, a database look every two seconds beside it."""

from __future__ import annotations

import logging
import threading
import time
from uuid import UUID

import redis
from django.conf import settings
from django.db import close_old_connections

from kernel import realtime
from kernel.models import PersonEvent

logger = logging.getLogger(__name__)

LOOK_SECONDS = 2.0
MAX_WAITING = 8


class WakeBoard:
    """People whose events somebody in this process waits for."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[UUID, list[threading.Event]] = {}
        self._listener: threading.Thread | None = None

    def enter(self, person_id: UUID) -> threading.Event | None:
        """A flag that a wake-up for this person sets; None when too many wait here already."""
        with self._lock:
            if sum(map(len, self._waiting.values())) >= MAX_WAITING:
                return None
            flag = threading.Event()
            self._waiting.setdefault(person_id, []).append(flag)
            if self._listener is None:
                self._listener = threading.Thread(target=self._listen, name="realtime-wakeboard", daemon=True)
                self._listener.start()
            return flag

    def leave(self, person_id: UUID, flag: threading.Event) -> None:
        """Nobody waits with this flag any more."""
        with self._lock:
            flags = self._waiting.get(person_id, [])
            flags.remove(flag)
            if not flags:
                self._waiting.pop(person_id, None)

    def _listen(self) -> None:
        while True:
            try:
                with redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1, retry=None) as client:
                    self._hear(client)
            except redis.RedisError as exc:
                logger.info("wakeboard_lost", extra={"error": type(exc).__name__})
                time.sleep(LOOK_SECONDS)

    def _hear(self, client: redis.Redis) -> None:
        pubsub = client.pubsub(ignore_subscribe_messages=True)
        pubsub.subscribe(realtime.WAKE_CHANNEL)
        while True:
            message = pubsub.get_message(timeout=30)
            if message is not None:
                self._wake(set(message["data"].decode("ascii", "replace").split(",")))

    def _wake(self, names: set[str]) -> None:
        with self._lock:
            flags = [flag for person, mine in self._waiting.items() if str(person) in names for flag in mine]
        for flag in flags:
            flag.set()


board = WakeBoard()


def wait_for_events(person_id: UUID, since: int, *, seconds: float, limit: int) -> list[PersonEvent]:
    """The person's events after `since`, waiting up to `seconds` for the first one.

    The database connection goes back to the pool while waiting. Where too many wait in this process already, the
    answer comes at once: clients then poll, and other requests keep their threads.
    """
    events = realtime.events_since(person_id, since, limit=limit)
    flag = board.enter(person_id) if not events and seconds > 0 else None
    if flag is None:
        return events
    deadline = time.monotonic() + seconds
    try:
        while not events and (left := deadline - time.monotonic()) > 0:
            close_old_connections()
            flag.wait(min(LOOK_SECONDS, left))
            flag.clear()
            events = realtime.events_since(person_id, since, limit=limit)
    finally:
        board.leave(person_id, flag)
    return events

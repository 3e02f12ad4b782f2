"""What the relay does to find workers that are alive but silent."""

from __future__ import annotations

import logging
import time

import redis
from django.conf import settings
from kombu.exceptions import OperationalError

from backend.operations import rules
from backend.operations.services import note_knock
from backend.operations.tasks import answer
from kernel.outbox import register_pump

logger = logging.getLogger(__name__)

KNOCK_SECONDS = 0.5
_next = 0.0


def knock() -> None:
    """Put a knock into each queue; with the broker away nobody is asked, so nobody is blamed."""
    global _next  # noqa: PLW0603 - one process, one clock
    if time.monotonic() < _next:
        return
    _next = time.monotonic() + rules.EVERY.total_seconds()
    try:
        with redis.Redis.from_url(
            settings.REDIS_URL, socket_connect_timeout=KNOCK_SECONDS, socket_timeout=KNOCK_SECONDS
        ) as client:
            client.ping()
        for queue in rules.QUEUES:
            answer.apply_async(args=(queue,), queue=queue, retry=False, expires=rules.SILENT.total_seconds())
            note_knock(queue=queue)
    except (OperationalError, OSError, redis.RedisError) as exc:
        logger.warning("operations_broker_away", extra={"error": type(exc).__name__})


register_pump("operations.knock", knock, every=rules.EVERY)

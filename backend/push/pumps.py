"""What the relay does for push after each wake-up."""

from __future__ import annotations

import logging
import time
from datetime import timedelta

import redis
from django.conf import settings
from kombu.exceptions import OperationalError

from backend.push.services import BATCH, Due, claim_due, give_back, topics_due
from backend.push.tasks import dispatch_push, dispatch_pushes, tell_of_topics
from backend.push.types import Platform
from kernel.outbox import register_pump

logger = logging.getLogger(__name__)

BROKER_PAUSE_SECONDS = 2.0
KNOCK_SECONDS = 0.5
TOPICS_PAUSE_SECONDS = 3.0
_broker_back_at = 0.0
_topics_again_at = 0.0


def hand_over() -> None:
    """Hand due messages to the workers. With the broker away nothing is lost: the next run tries again."""
    global _broker_back_at  # noqa: PLW0603 - one process, one broker
    if time.monotonic() < _broker_back_at:
        return
    due = claim_due()
    if not due:
        return
    try:
        _knock()
        _publish(due)
    except (OperationalError, OSError, redis.RedisError) as exc:
        _broker_back_at = time.monotonic() + BROKER_PAUSE_SECONDS
        logger.warning("push_broker_away", extra={"error": type(exc).__name__})
        give_back(message_ids=[found.message_id for found in due])


def hand_topics() -> None:
    """Have a worker tell the service of topics, when there is anything to tell; once in a few seconds is enough."""
    global _broker_back_at, _topics_again_at  # noqa: PLW0603 - one process, one broker
    now = time.monotonic()
    if now < max(_broker_back_at, _topics_again_at) or not topics_due():
        return
    try:
        _knock()
        tell_of_topics.apply_async(retry=False)
        _topics_again_at = now + TOPICS_PAUSE_SECONDS
    except (OperationalError, OSError, redis.RedisError) as exc:
        _broker_back_at = now + BROKER_PAUSE_SECONDS
        logger.warning("push_broker_away", extra={"error": type(exc).__name__})


def _publish(due: list[Due]) -> None:
    """Phones in batches, browsers one by one: each browser may have a service of its own."""
    phones = [str(found.message_id) for found in due if found.platform is Platform.FCM]
    for first in range(0, len(phones), BATCH):
        dispatch_pushes.apply_async(args=(phones[first : first + BATCH],), retry=False)
    for found in due:
        if found.platform is not Platform.FCM:
            dispatch_push.apply_async(args=(str(found.message_id),), retry=False)


def _knock() -> None:
    """Raise before publishing to a dead or frozen broker: the library would wait for seconds, and the relay with it."""
    with redis.Redis.from_url(
        settings.REDIS_URL, socket_connect_timeout=KNOCK_SECONDS, socket_timeout=KNOCK_SECONDS
    ) as client:
        client.ping()


register_pump("push.dispatch", hand_over, every=timedelta(0))
register_pump("push.topics", hand_topics, every=timedelta(seconds=3))

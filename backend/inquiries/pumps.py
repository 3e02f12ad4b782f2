"""What the relay hands to the workers: the sound of calls, to be fetched from the exchange."""

from __future__ import annotations

import logging
import time
from datetime import timedelta

import redis
from django.conf import settings
from kombu.exceptions import OperationalError

from backend.inquiries.services import claim_recordings, give_back_recordings
from backend.inquiries.tasks import fetch_recording
from kernel.outbox import register_pump

logger = logging.getLogger(__name__)

BROKER_PAUSE_SECONDS = 2.0
KNOCK_SECONDS = 0.5
_broker_back_at = 0.0


def hand_over() -> None:
    """Hand due recordings to the workers. With the broker away nothing is lost: the next run tries again."""
    global _broker_back_at  # noqa: PLW0603 - one process, one broker
    if time.monotonic() < _broker_back_at:
        return
    call_ids = claim_recordings()
    if not call_ids:
        return
    try:
        _knock()
        for call_id in call_ids:
            fetch_recording.apply_async(args=(str(call_id),), retry=False)
    except (OperationalError, OSError, redis.RedisError) as exc:
        _broker_back_at = time.monotonic() + BROKER_PAUSE_SECONDS
        logger.warning("inquiries_broker_away", extra={"error": type(exc).__name__})
        give_back_recordings(call_ids=call_ids)


def _knock() -> None:
    with redis.Redis.from_url(
        settings.REDIS_URL, socket_connect_timeout=KNOCK_SECONDS, socket_timeout=KNOCK_SECONDS
    ) as client:
        client.ping()


register_pump("inquiries.recordings", hand_over, every=timedelta(seconds=2))

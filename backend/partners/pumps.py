"""What the relay does for partners after each wake-up."""

from __future__ import annotations

import logging
import time
from datetime import timedelta

import redis
from django.conf import settings
from kombu.exceptions import OperationalError

from backend.partners.services import claim_due, give_back
from backend.partners.tasks import dispatch_webhook
from kernel.outbox import register_pump

logger = logging.getLogger(__name__)

BROKER_PAUSE_SECONDS = 2.0
KNOCK_SECONDS = 0.5
_broker_back_at = 0.0


def hand_over() -> None:
    """Hand due webhooks to the workers. With the broker away nothing is lost: the next run tries again."""
    global _broker_back_at  # noqa: PLW0603 - one process, one broker
    if time.monotonic() < _broker_back_at:
        return
    webhook_ids = claim_due()
    if not webhook_ids:
        return
    try:
        _knock()
        for webhook_id in webhook_ids:
            dispatch_webhook.apply_async(args=(str(webhook_id),), retry=False)
    except (OperationalError, OSError, redis.RedisError) as exc:
        _broker_back_at = time.monotonic() + BROKER_PAUSE_SECONDS
        logger.warning("partners_broker_away", extra={"error": type(exc).__name__})
        give_back(webhook_ids=webhook_ids)


def _knock() -> None:
    with redis.Redis.from_url(
        settings.REDIS_URL, socket_connect_timeout=KNOCK_SECONDS, socket_timeout=KNOCK_SECONDS
    ) as client:
        client.ping()


register_pump("partners.dispatch", hand_over, every=timedelta(seconds=1))

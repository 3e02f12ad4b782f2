"""What the relay does for texts after each wake-up."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import redis
from django.conf import settings
from kombu.exceptions import OperationalError

from kernel.outbox import register_pump
from sms.handset import carrier
from sms.services import claim_due, expire_waiting, give_back, join_parked, join_parts, move_shares
from sms.tasks import dispatch_message, report_handset
from sms.types import Purpose

logger = logging.getLogger(__name__)

BROKER_PAUSE_SECONDS = 2.0
KNOCK_SECONDS = 0.5
_broker_back_at = 0.0


def hand_over() -> None:
    """Hand due messages to the workers, codes first. With the broker away nothing is lost: the next run tries again."""
    if time.monotonic() < _broker_back_at:
        return
    for purpose in Purpose:
        message_ids = claim_due(purpose=purpose)
        if not message_ids:
            continue
        if not _is_broker_there() or not _publish(message_ids, purpose):
            give_back(message_ids=message_ids)
            return


def _is_broker_there() -> bool:
    """Knock before publishing: the library waits for seconds on a dead or frozen broker, and the relay with it."""
    try:
        with redis.Redis.from_url(
            settings.REDIS_URL, socket_connect_timeout=KNOCK_SECONDS, socket_timeout=KNOCK_SECONDS
        ) as client:
            client.ping()
    except redis.RedisError as exc:
        _pause(exc)
        return False
    return True


def _publish(message_ids: Sequence[UUID], purpose: Purpose) -> bool:
    """Some may have gone out before a fault; that they go out again does no harm."""
    try:
        for message_id in message_ids:
            dispatch_message.apply_async(args=(str(message_id),), queue=purpose.value, retry=False)
    except (OperationalError, OSError) as exc:
        _pause(exc)
        return False
    return True


def _pause(exc: Exception) -> None:
    global _broker_back_at  # noqa: PLW0603 - one process, one broker
    _broker_back_at = time.monotonic() + BROKER_PAUSE_SECONDS
    logger.warning("sms_broker_away", extra={"error": type(exc).__name__})


def report() -> None:
    """Have the embedded carrier's reports sent, when there are any."""
    if not settings.HANDSET_ENABLED or time.monotonic() < _broker_back_at or not carrier.has_reports():
        return
    if not _is_broker_there():
        return
    try:
        report_handset.apply_async(retry=False)
    except (OperationalError, OSError) as exc:
        _pause(exc)


def join() -> None:
    """Join parked receipts."""
    join_parked()


def weigh() -> None:
    """Move shares between carriers."""
    move_shares()


def join_texts() -> None:
    """Hand on long texts of which a part never came."""
    join_parts()


def expire() -> None:
    """Close what never got a receipt."""
    expire_waiting()


def register() -> None:
    """Tell the relay."""
    register_pump("sms.dispatch", hand_over, every=timedelta(0))
    register_pump("sms.handset_reports", report, every=timedelta(seconds=1))
    register_pump("sms.parked_receipts", join, every=timedelta(seconds=5))
    register_pump("sms.carriers", weigh, every=timedelta(seconds=5))
    register_pump("sms.inbound_parts", join_texts, every=timedelta(seconds=60))
    register_pump("sms.missing_receipts", expire, every=timedelta(seconds=60))

"""The relay: hands each waiting event to its subscriber, in order per subject, and loses none.

What waits, waits in PostgreSQL. A delivery is worked on under its row lock in one transaction with its effects, so a
killed relay leaves it ready again at once; several relays share the work by SKIP LOCKED. A delivery that keeps
failing is parked, stays visible and stops blocking those behind it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import OperationalError, connection, transaction

from kernel import clock
from kernel.events import Event, subscriptions
from kernel.models import Delivery, DeliveryState, OutboxEvent

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 5
BACKOFF = (timedelta(seconds=1), timedelta(seconds=5), timedelta(seconds=15), timedelta(seconds=60))

_CLAIM = """
    SELECT d.id FROM kernel_delivery d
    WHERE d.state = 'ready' AND d.due_at <= %s AND NOT EXISTS (
        SELECT 1 FROM kernel_delivery earlier
        WHERE earlier.subscriber = d.subscriber AND earlier.subject_id = d.subject_id
          AND earlier.state = 'ready' AND earlier.id < d.id)
    ORDER BY d.due_at, d.id LIMIT 1 FOR UPDATE OF d SKIP LOCKED
"""


@dataclass(slots=True)
class Pump:
    """Work that apps want done after each commit anywhere, and at least every `every`."""

    name: str
    run: Callable[[], None]
    every: timedelta
    last_run: datetime | None = field(default=None)


_pumps: dict[str, Pump] = {}


def register_pump(name: str, run: Callable[[], None], *, every: timedelta) -> None:
    """Have the relay call `run` after every wake-up and at least each `every`. It must be short, idempotent and safe
    when two relays run it at once."""
    _pumps[name] = Pump(name, run, every)


def pumps() -> list[Pump]:
    """The registered pumps."""
    return list(_pumps.values())


def run_pending(limit: int = 1000) -> int:
    """Hand over what is ready, at most `limit` deliveries. Returns how many were worked on, failures included."""
    worked = 0
    while worked < limit and deliver_next():
        worked += 1
    return worked


def deliver_next() -> bool:
    """Hand over one ready delivery; False when none is ready. A failing handler changes nothing but its own count."""
    failure: tuple[int, Exception] | None = None
    with transaction.atomic():
        delivery_id = _claim()
        if delivery_id is None:
            return False
        delivery = Delivery.objects.select_related("event").get(pk=delivery_id)
        try:
            with transaction.atomic():
                _hand_over(delivery)
        except OperationalError:
            raise
        except Exception as exc:
            failure = (delivery_id, exc)
            _note_failure(delivery, exc)
    if failure is not None:
        logger.warning("delivery_failed", extra={"delivery": failure[0], "error": type(failure[1]).__name__})
    return True


def _claim() -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [clock.now()])
        row = cursor.fetchone()
    return row[0] if row else None


def _hand_over(delivery: Delivery) -> None:
    subscription = subscriptions().get(delivery.subscriber)
    if subscription is None:
        raise LookupError(f"no subscriber named {delivery.subscriber}")
    subscription.handler(_event(delivery.event, delivery.pk))
    delivery.state = DeliveryState.DONE
    delivery.done_at = clock.now()
    delivery.save(update_fields=["state", "done_at"])


def _note_failure(delivery: Delivery, exc: Exception) -> None:
    delivery.attempts += 1
    delivery.last_error = f"{type(exc).__module__}.{type(exc).__name__}"
    if delivery.attempts >= MAX_ATTEMPTS:
        delivery.state = DeliveryState.PARKED
    else:
        delivery.due_at = clock.now() + BACKOFF[delivery.attempts - 1]
    delivery.save(update_fields=["attempts", "last_error", "state", "due_at"])


def _event(row: OutboxEvent, sequence: int) -> Event:
    return Event(
        id=row.id,
        type=row.type,
        version=row.version,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        organisation_id=row.organisation_id,
        occurred_at=row.occurred_at,
        data=row.data,
        sequence=sequence,
    )


def retry_parked(*, subscriber: str | None = None) -> int:
    """Make parked deliveries ready again (of one subscriber, or all). Returns how many."""
    parked = Delivery.objects.filter(state=DeliveryState.PARKED)
    if subscriber:
        parked = parked.filter(subscriber=subscriber)
    return parked.update(state=DeliveryState.READY, attempts=0, due_at=clock.now())


def oldest_waiting_seconds() -> float:
    """Age in seconds of the oldest delivery that should have been made by now; 0 when nothing waits."""
    now = clock.now()
    oldest = (
        Delivery.objects.filter(state=DeliveryState.READY, due_at__lte=now)
        .order_by("due_at")
        .values_list("due_at", flat=True)
        .first()
    )
    return max(0.0, (now - oldest).total_seconds()) if oldest else 0.0

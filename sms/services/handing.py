"""Which messages want attention, and how they are handed to workers without being handed over and over."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from kernel import clock
from sms.models import Message
from sms.rules.states import CARRIED
from sms.services.carriers import are_all_held
from sms.services.outcomes import lock_message, settle
from sms.types import MessageState, Purpose, Reason

BATCH = 100
OUTSTANDING = {Purpose.OTP: 400, Purpose.STATUTORY: 300, Purpose.BULK: 100}
HAND_OVER = timedelta(seconds=30)
_OURS = ("queued", "retrying", "dispatching", "unknown")
_CLAIM = """
    UPDATE sms_message SET handed_until = %(until)s WHERE id = ANY (ARRAY(
        SELECT id FROM sms_message
        WHERE state IN ('queued', 'retrying', 'dispatching', 'unknown') AND purpose = %(purpose)s
          AND due_at <= %(now)s AND (handed_until IS NULL OR handed_until <= %(now)s)
          AND (NOT %(held)s OR give_up_at <= %(now)s)
        ORDER BY due_at, id LIMIT %(limit)s FOR UPDATE SKIP LOCKED))
    RETURNING id
"""
"""The rows are chosen once, in an array: within IN a nested loop would choose anew for each row, past the limit."""


def claim_due(*, purpose: Purpose) -> list[UUID]:
    """Take up to 100 messages of a purpose that are due and not yet handed out, oldest first; they are ours for 30 s.

    At most so many are handed out at a time that a slow worker's queue does not fill with repeats. With every gateway
    on hold texts stay where they are.
    """
    with transaction.atomic():
        now = clock.now()
        handed = Message.objects.filter(state__in=_OURS, due_at__lte=now, handed_until__gt=now, purpose=purpose).count()
        limit = min(BATCH, OUTSTANDING[purpose] - handed)
        if limit <= 0:
            return []
        values = {
            "until": now + HAND_OVER,
            "purpose": purpose.value,
            "now": now,
            "held": are_all_held(now),
            "limit": limit,
        }
        with connection.cursor() as cursor:
            cursor.execute(_CLAIM, values)
            return sorted(row[0] for row in cursor.fetchall())


def give_back(*, message_ids: list[UUID]) -> None:
    """The broker could not take these: they are free to be handed out again."""
    Message.objects.filter(pk__in=message_ids).update(handed_until=None)


def expire_waiting(*, limit: int = BATCH) -> int:
    """Close messages whose receipt has not come in time: undelivered for all we know; a late `delivered` still wins."""
    now = clock.now()
    late = Message.objects.filter(state__in=CARRIED, due_at__lte=now).values_list("pk", flat=True)[:limit]
    closed = 0
    for message_id in list(late):
        closed += _expire(message_id, now)
    return closed


@transaction.atomic
def _expire(message_id: UUID, now: datetime) -> int:
    message = lock_message(message_id)
    if message.state not in CARRIED or message.due_at > now:
        return 0
    settle(message, MessageState.UNDELIVERED, reason=Reason.NO_RECEIPT, now=now)
    return 1

"""Which messages want attention, and how they are handed to workers without being handed over and over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction

from backend.push.models import PushMessage
from backend.push.types import Platform
from kernel import clock

BATCH = 500
OUTSTANDING = 1000
HAND_OVER = timedelta(seconds=30)
_OURS = ("queued", "retrying", "dispatching")
_CLAIM = """
    UPDATE push_pushmessage SET handed_until = %(until)s WHERE id = ANY (ARRAY(
        SELECT id FROM push_pushmessage
        WHERE state IN ('queued', 'retrying', 'dispatching') AND due_at <= %(now)s
          AND (handed_until IS NULL OR handed_until <= %(now)s)
        ORDER BY due_at, id LIMIT %(limit)s FOR UPDATE SKIP LOCKED))
    RETURNING id, (SELECT platform FROM push_pushdevice WHERE push_pushdevice.id = device_id)
"""
"""The rows are chosen once, in an array: within IN a nested loop would choose anew for each row, past the limit."""


@dataclass(frozen=True, slots=True)
class Due:
    """A message that is ours to hand out, and the way it goes; to topics as to phones."""

    message_id: UUID
    platform: Platform


def claim_due() -> list[Due]:
    """Take up to 500 messages that are due and not yet handed out; they are ours for 30 s."""
    with transaction.atomic():
        now = clock.now()
        handed = PushMessage.objects.filter(state__in=_OURS, due_at__lte=now, handed_until__gt=now).count()
        limit = min(BATCH, OUTSTANDING - handed)
        if limit <= 0:
            return []
        with connection.cursor() as cursor:
            cursor.execute(_CLAIM, {"until": now + HAND_OVER, "now": now, "limit": limit})
            return [Due(row[0], Platform(row[1] or Platform.FCM)) for row in cursor.fetchall()]


def give_back(*, message_ids: list[UUID]) -> None:
    """The broker could not take these: they are free to be handed out again."""
    PushMessage.objects.filter(pk__in=message_ids).update(handed_until=None)

"""One message's turn: claim it, call the push service with nothing held, write down what happened.

No push service can be asked what became of a message. A call whose end nobody saw is made a second time at most, the
message then being marked `maybe_duplicate`; the collapse key makes the second replace the first on the device.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from backend.push.channels import CONFIGURED, SEND
from backend.push.models import PushAttempt, PushMessage, ServiceHold
from backend.push.rules import smallest
from backend.push.services.recording import record_outcome, service_of, settle, take_for_unknown
from backend.push.types import (
    Kind,
    MessageState,
    Outcome,
    OutcomeKind,
    Outgoing,
    Platform,
    Reason,
    Urgency,
)
from kernel import clock, egress

_OURS = (MessageState.QUEUED, MessageState.RETRYING, MessageState.DISPATCHING)
_MARGIN_SECONDS = 5.0
BATCH = 500
AT_ONCE = 10  # connections that the client keeps


@dataclass(frozen=True, slots=True)
class Turn:
    """What a claim allows: this call, begun before `begin_by` (monotonic)."""

    attempt_id: UUID
    platform: Platform
    outgoing: Outgoing
    begin_by: float


def dispatch(*, message_id: UUID) -> bool:
    """Give a message its turn, if it is due; False when there was nothing to do.

    Idempotent, and safe beside any number of others for the same message. No transaction and no database connection is
    held during the call.
    """
    turn = _claim(message_id)
    if turn is None:
        return False
    if not connection.in_atomic_block:
        connection.close()
    late = time.monotonic() > turn.begin_by
    outcome = Outcome(OutcomeKind.AGAIN, code="too_late") if late else SEND[turn.platform](turn.outgoing)
    record_outcome(turn.attempt_id, outcome)
    return True


def dispatch_many(*, message_ids: Sequence[UUID]) -> int:
    """`dispatch` for up to 500 messages side by side, each with its own outcome; how many were due.

    A token that is gone or a fault at one message says nothing about the others. A service that asks to be left alone
    is left alone by those whose call has not begun. (Firebase's own `send_each` fails as a whole when one of its
    threads does, and knows no deadline for a call.)
    """
    turns = [turn for message_id in message_ids[:BATCH] if (turn := _claim(message_id)) is not None]
    if not connection.in_atomic_block:
        connection.close()
    batch = _Batch()
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="push") as pool:
        calls = {pool.submit(batch.call, turn): turn for turn in turns}
        for done in as_completed(calls):
            record_outcome(calls[done].attempt_id, done.result())
    return len(turns)


class _Batch:
    """Calls side by side that stop when the service asks for it."""

    def __init__(self) -> None:
        self.hold_seconds: float | None = None

    def call(self, turn: Turn) -> Outcome:
        """One call, or none when it is too late or not wanted. Never raises."""
        if time.monotonic() > turn.begin_by:
            return Outcome(OutcomeKind.AGAIN, code="too_late")
        if self.hold_seconds is not None:
            return Outcome(OutcomeKind.AGAIN, code="held", hold_seconds=self.hold_seconds)
        outcome = SEND[turn.platform](turn.outgoing)
        self.hold_seconds = self.hold_seconds or outcome.hold_seconds
        return outcome


def lease_seconds() -> float:
    """How long a claim holds; never shorter than a call may take."""
    return max(float(settings.LEASE_SECONDS), egress.TOTAL_SECONDS + _MARGIN_SECONDS)


@transaction.atomic
def _claim(message_id: UUID) -> Turn | None:
    now = clock.now()
    message = (
        PushMessage.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("device")
        .filter(pk=message_id, state__in=_OURS, due_at__lte=now)
        .first()
    )
    if message is None or _stopped(message):
        return None
    held = ServiceHold.objects.filter(pk=service_of(message), until__gt=now).first()
    if held is not None:
        message.due_at, message.handed_until = held.until, None
        message.save(update_fields=["due_at", "handed_until"])
        return None
    return _begin(message)


def _stopped(message: PushMessage) -> bool:
    """Whether the message must not go: nobody can or wants to get it any more, or a worker died with it twice."""
    now = clock.now()
    platform = Platform(message.device.platform) if message.device else Platform.FCM
    reason = Reason.NONE
    if message.device is not None and message.device.dropped_at is not None:
        reason = Reason.DEVICE_GONE
    elif now >= message.give_up_at:
        reason = Reason.GAVE_UP
    elif not CONFIGURED[platform]():
        reason = Reason.NOT_CONFIGURED
    if reason:
        settle(message, MessageState.FAILED, reason=reason, now=now)
        return True
    return message.state == MessageState.DISPATCHING and not take_for_unknown(message, now)


def _begin(message: PushMessage) -> Turn:
    now, started, lease = clock.now(), time.monotonic(), lease_seconds()
    attempt = PushAttempt.objects.create(message=message, ordinal=message.attempts.count() + 1, started_at=now)
    message.state, message.due_at = MessageState.DISPATCHING, now + timedelta(seconds=lease)
    message.handed_until = None
    message.save(update_fields=["state", "due_at", "handed_until"])
    outgoing = Outgoing(
        token=(message.device.token or "") if message.device else "",
        condition=message.condition,
        payload=smallest(message.payload) if message.smallest else message.payload,
        kind=Kind(message.kind),
        collapse_key=message.collapse_key,
        urgency=Urgency(message.urgency),
        ttl_seconds=int((message.give_up_at - now).total_seconds()),
    )
    platform = Platform(message.device.platform) if message.device else Platform.FCM
    return Turn(attempt.pk, platform, outgoing, started + lease - egress.TOTAL_SECONDS - 1.0)

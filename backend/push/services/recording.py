"""Writing down how a call ended, and telling when all that could be done for an intent is done."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from backend.push.channels.fcm import GOOGLE
from backend.push.events import MESSAGE_FINISHED, TOPIC_MESSAGE_FINISHED
from backend.push.models import PushAttempt, PushMessage
from backend.push.rules import next_try
from backend.push.services.devices import drop
from backend.push.services.policies import policy_in_force
from backend.push.types import AttemptState, Kind, MessageState, Outcome, OutcomeKind, Reason
from kernel import clock
from kernel.events import emit

_FINAL = (MessageState.ACCEPTED, MessageState.FAILED, MessageState.CANCELLED)
_ATTEMPT_STATE = {
    OutcomeKind.ACCEPTED: AttemptState.ACCEPTED,
    OutcomeKind.REFUSED: AttemptState.REFUSED,
    OutcomeKind.AGAIN: AttemptState.RETRY,
    OutcomeKind.UNKNOWN: AttemptState.UNKNOWN,
}
_HOLD = """
    INSERT INTO push_servicehold (service, until) VALUES (%s, %s)
    ON CONFLICT (service) DO UPDATE SET until = GREATEST(push_servicehold.until, EXCLUDED.until)
"""


@transaction.atomic
def record_outcome(attempt_id: UUID, outcome: Outcome) -> None:
    """Write how a call ended. Also right when somebody has meanwhile taken the worker for dead."""
    message = _locked(PushAttempt.objects.values_list("message_id", flat=True).get(pk=attempt_id))
    attempt = PushAttempt.objects.get(pk=attempt_id)
    now = clock.now()
    was_pending = attempt.state == AttemptState.PENDING
    attempt.state, attempt.code = _ATTEMPT_STATE[outcome.kind], outcome.code[:60]
    attempt.provider_id, attempt.requests, attempt.finished_at = outcome.provider_id, outcome.requests, now
    attempt.save()
    if outcome.hold_seconds:
        with connection.cursor() as cursor:
            cursor.execute(_HOLD, [service_of(message), now + timedelta(seconds=outcome.hold_seconds)])
    if outcome.device_gone and message.device is not None and message.device.dropped_at is None:
        drop(message.device, outcome.reason or Reason.DEVICE_GONE)
    message.code = outcome.code[:60]
    if outcome.kind is OutcomeKind.ACCEPTED:
        settle(message, MessageState.ACCEPTED, reason=Reason.NONE, now=now)
    elif was_pending and message.state == MessageState.DISPATCHING:
        _follow(message, outcome, now)


def _locked(message_id: UUID) -> PushMessage:
    return PushMessage.objects.select_for_update(of=("self",)).select_related("device").get(pk=message_id)


def service_of(message: PushMessage) -> str:
    """Whose patience a message costs; messages to topics go through Google."""
    return message.device.service if message.device is not None else GOOGLE


def _follow(message: PushMessage, outcome: Outcome, now: datetime) -> None:
    if outcome.kind is OutcomeKind.REFUSED:
        settle(message, MessageState.FAILED, reason=outcome.reason or Reason.REFUSED, now=now)
    elif outcome.kind is OutcomeKind.UNKNOWN:
        if take_for_unknown(message, now):
            _retry(message, next_try(policy_in_force().delays_seconds, 1, now), now)
    elif outcome.smaller:
        _smaller(message, now)
    elif outcome.hold_seconds:
        _retry(message, now + timedelta(seconds=outcome.hold_seconds), now)
    else:
        message.failures += 1
        _retry(message, next_try(policy_in_force().delays_seconds, message.failures, now), now)


def take_for_unknown(message: PushMessage, now: datetime) -> bool:
    """Nobody saw the end of a call. Once, the message may go again, marked; after that it is given up (False)."""
    PushAttempt.objects.filter(message=message, state=AttemptState.PENDING).update(
        state=AttemptState.UNKNOWN, code="lease_expired", finished_at=now
    )
    if message.maybe_duplicate:
        settle(message, MessageState.FAILED, reason=Reason.UNKNOWN_OUTCOME, now=now)
        return False
    message.maybe_duplicate = True
    message.save(update_fields=["maybe_duplicate"])
    return True


def _smaller(message: PushMessage, now: datetime) -> None:
    if message.smallest:
        settle(message, MessageState.FAILED, reason=Reason.TOO_LARGE, now=now)
        return
    message.smallest = True
    _retry(message, now, now)


def _retry(message: PushMessage, due_at: datetime, now: datetime) -> None:
    if due_at >= message.give_up_at:
        settle(message, MessageState.FAILED, reason=Reason.GAVE_UP, now=now)
        return
    message.state, message.due_at, message.handed_until = MessageState.RETRYING, due_at, None
    message.save()


def settle(message: PushMessage, state: MessageState, *, reason: Reason, now: datetime) -> None:
    """Write a final state, and tell the intent's outcome when it is known: the first device reached, or none left."""
    message.state, message.reason, message.finished_at, message.handed_until = state, reason, now, None
    message.save()
    if message.kind != Kind.SHOW or state is MessageState.CANCELLED:
        return
    if message.person_id is None:
        _tell_of_topics(message)
        return
    _lock_intent(message.reference)
    all_rows = list(PushMessage.objects.filter(reference=message.reference))
    accepted = sum(row.state == MessageState.ACCEPTED for row in all_rows)
    first = state is MessageState.ACCEPTED and accepted == 1
    none_left = accepted == 0 and all(row.state in _FINAL for row in all_rows)
    if first or none_left:
        _tell(message, message.person_id, all_rows, accepted)


def _lock_intent(reference: str) -> None:
    """Two devices of one intent that finish together are counted one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7411))", [reference])


def _tell_of_topics(message: PushMessage) -> None:
    emit(
        TOPIC_MESSAGE_FINISHED,
        subject=("push_message", message.pk),
        organisation_id=None,
        data={
            "reference": message.reference,
            "state": "accepted" if message.state == MessageState.ACCEPTED else "failed",
            "reason": str(message.reason),
            "maybe_duplicate": message.maybe_duplicate,
        },
    )


def _tell(message: PushMessage, person_id: UUID, all_rows: list[PushMessage], accepted: int) -> None:
    emit(
        MESSAGE_FINISHED,
        subject=("person", person_id),
        organisation_id=None,
        data={
            "reference": message.reference,
            "person_id": str(person_id),
            "state": "accepted" if accepted else "failed",
            "reason": "" if accepted else str(message.reason),
            "devices": len(all_rows),
            "accepted": accepted,
            "maybe_duplicate": any(row.maybe_duplicate for row in all_rows),
        },
    )

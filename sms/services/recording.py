"""Writing down how a call to a gateway ended."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from kernel import clock
from sms.models import Attempt, Message
from sms.rules.states import OURS
from sms.services.carriers import note_call
from sms.services.optouts import opt_out
from sms.services.outcomes import accept, lock_message, settle, try_again
from sms.services.receipts import join_receipts
from sms.types import AttemptState, MessageState, Outcome, OutcomeKind, Reason

logger = logging.getLogger(__name__)

FIRST_LOOKUP = timedelta(seconds=2)
_OPEN = (AttemptState.PENDING, AttemptState.UNKNOWN)
_ATTEMPT_STATE = {
    OutcomeKind.ACCEPTED: AttemptState.ACCEPTED,
    OutcomeKind.REFUSED: AttemptState.REFUSED,
    OutcomeKind.AGAIN: AttemptState.RETRY,
    OutcomeKind.UNKNOWN: AttemptState.UNKNOWN,
}


def record_outcome(attempt_id: UUID, outcome: Outcome) -> None:
    """Write how a call ended. Also right when somebody has meanwhile taken the attempt for unknown or lost, or when the
    carrier's report was faster than its answer. A message id that the carrier gave out before is made our own."""
    try:
        _record(attempt_id, outcome)
    except IntegrityError:
        logger.error("sms_sid_twice", extra={"attempt": str(attempt_id), "sid": outcome.sid})
        _record(attempt_id, replace(outcome, sid=f"{outcome.sid[:50]}#{attempt_id.hex[-8:]}"))


@transaction.atomic
def _record(attempt_id: UUID, outcome: Outcome) -> None:
    message = lock_message(Attempt.objects.values_list("message_id", flat=True).get(pk=attempt_id))
    attempt = Attempt.objects.get(pk=attempt_id)
    now = clock.now()
    note_call(attempt.gateway, outcome, now)
    if attempt.state == AttemptState.ACCEPTED:
        return
    was_open = attempt.state in _OPEN
    attempt.state, attempt.code, attempt.detail = _ATTEMPT_STATE[outcome.kind], outcome.code, outcome.detail
    attempt.finished_at = now
    _log(attempt, outcome)
    if outcome.kind is OutcomeKind.ACCEPTED:
        accept(message, attempt, outcome.sid, now)
        join_receipts(message, attempt, now)
        return
    attempt.save()
    if was_open and message.state in OURS:
        _FOLLOW_UPS[outcome.kind](message, outcome, now)


def _log(attempt: Attempt, outcome: Outcome) -> None:
    took = (attempt.finished_at - attempt.started_at).total_seconds() if attempt.finished_at else 0.0
    facts = {"gateway": attempt.gateway, "outcome": str(outcome.kind), "code": outcome.code}
    logger.info("sms_call", extra={"attempt": str(attempt.pk), "seconds": round(took, 3), **facts})


def _again(message: Message, outcome: Outcome, now: datetime) -> None:
    not_before = now + timedelta(seconds=outcome.hold_seconds) if outcome.hold_seconds else None
    try_again(message, now, not_before=not_before, code=outcome.code)


def _refused(message: Message, outcome: Outcome, now: datetime) -> None:
    if outcome.opted_out:
        opt_out(number=message.to_number or "", source=f"provider:{outcome.code}")
    settle(message, MessageState.FAILED, reason=Reason.REFUSED, code=outcome.code, now=now)


def _unknown(message: Message, outcome: Outcome, now: datetime) -> None:
    message.due_at, message.lookups = now + FIRST_LOOKUP, 0
    settle(message, MessageState.UNKNOWN, code=outcome.code, now=now)


_FOLLOW_UPS = {OutcomeKind.AGAIN: _again, OutcomeKind.REFUSED: _refused, OutcomeKind.UNKNOWN: _unknown}

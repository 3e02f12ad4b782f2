"""Unknown outcomes: ask the provider before sending again."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from kernel import clock
from sms.models import Attempt, Message
from sms.rules.schedule import after_quiet
from sms.services.outcomes import accept, lock_message, settle, try_again
from sms.services.policies import policy_in_force
from sms.services.receipts import apply_report, join_receipts
from sms.types import AttemptState, Found, FoundKind, MessageState, Purpose, Question, Reason

logger = logging.getLogger(__name__)

LOOKUPS_NEEDED = 2
LOOKUP_SPACING = timedelta(seconds=8)
LOOKUP_PATIENCE = timedelta(hours=1)
MAX_CRASHES = 5
_NEIGHBOUR_WAIT = timedelta(seconds=2)
_LONGEST_WAIT = 60


def claim_lookup(message: Message, now: datetime) -> tuple[str, Question] | None:
    """What to ask about a message whose outcome is unknown; None when it must wait or has no open attempt any more.

    While another call to the same number is under way nothing is asked: its text could be taken for ours.
    """
    attempt = Attempt.objects.filter(message=message, state=AttemptState.UNKNOWN).order_by("ordinal").first()
    if attempt is None:
        try_again(message, now)
        return None
    same_number = Attempt.objects.filter(message__to_index=message.to_index)
    if same_number.filter(state=AttemptState.PENDING).exists():
        message.due_at = now + _NEIGHBOUR_WAIT
        message.save(update_fields=["due_at"])
        return None
    taken = same_number.exclude(sid=None).values_list("sid", flat=True)
    question = Question(
        attempt_id=attempt.pk,
        to=message.to_number or "",
        text=message.text or "",
        started_at=attempt.started_at,
        known_sids=frozenset(sid for sid in taken if sid),
    )
    return attempt.gateway, question


def record_found(attempt_id: UUID, found: Found) -> None:
    """Write what the look-up gave. A sid that another attempt got meanwhile is asked for again."""
    try:
        with transaction.atomic():
            _record(attempt_id, found)
    except IntegrityError:
        logger.warning("sms_sid_taken", extra={"attempt": str(attempt_id)})
        with transaction.atomic():
            _record(attempt_id, Found(FoundKind.FAILED))


def _record(attempt_id: UUID, found: Found) -> None:
    message_id = Attempt.objects.values_list("message_id", flat=True).get(pk=attempt_id)
    message = lock_message(message_id)
    attempt = Attempt.objects.get(pk=attempt_id)
    if attempt.state != AttemptState.UNKNOWN:
        return
    now = clock.now()
    if found.kind is FoundKind.FOUND:
        _found(message, attempt, found, now)
    elif message.state == MessageState.UNKNOWN:
        _NOT_FOUND[found.kind](message, attempt, now)


def _found(message: Message, attempt: Attempt, found: Found, now: datetime) -> None:
    accept(message, attempt, found.sid, now)
    apply_report(message, found.status, "", now)
    join_receipts(message, attempt, now)


def _absent(message: Message, attempt: Attempt, now: datetime) -> None:
    """Not there. Asked twice, because a provider's list may lag behind what it has accepted."""
    message.lookups += 1
    if message.lookups < LOOKUPS_NEEDED:
        message.due_at = now + LOOKUP_SPACING
        message.save(update_fields=["lookups", "due_at"])
        return
    attempt.state = AttemptState.LOST
    attempt.save(update_fields=["state"])
    _send_again(message, now)


def _unsupported(message: Message, attempt: Attempt, now: datetime) -> None:
    """Nobody can tell: one second send, marked; after that the truth is that we do not know."""
    if message.maybe_duplicate or now >= message.give_up_at:
        settle(message, MessageState.FAILED, reason=Reason.UNKNOWN_OUTCOME, now=now)
        return
    message.maybe_duplicate = True
    attempt.state = AttemptState.LOST
    attempt.save(update_fields=["state"])
    _send_again(message, now)


def _failed(message: Message, _attempt: Attempt, now: datetime) -> None:
    """The provider could not be asked: wait and ask again; never send on a guess."""
    if now >= message.give_up_at + LOOKUP_PATIENCE:
        settle(message, MessageState.FAILED, reason=Reason.UNKNOWN_OUTCOME, now=now)
        return
    message.failures += 1
    wait = min(2 ** min(message.failures, 10), _LONGEST_WAIT)
    message.due_at = now + timedelta(seconds=wait)
    message.save(update_fields=["failures", "due_at"])


def _send_again(message: Message, now: datetime) -> None:
    if message.crashes >= MAX_CRASHES:
        settle(message, MessageState.FAILED, reason=Reason.CRASHED, now=now)
        return
    message.lookups = 0
    try_again(message, now, not_before=after_quiet(policy_in_force(Purpose(message.purpose)), now))


_NOT_FOUND = {FoundKind.ABSENT: _absent, FoundKind.UNSUPPORTED: _unsupported, FoundKind.FAILED: _failed}

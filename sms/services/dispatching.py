"""One text's turn: claim it, call the gateway with nothing held, write down what happened.

Sending twice is kept out by three things: a claim under the row lock (a second delivery of the same task finds nothing
due), an attempt row committed before the call, and a look-up at the provider before anything is sent again after a call
whose end nobody saw.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from kernel import clock
from sms.gateways import gateway
from sms.models import Attempt, Message
from sms.rules.schedule import give_up_time
from sms.rules.states import OURS, WAITING
from sms.services.carriers import take_carrier
from sms.services.lookups import claim_lookup, record_found
from sms.services.outcomes import held_until, settle, try_again
from sms.services.policies import policy_in_force
from sms.services.queueing import is_opted_out
from sms.services.recording import record_outcome
from sms.types import AttemptState, MessageState, Outcome, OutcomeKind, Outgoing, Purpose, Question, Reason

_MARGIN_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Turn:
    """What a claim allows: send this, or ask about that, through this gateway, before `begin_by` (monotonic)."""

    gateway: str
    begin_by: float
    outgoing: Outgoing | None = None
    question: Question | None = None


def dispatch(*, message_id: UUID) -> bool:
    """Give a message its turn, if it is due; False when there was nothing to do.

    Idempotent, and safe beside any number of others for the same message. No transaction and no database connection is
    held while the provider is called.
    """
    turn = _claim(message_id)
    if turn is None:
        return False
    _let_go_of_connection()
    channel = gateway(turn.gateway)
    if turn.question is not None:
        found = channel.find(turn.question)
        record_found(turn.question.attempt_id, found)
    elif turn.outgoing is not None:
        late = time.monotonic() > turn.begin_by
        outcome = Outcome(OutcomeKind.AGAIN, code="too_late") if late else channel.send(turn.outgoing)
        record_outcome(turn.outgoing.attempt_id, outcome)
    return True


@transaction.atomic
def retry_now(*, message_id: UUID) -> bool:
    """Have a text go now that waits for its next try, or one more time that was given up; False for any other.

    One that a carrier has, or of which nobody knows, is never sent again by hand.
    """
    now = clock.now()
    message = Message.objects.select_for_update(of=("self",)).filter(pk=message_id).first()
    if message is None:
        return False
    is_given_up = message.state == MessageState.FAILED and message.reason in (Reason.GAVE_UP, Reason.NUMBER_LIMIT)
    if not is_given_up and message.state not in WAITING:
        return False
    message.state, message.due_at, message.handed_until = MessageState.RETRYING, now, None
    message.give_up_at = give_up_time(policy_in_force(Purpose(message.purpose)), now)
    message.reason, message.finished_at = Reason.NONE, None
    message.save()
    return True


def lease_seconds(name: str) -> float:
    """How long a claim holds: `settings.LEASE_SECONDS`, never shorter than the gateway's own deadline allows."""
    return max(float(settings.LEASE_SECONDS), gateway(name).deadline_seconds + _MARGIN_SECONDS)


@transaction.atomic
def _claim(message_id: UUID) -> Turn | None:
    now = clock.now()
    message = (
        Message.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("template_version__template")
        .filter(pk=message_id, state__in=OURS, due_at__lte=now)
        .first()
    )
    if message is None:
        return None
    if message.state in WAITING:
        return _claim_send(message, now)
    if message.state == MessageState.DISPATCHING:
        _note_crash(message, now)
    return _claim_question(message, now)


def _claim_send(message: Message, now: datetime) -> Turn | None:
    if _stopped(message, now):
        return None
    name, until = take_carrier(message, now)
    if until is not None:
        try_again(message, now, not_before=until)
        return None
    lease, started = lease_seconds(name), time.monotonic()
    attempt = Attempt.objects.create(
        message=message, ordinal=message.attempts.count() + 1, gateway=name, started_at=now, state=AttemptState.PENDING
    )
    message.due_at, message.gateway = now + timedelta(seconds=lease), name
    settle(message, MessageState.DISPATCHING, now=now)
    outgoing = Outgoing(
        attempt_id=attempt.pk,
        to=message.to_number or "",
        text=message.text or "",
        extension=message.extension,
        ordinal=attempt.ordinal,
        validity_seconds=int((message.give_up_at - now).total_seconds()),
    )
    begin_by = started + lease - gateway(name).deadline_seconds - 1.0
    return Turn(gateway=name, begin_by=begin_by, outgoing=outgoing)


def _stopped(message: Message, now: datetime) -> bool:
    """Whether the message must not go any more: its time is over, or its reader has refused meanwhile."""
    if now >= message.give_up_at:
        settle(message, MessageState.FAILED, reason=Reason.GAVE_UP, now=now)
        return True
    if message.purpose == Purpose.BULK and is_opted_out(bytes(message.to_index)):
        settle(message, MessageState.FAILED, reason=Reason.OPTED_OUT, now=now)
        return True
    return False


def _note_crash(message: Message, now: datetime) -> None:
    """The lease ran out: whoever had it is gone, and whether the provider has the text is unknown."""
    Attempt.objects.filter(message=message, state=AttemptState.PENDING).update(
        state=AttemptState.UNKNOWN, code="lease_expired", finished_at=now
    )
    message.crashes, message.lookups = message.crashes + 1, 0
    settle(message, MessageState.UNKNOWN, now=now)


def _claim_question(message: Message, now: datetime) -> Turn | None:
    asked = claim_lookup(message, now)
    if asked is None:
        return None
    name, question = asked
    until = held_until(name, now)
    message.due_at = until or now + timedelta(seconds=lease_seconds(name))
    message.save(update_fields=["due_at"])
    if until is not None:
        return None
    return Turn(gateway=name, begin_by=time.monotonic(), question=question)


def _let_go_of_connection() -> None:
    """Give the connection back before waiting for the network. (Inside a test's transaction it must stay.)"""
    if not connection.in_atomic_block:
        connection.close()

"""What becomes of a text after a call, a look-up or news from the carrier. The caller holds the message's row lock."""

from __future__ import annotations

import logging
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from kernel.events import emit
from sms.events import MESSAGE_FINISHED
from sms.models import Attempt, GatewayHold, Message
from sms.rules.schedule import after_quiet, is_over, next_try
from sms.rules.states import CARRIED, FINAL, after_call
from sms.services.policies import policy_in_force
from sms.types import AttemptState, MessageState, Outcome, OutcomeKind, Purpose, Reason

logger = logging.getLogger(__name__)

PROBE, PROBE_WAIT = "probe", timedelta(seconds=1)
_HOLD = """
    INSERT INTO sms_gatewayhold (gateway, until, code) VALUES (%s, %s, %s)
    ON CONFLICT (gateway) DO UPDATE SET until = GREATEST(sms_gatewayhold.until, EXCLUDED.until), code = EXCLUDED.code
"""


def lock_message(message_id: UUID) -> Message:
    """The message under its row lock; always the first lock taken, before any attempt."""
    return (
        Message.objects.select_for_update(of=("self",)).select_related("template_version__template").get(pk=message_id)
    )


def settle(message: Message, state: MessageState, *, now: datetime, reason: str = "", code: str = "") -> None:
    """Write a new state; a final one is told to others, once for each final state reached."""
    message.state, message.reason, message.provider_code = state, reason, code
    message.handed_until = None
    if state in FINAL:
        message.finished_at = now
    message.save()
    if state in FINAL:
        _tell(message)


def _tell(message: Message) -> None:
    emit(
        MESSAGE_FINISHED,
        subject=("sms_message", message.pk),
        organisation_id=message.organisation_id,
        data={
            "message_id": str(message.pk),
            "reference": message.reference,
            "template": message.template_version.template.code,
            "purpose": message.purpose,
            "state": str(message.state),
            "reason": message.reason,
            "provider_code": message.provider_code,
            "maybe_duplicate": message.maybe_duplicate,
            "person_id": str(message.person_id) if message.person_id else None,
        },
    )


def accept(message: Message, attempt: Attempt, sid: str, now: datetime) -> None:
    """The provider has it: the attempt gets its sid, the message moves forward, a surprising second one is marked."""
    attempt.state, attempt.finished_at = AttemptState.ACCEPTED, attempt.finished_at or now
    attempt.sid = sid
    attempt.save()
    others = Attempt.objects.filter(message=message, state=AttemptState.ACCEPTED).exclude(pk=attempt.pk)
    if others.exists():
        message.maybe_duplicate = True
        logger.error("sms_sent_twice", extra={"message": str(message.pk), "attempt": str(attempt.pk)})
    state = after_call(MessageState(message.state), OutcomeKind.ACCEPTED)
    if state in CARRIED:
        message.due_at = now + policy_in_force(Purpose(message.purpose)).receipt_wait
    message.state, message.handed_until = state, None
    message.gateway = attempt.gateway
    message.save()


def hold_gateway(gateway: str, outcome: Outcome, now: datetime) -> None:
    """Leave a gateway alone for as long as it asked; a longer hold that already stands is kept."""
    until = now + timedelta(seconds=outcome.hold_seconds or 0)
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [gateway, until, outcome.code])


def held_until(gateway: str, now: datetime) -> datetime | None:
    """When the gateway may be called again, None when it may be called now."""
    return GatewayHold.objects.filter(pk=gateway, until__gt=now).values_list("until", flat=True).first()


def take_turn(gateway: str, now: datetime) -> datetime | None:
    """None when the gateway may be called now, else when to look again.

    After a hold has ended one call goes ahead as a probe and the rest wait a second for it, so that a gateway which is
    still busy is not asked by every worker at once.
    """
    hold = GatewayHold.objects.filter(pk=gateway).first()
    if hold is None:
        return None
    ours = GatewayHold.objects.filter(pk=gateway, until__lte=now).update(until=now + PROBE_WAIT, code=PROBE)
    return None if ours else max(hold.until, now + PROBE_WAIT)


def end_probe(gateway: str) -> None:
    """The probe was not told to wait: the gateway is free again."""
    GatewayHold.objects.filter(pk=gateway, code=PROBE).delete()


def try_again(message: Message, now: datetime, *, not_before: datetime | None = None, code: str = "") -> None:
    """Plan the next try: when the gateway asked, else by the policy's delays; or give up when that is too late."""
    policy = policy_in_force(Purpose(message.purpose))
    if not_before is None:
        message.failures += 1
        due_at = next_try(policy, message.failures, now, spread=secrets.randbelow(1000) / 1000)
    else:
        due_at = after_quiet(policy, not_before)
    if is_over(message.give_up_at, due_at):
        settle(message, MessageState.FAILED, reason=Reason.GAVE_UP, code=code, now=now)
        return
    message.due_at = due_at
    settle(message, MessageState.RETRYING, code=code, now=now)

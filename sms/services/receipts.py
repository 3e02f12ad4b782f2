"""Status reports: in any order, repeated, early, late, with words nobody knows (reliability F15)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from kernel import clock
from sms.models import Attempt, Message, Receipt
from sms.rules.states import advance, reported
from sms.services.outcomes import accept, lock_message, settle
from sms.types import MessageState, Reason

_JOIN_BATCH = 200
_BAD = (MessageState.FAILED, MessageState.UNDELIVERED)


@transaction.atomic
def record_receipt(*, sid: str, status: str, code: str, attempt_id: UUID | None, raw_id: UUID | None) -> None:
    """Keep a report and move its message forward. The same report again changes nothing.

    `attempt_id` comes from the callback address and finds the attempt even when its sid never reached us. A report that
    fits no attempt yet is parked; `join_parked` finds its owner.
    """
    now = clock.now()
    message_id = _message_of(sid, attempt_id)
    message = lock_message(message_id) if message_id else None
    attempt = _attempt_of(sid, attempt_id) if message else None
    receipt = Receipt(sid=sid, status=status[:40], code=code[:20], attempt=attempt, raw_id=raw_id, received_at=now)
    Receipt.objects.bulk_create([receipt], ignore_conflicts=True)
    if message is None or attempt is None:
        return
    _own_sid(message, attempt, sid, now)
    apply_report(message, status, code, now)
    join_receipts(message, attempt, now)


def _message_of(sid: str, attempt_id: UUID | None) -> UUID | None:
    attempt = _attempt_of(sid, attempt_id)
    return attempt.message_id if attempt else None


def _attempt_of(sid: str, attempt_id: UUID | None) -> Attempt | None:
    by_sid = Attempt.objects.filter(sid=sid).first()
    if by_sid is not None or attempt_id is None:
        return by_sid
    return Attempt.objects.filter(pk=attempt_id).first()


def _own_sid(message: Message, attempt: Attempt, sid: str, now: datetime) -> None:
    """The callback may know more than we do: our call for this attempt was accepted, under this sid."""
    if attempt.sid is None:
        accept(message, attempt, sid, now)
    elif attempt.sid != sid and not message.maybe_duplicate:
        message.maybe_duplicate = True
        message.save(update_fields=["maybe_duplicate"])


def apply_report(message: Message, status: str, code: str, now: datetime) -> None:
    """Move a message forward by a status word; old news and unknown words change nothing. The caller holds its lock."""
    news = reported(status)
    current = MessageState(message.state)
    if news is None or advance(current, news) is current:
        return
    settle(message, news, reason=Reason.CARRIER if news in _BAD else "", code=code, now=now)


def join_receipts(message: Message, attempt: Attempt, now: datetime) -> None:
    """Apply what was parked under the attempt's sid. The caller holds the message's lock."""
    if attempt.sid is None:
        return
    for receipt in Receipt.objects.filter(sid=attempt.sid, attempt=None).order_by("received_at"):
        receipt.attempt = attempt
        receipt.save(update_fields=["attempt"])
        apply_report(message, receipt.status, receipt.code, now)


def join_parked() -> int:
    """Find owners for parked reports; returns how many attempts got theirs. Run every few seconds."""
    parked = Receipt.objects.filter(attempt=None).values("sid")
    owners = list(Attempt.objects.filter(sid__in=parked).values_list("pk", "message_id")[:_JOIN_BATCH])
    for attempt_id, message_id in owners:
        with transaction.atomic():
            message = lock_message(message_id)
            join_receipts(message, Attempt.objects.get(pk=attempt_id), clock.now())
    return len(owners)

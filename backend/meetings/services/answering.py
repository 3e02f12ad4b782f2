"""Answers of those who were invited, and signing in at the place."""

from __future__ import annotations

import hmac
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.journal.services import record
from backend.meetings import events, rules, selectors
from backend.meetings.models import Attendee, Meeting
from backend.meetings.services import common
from backend.meetings.types import Answer, MeetingError
from backend.workflow import selectors as workflow
from kernel import clock, realtime
from kernel.actors import Actor
from kernel.errors import DomainError
from kernel.ids import uuid7


@transaction.atomic
def answer(
    *,
    actor: Actor,
    meeting_id: UUID,
    choice: Answer,
    reason: str = "",
    substitute_name: str = "",
    substitute_post: str = "",
    person_id: UUID | None = None,
) -> Attendee:
    """Answer an invitation, one's own or as a delegate; until the deadline as often as one likes.

    Raises NOT_FOUND, OVER, RECEIPT_CLOSED, REASON_MISSING.
    """
    meeting, row = _own(actor, meeting_id, person_id)
    common.check_open(meeting)
    if meeting.receipt_by <= clock.now():
        until = f"{clock.local(meeting.receipt_by):%m-%d %H:%M}"
        raise DomainError(MeetingError.RECEIPT_CLOSED, until=until, contact=meeting.organiser_name)
    _check_complete(choice, reason, substitute_name, substitute_post)
    row.answer, row.reason = choice, reason.strip()
    row.substitute_name, row.substitute_post = substitute_name.strip(), substitute_post.strip()
    row.answered_at, row.answered_by = clock.now(), actor.person_id
    row.save(update_fields=["answer", "reason", "substitute_name", "substitute_post", "answered_at", "answered_by"])
    common.ask_no_more(meeting, actor, [row.person_id])
    common.tell(
        meeting,
        actor,
        events.ANSWERED,
        [meeting.organiser_id],
        journal=common.for_whom(actor, row.person_id),
        person_id=row.person_id,
        answer=str(choice),
        **({"silent": True} if choice is Answer.ATTEND else {}),
    )
    _show(meeting, "meetings.answered")
    return row


@transaction.atomic
def urge(*, actor: Actor, meeting_id: UUID) -> int:
    """Ask those again who have not answered. Returns how many. Raises NOT_FOUND, NOT_YOURS, OVER."""
    meeting = common.organised(actor, meeting_id)
    common.check_open(meeting)
    silent = [row for row in common.invited(meeting) if not row.answer]
    Attendee.objects.filter(pk__in=[row.pk for row in silent]).update(urged_at=clock.now())
    common.tell(meeting, actor, events.URGED, [row.person_id for row in silent])
    return len(silent)


@transaction.atomic
def sign_in(*, actor: Actor, meeting_id: UUID, code: str) -> Attendee:
    """Sign in at the place with the code that the host's screen shows now (or showed just before).

    Server time decides; signing in twice changes nothing. Raises NOT_FOUND, SIGN_IN_CLOSED, CODE_WRONG.
    """
    meeting, row = _own(actor, meeting_id, actor.person_id)
    known, now = common.rules_today(), clock.now()
    if meeting.state == "cancelled" or not meeting.starts_at - known.sign_in_before <= now <= meeting.ends_at:
        before = int(known.sign_in_before.total_seconds() // 60)
        raise DomainError(MeetingError.SIGN_IN_CLOSED, before=before)
    if not _is_current(meeting, code, now, known.code_seconds):
        raise DomainError(MeetingError.CODE_WRONG, seconds=known.code_seconds)
    if row.signed_in_at is None:
        row.signed_in_at = now
        row.save(update_fields=["signed_in_at"])
        record(
            actor=actor,
            action="meetings.signed_in",
            subject=(common.SUBJECT, meeting.id),
            organisation_id=meeting.organisation_id,
            data={"person_id": row.person_id},
        )
        _show(meeting, "meetings.signed_in")
    return row


def _show(meeting: Meeting, type: str) -> None:
    """The organiser's open page reads anew; the event itself says only which meeting moved."""
    subject = (common.SUBJECT, meeting.id)
    realtime.publish([meeting.organiser_id], event_id=uuid7(), type=type, subject=subject, data={})


def _is_current(meeting: Meeting, code: str, now: datetime, seconds: int) -> bool:
    step = rules.step_of(now, seconds)
    good = [selectors.digits(meeting.id, found) for found in (step, step - 1)]
    return any(hmac.compare_digest(code.encode(), one.encode()) for one in good)


def _own(actor: Actor, meeting_id: UUID, person_id: UUID | None) -> tuple[Meeting, Attendee]:
    meeting = Meeting.objects.select_for_update().filter(pk=meeting_id).first()
    person = person_id or actor.person_id
    row = Attendee.objects.filter(meeting_id=meeting_id, person_id=person, removed_at=None).first()
    if meeting is None or row is None or not workflow.acts_for(actor, person):
        raise DomainError(MeetingError.NOT_FOUND)
    common.hold(meeting)
    return meeting, row


def _check_complete(choice: Answer, reason: str, name: str, post: str) -> None:
    complete = {
        Answer.ATTEND: True,
        Answer.LEAVE: bool(reason.strip()),
        Answer.SUBSTITUTE: bool(name.strip() and post.strip()),
    }
    if not complete.get(choice, False):
        raise DomainError(MeetingError.REASON_MISSING)

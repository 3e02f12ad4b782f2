"""Minutes, and decisions that become somebody's work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.accounts import selectors as accounts
from backend.meetings import events
from backend.meetings.models import Decision, Meeting
from backend.meetings.services import common
from backend.meetings.types import MeetingError, MeetingState
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError


@transaction.atomic
def write_minutes(
    *, actor: Actor, meeting_id: UUID, version: int, text: str, decisions: Sequence[Mapping[str, Any]] = ()
) -> Meeting:
    """Write the minutes (again, if need be); each new decision (`text`, `owner_id`, `due_on`) becomes a task.

    Decisions that were written once stay. Raises NOT_FOUND, NOT_YOURS, STALE, OVER, NOT_BEGUN, PERSON_UNKNOWN.
    """
    meeting = common.organised(actor, meeting_id, version)
    if meeting.state == MeetingState.CANCELLED:
        raise DomainError(MeetingError.OVER)
    if meeting.starts_at > clock.now():
        raise DomainError(MeetingError.NOT_BEGUN)
    meeting.state, meeting.minutes, meeting.minutes_at = MeetingState.MINUTED, text.strip(), clock.now()
    meeting.save_change("state", "minutes", "minutes_at", at=meeting.minutes_at)
    common.ask_no_more(meeting, actor)
    _decide(meeting, actor, decisions)
    people = [row.person_id for row in common.invited(meeting) if row.person_id != actor.user_id]
    common.tell(meeting, actor, events.MINUTED, people)
    return meeting


def _decide(meeting: Meeting, actor: Actor, decisions: Sequence[Mapping[str, Any]]) -> None:
    names = {info.id: info.name for info in accounts.officials(ids=[row["owner_id"] for row in decisions])}
    last = meeting.decisions.count()
    for number, wish in enumerate(decisions, start=last + 1):
        if wish["owner_id"] not in names:
            raise DomainError(MeetingError.PERSON_UNKNOWN)
        row = Decision.objects.create(
            meeting=meeting,
            number=number,
            text=wish["text"].strip(),
            owner_id=wish["owner_id"],
            owner_name=names[wish["owner_id"]],
            due_on=wish["due_on"],
        )
        common.tell(
            meeting,
            actor,
            events.DECIDED,
            [row.owner_id],
            decision_id=row.id,
            text=row.text,
            owner_id=row.owner_id,
            giver_id=actor.person_id,
            due_on=row.due_on,
        )

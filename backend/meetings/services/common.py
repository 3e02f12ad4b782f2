"""What every act on a meeting shares: the locked row, who may, the event."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from backend.journal.services import record_change
from backend.meetings.models import Attendee, Meeting, MeetingRule
from backend.meetings.rules import Rules
from backend.meetings.types import MeetingError, MeetingState
from backend.workflow import selectors as workflow
from backend.workflow import services as todos
from backend.workflow.types import PERSONAL
from kernel import clock, realtime
from kernel.actors import Actor
from kernel.errors import CommonError, DomainError
from kernel.events import Event, EventType

SUBJECT = "meeting"
RECEIPT = "meeting.receipt"


def rules_today() -> Rules:
    """The rules in force."""
    row = MeetingRule.objects.filter(effective_from__lte=clock.today()).order_by("-effective_from")[:1].get()
    return Rules(
        reminder_minutes=tuple(row.reminder_minutes),
        code_seconds=row.code_seconds,
        sign_in_before=timedelta(minutes=row.sign_in_before_minutes),
        max_hours=row.max_hours,
        max_people=row.max_people,
        max_files=row.max_files,
        max_file_mb=row.max_file_mb,
    )


def organised(actor: Actor, meeting_id: UUID, version: int | None = None) -> Meeting:
    """A meeting that the actor called, locked. Raises NOT_FOUND, NOT_YOURS, STALE."""
    meeting = Meeting.objects.select_for_update().filter(pk=meeting_id).first()
    if meeting is None:
        raise DomainError(MeetingError.NOT_FOUND)
    if not workflow.acts_for(actor, meeting.organiser_id):
        invited = Attendee.objects.filter(meeting=meeting, person_id=actor.person_id, removed_at=None).exists()
        raise DomainError(MeetingError.NOT_YOURS if invited else MeetingError.NOT_FOUND)
    if version is not None and version != meeting.version:
        current = {"version": meeting.version, "state": meeting.state}
        raise DomainError(CommonError.STALE, extra={"current": current})
    hold(meeting)
    return meeting


def hold(meeting: Meeting, people: Iterable[UUID] = ()) -> None:
    """Take the logs of all whose screens an act may change at once and in order, so that no two wait crosswise."""
    invited_ids = meeting.attendees.filter(removed_at=None).values_list("person_id", flat=True)
    realtime.lock_cursors({meeting.organiser_id, *invited_ids, *people})


def check_open(meeting: Meeting) -> None:
    """Refuse changes to what is cancelled or over."""
    if meeting.state != MeetingState.CALLED or meeting.ends_at <= clock.now():
        raise DomainError(MeetingError.OVER)


def invited(meeting: Meeting) -> list[Attendee]:
    """Who is invited now, in the order of invitation."""
    return list(meeting.attendees.filter(removed_at=None).order_by("id"))


def for_whom(actor: Actor, person_id: UUID) -> dict[str, str]:
    """What the journal adds when somebody acts for somebody else."""
    return {} if actor.user_id == person_id else {"for": str(person_id)}


def tell(
    meeting: Meeting,
    actor: Actor,
    event: EventType,
    people: Iterable[UUID],
    *,
    journal: dict[str, Any] | None = None,
    **more: Any,
) -> Event | None:
    """Journal and emit a fact for those whom it concerns; nothing when it concerns nobody."""
    named = [str(person) for person in dict.fromkeys(people)]
    if not named:
        return None
    starts, receipt = clock.local(meeting.starts_at), clock.local(meeting.receipt_by)
    return record_change(
        actor=actor,
        event=event,
        subject=(SUBJECT, meeting.id),
        organisation_id=meeting.organisation_id,
        data={
            "meeting_id": meeting.id,
            "title": meeting.title,
            "starts_at": starts.isoformat(timespec="seconds"),
            "ends_at": clock.local(meeting.ends_at).isoformat(timespec="seconds"),
            "start_time": f"{starts:%H:%M}",
            "place": meeting.place,
            "unit_name": meeting.unit_name,
            "receipt_by": receipt.isoformat(timespec="seconds"),
            "receipt_time": f"{receipt:%H:%M}",
            "people": named,
            "by_id": actor.user_id,
            "version": meeting.version,
            **more,
        },
        journal_extra=journal,
    )


def ask(meeting: Meeting, people: Iterable[Attendee], actor: Actor) -> None:
    """Put the answer into the to-do list of each."""
    for row in people:
        todos.open_task(
            subject=(SUBJECT, meeting.id),
            kind=RECEIPT,
            organisation_id=row.organisation_id,
            role=PERSONAL,
            title=f"会议回执：{meeting.title}",
            due_on=clock.local(meeting.receipt_by).date(),
            assignee_id=row.person_id,
            actor=actor,
            silent=True,
        )


def ask_no_more(meeting: Meeting, actor: Actor, people: Collection[UUID] | None = None) -> None:
    """Nothing is to be answered any more, by these people or by anybody."""
    subject = (SUBJECT, meeting.id)
    if people is None:
        todos.close_tasks(subject=subject, kinds=[RECEIPT], actor=actor)
        return
    for person in people:
        todos.close_tasks(subject=subject, kinds=[RECEIPT], by=actor, actor=actor, assignee_id=person)

"""What the agenda does on others' events: meetings and leave stand in schedules, decisions become work."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

from backend.agenda.services import give_task, schedule
from backend.agenda.types import EntryKind
from kernel.actors import Actor
from kernel.clock import SHANGHAI
from kernel.errors import DomainError
from kernel.events import Event, subscriber

_SYSTEM = Actor.system("agenda")
_MEETING, _LEAVE = "meeting", "leave_request"
_NOON, _EVENING = time(12), time(23, 59)


@subscriber("agenda.meetings", to=("meetings.called", "meetings.changed", "meetings.uninvited", "meetings.cancelled"))
def on_meeting(event: Event) -> None:
    """A meeting stands in the schedules of those who are invited."""
    data, subject = event.data, (_MEETING, event.subject_id)
    people = [UUID(person) for person in data["people"]]
    starts_at, ends_at = datetime.fromisoformat(data["starts_at"]), datetime.fromisoformat(data["ends_at"])
    if event.type == "meetings.cancelled":
        schedule.take_out(subject=subject)
    elif event.type == "meetings.uninvited":
        schedule.take_out(subject=subject, people=people)
    else:
        if event.type == "meetings.changed":
            schedule.move(
                subject=subject, title=data["title"], starts_at=starts_at, ends_at=ends_at, place=data["place"]
            )
        schedule.put(
            people=people,
            subject=subject,
            kind=EntryKind.MEETING,
            title=data["title"],
            starts_at=starts_at,
            ends_at=ends_at,
            place=data["place"],
        )


@subscriber("agenda.answers", to=("meetings.answered",))
def on_answer(event: Event) -> None:
    """Who does not come is free then."""
    data, subject = event.data, (_MEETING, event.subject_id)
    person = UUID(data["person_id"])
    if data["answer"] != "attend":
        schedule.take_out(subject=subject, people=[person])
        return
    schedule.put(
        people=[person],
        subject=subject,
        kind=EntryKind.MEETING,
        title=data["title"],
        starts_at=datetime.fromisoformat(data["starts_at"]),
        ends_at=datetime.fromisoformat(data["ends_at"]),
        place=data["place"],
    )


@subscriber("agenda.decisions", to=("meetings.decided",))
def on_decision(event: Event) -> None:
    """What was decided becomes the work of who was named, unless that person has left since."""
    data = event.data
    try:
        give_task(
            actor=_SYSTEM,
            giver_id=UUID(data["giver_id"]),
            owner_id=UUID(data["owner_id"]),
            title=data["text"],
            due_on=date.fromisoformat(data["due_on"]),
            subject_kind=_MEETING,
            subject_id=event.subject_id,
            subject_label=data["title"],
            source_id=UUID(data["decision_id"]),
        )
    except DomainError as exc:
        if exc.code.code != "agenda_person_unknown":
            raise


@subscriber("agenda.leave", to=("leave.granted", "leave.cancelled", "leave.returned"))
def on_leave(event: Event) -> None:
    """Who is away has it in the schedule: that, and until when; the reason is not known here."""
    data, subject = event.data, (_LEAVE, event.subject_id)
    if event.type == "leave.cancelled":
        schedule.take_out(subject=subject)
        return
    first, last = date.fromisoformat(data["starts_on"]), date.fromisoformat(data["ends_on"])
    from_noon, until_noon = data["starts_half"] == "pm", data["ends_half"] == "am"
    starts_at = datetime.combine(first, _NOON if from_noon else time(), tzinfo=SHANGHAI)
    schedule.put(
        people=[UUID(data["person_id"])],
        subject=subject,
        kind=EntryKind.LEAVE,
        title=data["what"],
        starts_at=starts_at,
        ends_at=datetime.combine(last, _NOON if until_noon else _EVENING, tzinfo=SHANGHAI),
        all_day=not (from_noon or until_noon),
    )

"""Calling a meeting, changing it, cancelling it. Told are those whom it concerns, and nobody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.accounts import selectors as accounts
from backend.accounts.types import OfficialInfo
from backend.meetings import events, rules
from backend.meetings.models import Attendee, Meeting, Reminder
from backend.meetings.services import common, rooms
from backend.meetings.types import MeetingError, MeetingState, Part
from kernel import clock
from kernel.actors import Actor, ActorKind
from kernel.errors import CommonError, DomainError

PLAIN = ("title", "starts_at", "ends_at", "agenda", "notes", "receipt_by")


@transaction.atomic
def call_meeting(
    *,
    actor: Actor,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    people: Sequence[UUID] = (),
    units: Sequence[UUID] = (),
    observers: Sequence[UUID] = (),
    host_id: UUID | None = None,
    room_id: UUID | None = None,
    place: str = "",
    agenda: Sequence[Mapping[str, Any]] = (),
    notes: str = "",
    receipt_by: datetime | None = None,
) -> Meeting:
    """Call people and units to a meeting. Without a receipt deadline answers are due until it begins.

    Raises BAD_TIME, NOBODY, PERSON_UNKNOWN, TOO_MANY, ROOM_UNKNOWN, ROOM_TOO_SMALL, ROOM_TAKEN (409, with the holder
    and what is free instead), FORBIDDEN for who is no official.
    """
    home = _home(actor)
    asked = _invitations(people=people, units=units, observers=observers, host_id=host_id or actor.person_id)
    _check_time(starts_at, ends_at, receipt_by or starts_at)
    room = rooms.lent(actor, room_id, len(asked))
    with rooms.room_or_refusal(actor, room, starts_at, ends_at, len(asked)):
        meeting = Meeting.objects.create(
            title=title.strip(),
            starts_at=starts_at,
            ends_at=ends_at,
            room=room,
            place=place.strip() or rooms.where(room),
            organiser_id=actor.person_id,
            organiser_name=home.name,
            organisation_id=home.organisation.id,
            unit_name=_short(home),
            host_name=next(info.name for info, part in asked if part is Part.HOST),
            agenda=list(agenda),
            notes=notes,
            receipt_by=receipt_by or starts_at,
            updated_at=clock.now(),
        )
    _invite(meeting, actor, asked)
    _plan_reminders(meeting)
    return meeting


@transaction.atomic
def change_meeting(*, actor: Actor, meeting_id: UUID, version: int, **wishes: Any) -> Meeting:
    """Change what is named. New people are invited, people left out are told that they need not come, the others only
    hear of it when time, place, deadline or name have changed; a new time asks for a new answer.

    Raises what `call_meeting` raises, and NOT_FOUND, NOT_YOURS, STALE, OVER.
    """
    meeting = common.organised(actor, meeting_id, version)
    common.check_open(meeting)
    before = {name: getattr(meeting, name) for name in rules.CHANGES}
    asked = _asked_anew(meeting, wishes)
    for name in PLAIN:
        if name in wishes:
            setattr(meeting, name, wishes[name])
    meeting.receipt_by = min(meeting.receipt_by, meeting.starts_at)
    _check_time(meeting.starts_at, meeting.ends_at, meeting.receipt_by)
    count = len(asked) if asked is not None else len(common.invited(meeting))
    if "room_id" in wishes:
        meeting.room = rooms.lent(actor, wishes["room_id"], count)
        meeting.place = rooms.where(meeting.room)
    if wishes.get("place"):
        meeting.place = wishes["place"].strip()
    with rooms.room_or_refusal(actor, meeting.room, meeting.starts_at, meeting.ends_at, count):
        meeting.save_change(*PLAIN, "room", "place", at=clock.now())
    _tell_change(meeting, actor, before, asked)
    return meeting


def _tell_change(
    meeting: Meeting,
    actor: Actor,
    before: Mapping[str, Any],
    asked: list[tuple[OfficialInfo, Part]] | None,
) -> None:
    stayed = common.invited(meeting)
    if asked is not None:
        stayed = _regroup(meeting, actor, asked, stayed)
    what = rules.what_changed(dict(before), {name: getattr(meeting, name) for name in rules.CHANGES})
    if not what:
        return
    if rules.TIME in what:
        _plan_reminders(meeting)
        _ask_again(meeting, actor, stayed)
    common.tell(
        meeting,
        actor,
        events.CHANGED,
        [row.person_id for row in stayed],
        what="、".join(word.zh for word in what),
        what_en=", ".join(word.en for word in what),
    )


@transaction.atomic
def cancel_meeting(*, actor: Actor, meeting_id: UUID, version: int, reason: str) -> Meeting:
    """Cancel; the room is free again at once. Raises NOT_FOUND, NOT_YOURS, STALE, OVER."""
    meeting = common.organised(actor, meeting_id, version)
    common.check_open(meeting)
    meeting.state, meeting.ended_reason = MeetingState.CANCELLED, reason.strip()
    meeting.save_change("state", "ended_reason", at=clock.now())
    Reminder.objects.filter(meeting=meeting, done_at=None).delete()
    common.ask_no_more(meeting, actor)
    people = [row.person_id for row in common.invited(meeting)]
    common.tell(meeting, actor, events.CANCELLED, people, reason=meeting.ended_reason)
    return meeting


def _short(info: OfficialInfo) -> str:
    return info.organisation.short_name or info.organisation.name


def _home(actor: Actor) -> OfficialInfo:
    found = accounts.officials(ids=[actor.person_id]) if actor.kind is ActorKind.OFFICIAL else []
    if not found:
        raise DomainError(CommonError.FORBIDDEN)
    return found[0]


def _check_time(starts_at: datetime, ends_at: datetime, receipt_by: datetime) -> None:
    known = common.rules_today()
    if not rules.is_well_timed(starts_at, ends_at, receipt_by, clock.now(), known):
        raise DomainError(MeetingError.BAD_TIME, hours=known.max_hours)


def _invitations(
    *, people: Sequence[UUID], units: Sequence[UUID], observers: Sequence[UUID], host_id: UUID
) -> list[tuple[OfficialInfo, Part]]:
    if not people and not units and not observers:
        raise DomainError(MeetingError.NOBODY)
    named = {*people, *observers, host_id}
    found = accounts.officials(ids=named, organisation_ids=units)
    if not named <= {info.id for info in found}:
        raise DomainError(MeetingError.PERSON_UNKNOWN)
    most = common.rules_today().max_people
    if len(found) > most:
        raise DomainError(MeetingError.TOO_MANY, most=most)
    watching = set(observers)
    return [
        (info, Part.HOST if info.id == host_id else Part.OBSERVER if info.id in watching else Part.MEMBER)
        for info in found
    ]


def _asked_anew(meeting: Meeting, wishes: Mapping[str, Any]) -> list[tuple[OfficialInfo, Part]] | None:
    if not {"people", "units", "observers"} & set(wishes):
        return None
    host = next(row.person_id for row in common.invited(meeting) if row.part == Part.HOST)
    return _invitations(
        people=wishes.get("people", ()),
        units=wishes.get("units", ()),
        observers=wishes.get("observers", ()),
        host_id=host,
    )


def _invite(meeting: Meeting, actor: Actor, asked: Sequence[tuple[OfficialInfo, Part]]) -> None:
    common.hold(meeting, [info.id for info, _ in asked])
    rows = []
    for info, part in asked:
        row, _ = Attendee.objects.update_or_create(
            meeting=meeting,
            person_id=info.id,
            defaults={
                "name": info.name,
                "organisation_id": info.organisation.id,
                "unit_name": _short(info),
                "part": part,
                "removed_at": None,
                "answer": "",
            },
        )
        rows.append(row)
    own = [row for row in rows if row.person_id == meeting.organiser_id]
    for row in own:
        row.answer, row.answered_at = "attend", clock.now()
        row.save(update_fields=["answer", "answered_at"])
    others = [row for row in rows if row.person_id != meeting.organiser_id]
    common.ask(meeting, others, actor)
    common.tell(meeting, actor, events.CALLED, [row.person_id for row in rows])


def _regroup(
    meeting: Meeting, actor: Actor, asked: Sequence[tuple[OfficialInfo, Part]], before: Sequence[Attendee]
) -> list[Attendee]:
    wanted = {info.id for info, _ in asked}
    known = {row.person_id for row in before}
    gone = [row for row in before if row.person_id not in wanted]
    moment = clock.now()
    Attendee.objects.filter(pk__in=[row.pk for row in gone]).update(removed_at=moment)
    common.ask_no_more(meeting, actor, [row.person_id for row in gone])
    common.tell(meeting, actor, events.UNINVITED, [row.person_id for row in gone])
    new = [(info, part) for info, part in asked if info.id not in known]
    if new:
        _invite(meeting, actor, new)
    return [row for row in before if row.person_id in wanted]


def _ask_again(meeting: Meeting, actor: Actor, people: Sequence[Attendee]) -> None:
    common.ask_no_more(meeting, actor, [row.person_id for row in people])
    again = [row for row in people if row.person_id != meeting.organiser_id]
    Attendee.objects.filter(pk__in=[row.pk for row in again]).update(
        answer="", reason="", substitute_name="", substitute_post="", answered_at=None
    )
    common.ask(meeting, again, actor)


def _plan_reminders(meeting: Meeting) -> None:
    Reminder.objects.filter(meeting=meeting, done_at=None).delete()
    ahead = rules.reminders(meeting.starts_at, clock.now(), common.rules_today().reminder_minutes)
    Reminder.objects.filter(meeting=meeting, minutes_before__in=[before for before, _ in ahead]).delete()
    Reminder.objects.bulk_create(Reminder(meeting=meeting, minutes_before=before, due_at=at) for before, at in ahead)

"""Meetings as the API shows them."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils import translation

from backend.accounts.types import OfficialInfo
from backend.meetings import selectors
from backend.meetings.types import ANSWER_NAMES, STATE_NAMES, Answer, MeetingState, RoomInfo, SignInCode
from kernel import clock
from kernel.actors import Actor
from mobile_api.platform.serializers import at

LATEST = 8


def language() -> str:
    """The language in which the caller reads."""
    return translation.get_language() or "zh-hans"


def row(meeting: Any, actor: Actor) -> dict[str, Any]:
    """A meeting in a list, as `selectors.meetings_of` reads it."""
    own = meeting.own_rows[0].answer if meeting.own_rows else None
    return _row(meeting, is_organiser=meeting.organiser_id == actor.user_id, own_answer=own)


def meeting(actor: Actor, found: Any) -> dict[str, Any]:
    """A meeting with everything the actor may see."""
    runs = selectors.may_run(actor, found)
    own = selectors.own_row(actor, found)
    people = list(found.attendees.all())
    return {
        **_row(found, is_organiser=runs, own_answer=own.answer if own else None),
        "organiser_name": found.organiser_name,
        "room_id": str(found.room_id) if found.room_id else None,
        "agenda": [
            {"title": one["title"], "speaker": one["speaker"], "minutes": one["minutes"]} for one in found.agenda
        ],
        "notes": found.notes,
        "ended_reason": found.ended_reason,
        "minutes": found.minutes,
        "minutes_at": at(found.minutes_at),
        "own": attendee(own) if own else None,
        "people": [attendee(one, whole=runs or (own is not None and one.pk == own.pk)) for one in people],
        "counts": counts(people),
        "files": [file(one) for one in found.files.all()],
        "decisions": [_decision(one) for one in found.decisions.all()],
        "version": found.version,
        "now": at(clock.now()),
    }


def _row(found: Any, *, is_organiser: bool, own_answer: str | None) -> dict[str, Any]:
    return {
        "id": str(found.id),
        "title": found.title,
        "state": found.state,
        "state_label": STATE_NAMES[MeetingState(found.state)].render(language()),
        "starts_at": at(found.starts_at),
        "ends_at": at(found.ends_at),
        "place": found.place,
        "unit_name": found.unit_name,
        "host_name": found.host_name,
        "receipt_by": at(found.receipt_by),
        "is_organiser": is_organiser,
        "own_answer": own_answer,
    }


def attendee(one: Any, *, whole: bool = True) -> dict[str, Any]:
    """Somebody invited; who is no organiser reads of others only whether they come."""
    return {
        "person_id": str(one.person_id),
        "name": one.name,
        "unit_name": one.unit_name,
        "part": one.part,
        "answer": one.answer,
        "answer_label": ANSWER_NAMES[Answer(one.answer)].render(language()),
        "reason": one.reason if whole else "",
        "substitute_name": one.substitute_name,
        "substitute_post": one.substitute_post,
        "answered_at": at(one.answered_at),
        "signed_in_at": at(one.signed_in_at),
    }


def counts(people: list[Any]) -> dict[str, int]:
    """How many answered what."""
    found = Counter(one.answer for one in people)
    return {
        "invited": len(people),
        "attend": found[Answer.ATTEND],
        "leave": found[Answer.LEAVE],
        "substitute": found[Answer.SUBSTITUTE],
        "missing": found[Answer.NONE],
        "signed_in": sum(one.signed_in_at is not None for one in people),
    }


def file(one: Any) -> dict[str, Any]:
    """A paper."""
    return {"id": str(one.file_id), "filename": one.filename, "media_type": one.media_type, "size": one.size}


def _decision(one: Any) -> dict[str, Any]:
    return {
        "number": one.number,
        "text": one.text,
        "owner_id": str(one.owner_id),
        "owner_name": one.owner_name,
        "due_on": one.due_on.isoformat(),
    }


def code(shown: SignInCode, found: Any) -> dict[str, Any]:
    """What the screen in the room shows."""
    people = list(found.attendees.all())
    came = sorted((one for one in people if one.signed_in_at), key=lambda one: one.signed_in_at, reverse=True)
    return {
        "digits": shown.digits,
        "link": shown.link,
        "changes_at": at(shown.changes_at),
        "now": at(shown.now),
        "signed_in": len(came),
        "expected": sum(one.answer != Answer.LEAVE for one in people),
        "latest": [one.name for one in came[:LATEST]],
    }


def room(info: RoomInfo) -> dict[str, Any]:
    """A room."""
    return {
        "id": str(info.id),
        "name": info.name,
        "place": info.place,
        "seats": info.seats,
        "equipment": info.equipment,
        "free": info.free,
        "holder": info.holder,
        "free_from": at(info.free_from),
    }


def official(info: OfficialInfo) -> dict[str, Any]:
    """Somebody who can be invited."""
    unit = info.organisation
    return {"id": str(info.id), "name": info.name, "unit_id": str(unit.id), "unit_name": unit.short_name or unit.name}

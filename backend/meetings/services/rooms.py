"""Rooms: kept by system managers, lent by the database's own constraint, and an answer that helps when taken."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from backend.accounts import selectors as accounts
from backend.accounts.types import Role
from backend.journal.services import record
from backend.meetings import selectors
from backend.meetings.models import Meeting, Room
from backend.meetings.types import MeetingError, RoomInfo
from kernel import clock
from kernel.actors import Actor, ActorKind
from kernel.errors import CommonError, DomainError

CONSTRAINT = "meeting_room_not_twice"
OFFERED = 3
USUAL = (("第一会议室", 40, "三楼", "投影、视频会议"), ("第二会议室", 12, "二楼", "电子白板"))


@transaction.atomic
def keep_room(
    *, actor: Actor, organisation_id: UUID, name: str, seats: int, place: str = "", equipment: str = ""
) -> Room:
    """Enter a room, or write anew what is known of it. System managers of the organisation only."""
    home = accounts.organisation(organisation_id)
    if actor.kind is not ActorKind.SYSTEM and not actor.has_role(Role.SYSTEM_MANAGER, path=home.path):
        raise DomainError(CommonError.FORBIDDEN)
    row, _ = Room.objects.update_or_create(
        organisation_id=organisation_id,
        name=name.strip(),
        defaults={"path": home.path, "seats": seats, "place": place, "equipment": equipment, "given_up_on": None},
    )
    record(
        actor=actor,
        action="meetings.room_kept",
        subject=("meeting_room", row.id),
        organisation_id=organisation_id,
        data={"seats": seats},
    )
    return row


def load_rooms(*, actor: Actor, organisation_ids: Collection[UUID]) -> int:
    """Give each of these organisations that has no room the usual two. Returns how many rooms are new."""
    having = set(Room.objects.values_list("organisation_id", flat=True))
    missing = [found for found in organisation_ids if found not in having]
    for found in missing:
        name = accounts.organisation(found).short_name
        for room, seats, place, equipment in USUAL:
            keep_room(
                actor=actor, organisation_id=found, name=f"{name}{room}", seats=seats, place=place, equipment=equipment
            )
    return len(missing) * len(USUAL)


def where(room: Room | None) -> str:
    """How a room is called in a notice."""
    if room is None:
        return ""
    return f"{room.name}（{room.place}）" if room.place else room.name


def lent(actor: Actor, room_id: UUID | None, people: int) -> Room | None:
    """The room asked for, if it is within reach and large enough. Raises ROOM_UNKNOWN, ROOM_TOO_SMALL."""
    if room_id is None:
        return None
    room = selectors.rooms_in_reach(actor).filter(pk=room_id).first()
    if room is None:
        raise DomainError(MeetingError.ROOM_UNKNOWN)
    if room.seats < people:
        raise DomainError(MeetingError.ROOM_TOO_SMALL, room=room.name, seats=room.seats, people=people)
    return room


@contextmanager
def room_or_refusal(
    actor: Actor, room: Room | None, starts_at: datetime, ends_at: datetime, people: int
) -> Iterator[None]:
    """Write a meeting inside; where the database finds the room taken, say who has it and what is free instead."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as exc:
        if room is None or CONSTRAINT not in str(exc):
            raise
        raise _taken(actor, room, starts_at, ends_at, people) from exc


def _taken(actor: Actor, room: Room, starts_at: datetime, ends_at: datetime, people: int) -> DomainError:
    other = selectors.holder_of(room, starts_at, ends_at)
    times = ""
    if other is not None:
        first, last = clock.local(other.starts_at), clock.local(other.ends_at)
        form = "%H:%M" if first.date() == last.date() else "%m-%d %H:%M"
        times = f"{first.strftime(form)}–{last.strftime(form)}"
    found = selectors.rooms(actor, starts_at=starts_at, ends_at=ends_at, seats=people)
    free = [one for one in found if one.free][:OFFERED]
    same = next((one for one in found if one.id == room.id), None)
    return DomainError(
        MeetingError.ROOM_TAKEN,
        room=room.name,
        holder=f"{other.unit_name} {other.organiser_name}" if other else "",
        times=times,
        extra={
            "holder": _holder(other),
            "free_rooms": [_offer(one) for one in free],
            "free_from": clock.local(same.free_from).isoformat() if same and same.free_from else None,
        },
    )


def _holder(other: Meeting | None) -> dict[str, str] | None:
    if other is None:
        return None
    return {
        "unit_name": other.unit_name,
        "organiser_name": other.organiser_name,
        "starts_at": clock.local(other.starts_at).isoformat(),
        "ends_at": clock.local(other.ends_at).isoformat(),
    }


def _offer(room: RoomInfo) -> dict[str, str | int]:
    return {"id": str(room.id), "name": room.name, "place": room.place, "seats": room.seats}

"""Between shifts: one hands over what waits, the leader of the next confirms having it. Two facts, neither changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.accounts import selectors as accounts
from backend.inquiries.models import Handover, HandoverTaken
from backend.inquiries.rules import states
from backend.inquiries.services.common import desk_of, take_turn
from backend.inquiries.types import InquiryError
from backend.journal.services import record
from kernel import clock, realtime
from kernel.actors import Actor
from kernel.errors import DomainError
from kernel.ids import uuid7

SUBJECT = "inquiry_handover"


@transaction.atomic
def hand_over(*, actor: Actor, note: str, figures: Mapping[str, Any]) -> Handover:
    """A shift gives over to the next: the figures of the moment and what must be said. Raises NOT_FOUND."""
    centre = desk_of(actor)
    if centre is None or not any(actor.has_role(role, path=centre.path) for role in states.DESK):
        raise DomainError(InquiryError.NOT_FOUND)
    take_turn()
    made = Handover.objects.create(
        centre_id=centre.id,
        by=actor.person_id,
        by_name=accounts.display_name(actor.person_id),
        note=note.strip(),
        figures=dict(figures),
        at=clock.now(),
    )
    _note(actor, made, "inquiry.shift_handed_over", {"figures": dict(figures)})
    return made


@transaction.atomic
def take_over(*, actor: Actor, handover_id: UUID, note: str) -> HandoverTaken:
    """The leader of the next shift confirms. Confirming again changes nothing.

    Raises NOT_FOUND at another centre, NOT_YOUR_POST for who leads no shift, HANDED_OVER_BY_YOU, TAKEN_OVER by another.
    """
    centre = desk_of(actor)
    found = Handover.objects.filter(pk=handover_id, centre_id=centre.id).first() if centre else None
    if centre is None or found is None:
        raise DomainError(InquiryError.NOT_FOUND)
    if not actor.has_role(states.SHIFT_LEADER, path=centre.path):
        raise DomainError(InquiryError.NOT_YOUR_POST)
    if found.by == actor.user_id:
        raise DomainError(InquiryError.HANDED_OVER_BY_YOU)
    take_turn()
    taken, fresh = HandoverTaken.objects.get_or_create(
        handover=found,
        defaults={
            "by": actor.person_id,
            "by_name": accounts.display_name(actor.person_id),
            "note": note.strip(),
            "at": clock.now(),
        },
    )
    if taken.by != actor.user_id:
        raise DomainError(InquiryError.TAKEN_OVER, name=taken.by_name)
    if fresh:
        _note(actor, found, "inquiry.shift_taken_over", {})
    return taken


def _note(actor: Actor, row: Handover, action: str, data: Mapping[str, Any]) -> None:
    """Journal it; the desk's screens look again."""
    record(actor=actor, action=action, subject=(SUBJECT, row.id), organisation_id=row.centre_id, data=dict(data))
    desk = accounts.people_with_any_role(states.CENTRE_ROLES, row.centre_id)
    realtime.publish(desk, event_id=uuid7(), type=action, subject=(SUBJECT, row.id), data={})

"""What every act of attendance shares: who acts, whom a unit's head is, the order of a person's acts."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from backend.accounts import selectors as accounts
from backend.attendance import selectors, store
from backend.attendance.store import Person
from backend.attendance.types import AttendanceError
from backend.workflow import selectors as workflow
from kernel import clock, realtime
from kernel.errors import DomainError
from kernel.ids import uuid7

HEAD = selectors.HEAD


def deciding_unit(person: Person) -> UUID:
    """Where the to-do about a person lies: the own unit, or the one above for its head. Raises NO_MANAGER."""
    unit = person.organisation
    heads = accounts.people_with_role(HEAD, unit.id)
    if not [head for head in heads if head != person.id]:
        raise DomainError(AttendanceError.NO_MANAGER)
    above = unit.parent_id
    if person.id in heads and above is not None and set(accounts.people_with_role(HEAD, above)) - {person.id}:
        return above
    return unit.id


def due_on() -> date:
    """By when a head answers."""
    today = clock.today()
    return workflow.due_date(today, store.rule_on(today).answer_workdays)


def in_order(person_id: UUID, unit_id: UUID | None = None) -> None:
    """Let one person's acts of attendance follow each other, whichever device they come from.

    With `unit_id`, whose heads will be told, theirs are held too: at once and in order, so that no two wait crosswise.
    """
    heads = accounts.people_with_role(HEAD, unit_id) if unit_id else []
    realtime.lock_cursors({person_id, *heads})


def show(person_id: UUID, type: str, subject: tuple[str, UUID]) -> None:
    """The person's open pages read anew; the event itself says only that something moved."""
    realtime.publish([person_id], event_id=uuid7(), type=type, subject=subject, data={})

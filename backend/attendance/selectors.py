"""What others may read of attendance; rows of a person only through functions that take the actor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from backend.attendance import rules, store
from backend.attendance.models import Duty, Place, Punch, Shift
from backend.attendance.types import DayVerdict, PunchKind
from backend.centres import selectors as centres
from backend.centres.types import WindowRef
from kernel import clock
from kernel.actors import Actor, ActorKind
from kernel.errors import CommonError, DomainError


@dataclass(frozen=True, slots=True)
class Today:
    """A person's day as it stands at `now`."""

    now: datetime
    person: store.Person
    kept: bool
    shift: Shift | None
    verdict: DayVerdict
    punches: list[Punch]
    duties: list[Duty]
    places: list[Place]
    next: PunchKind
    windows: dict[UUID, WindowRef]


def check_official(actor: Actor) -> store.Person:
    """The actor as somebody with a post. Raises FORBIDDEN for everybody else."""
    person = store.person_of(actor.person_id) if actor.kind is ActorKind.OFFICIAL else None
    if person is None:
        raise DomainError(CommonError.FORBIDDEN)
    return person


def today(actor: Actor) -> Today:
    """The actor's own day: shift, punches so far, duties, places. Raises FORBIDDEN for who holds no post."""
    person, now = check_official(actor), clock.now()
    day: date = clock.local(now).date()
    facts = store.facts_of([person], day, day)
    found = facts.day(person, day)
    punches, duties = facts.punches.get((person.id, day), []), facts.duties.get((person.id, day), [])
    return Today(
        now=now,
        person=person,
        kept=found.planned,
        shift=store.shift_on(facts.shifts, person.organisation.path, day),
        verdict=rules.judge(found, clock.local(now)),
        punches=punches,
        duties=duties,
        places=store.places_of(person.organisation.path),
        next=rules.next_kind([PunchKind(row.kind) for row in punches]),
        windows=centres.windows(ids={row.window_id for row in duties}) if duties else {},
    )

"""A person's day, month and requests, and what a head sees of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from backend.accounts import selectors as accounts
from backend.accounts.types import OrganisationInfo
from backend.attendance import rules, store
from backend.attendance.models import Correction, Duty, Place, Punch, Sheet, Shift
from backend.attendance.selectors.keeping import HEAD
from backend.attendance.types import AttendanceError, CorrectionState, DayVerdict, PunchKind, Totals
from backend.centres import selectors as centres
from backend.centres.types import WindowRef
from backend.workflow import selectors as workflow
from backend.workflow.types import Calendar
from kernel import clock
from kernel.actors import Actor, ActorKind
from kernel.errors import CommonError, DomainError


@dataclass(frozen=True, slots=True)
class Month:
    """A person's month: its days, its figures, and the sheet once it was shown."""

    person: store.Person
    month: date
    days: list[DayVerdict]
    totals: Totals
    sheet: Sheet | None


@dataclass(frozen=True, slots=True)
class UnitMonth:
    """A unit's month as its head sees it; those who have not seen their own sheet yet are only named.

    Until the month is `closed` nobody has anything to see.
    """

    unit: OrganisationInfo
    month: date
    months: list[Month]
    waiting: list[store.Person]
    closed: bool


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


def month_in(text: str) -> date | None:
    """The first day of a month written 2026-11; None for anything else."""
    return rules.month_of(text)


def month_of(actor: Actor, month: date) -> Month:
    """The actor's own month, running or over. Raises FORBIDDEN for who holds no post."""
    person = check_official(actor)
    return _months([person], month)[0]


def unit_month(actor: Actor, organisation_id: UUID, month: date) -> UnitMonth:
    """A unit's sheets for its head, each only after its person saw it or left it lying for some working days.

    Raises UNIT_NOT_FOUND.
    """
    unit = accounts.organisations_by_id([organisation_id]).get(organisation_id)
    if unit is None or not actor.has_role(HEAD, path=unit.path):
        raise DomainError(AttendanceError.UNIT_NOT_FOUND)
    people = [store.Person(info.id, info.name, unit) for info in accounts.officials(organisation_ids=[unit.id])]
    own = [person for person in people if person.id == actor.user_id]
    visible, waiting = [], []
    today = clock.today()
    patience, calendar = store.rule_on(today).seen_workdays, workflow.calendar_for(month)
    for found in _months(people, month):
        sheet = found.sheet
        if sheet is not None and (sheet.seen_at is not None or _has_waited(calendar, sheet, today, patience)):
            visible.append(found)
        elif found.person not in own:
            waiting.append(found.person)
    return UnitMonth(unit, month, visible, waiting, closed=month <= rules.month_before(today))


def _has_waited(calendar: Calendar, sheet: Sheet, today: date, workdays: int) -> bool:
    return rules.has_waited(calendar.is_workday, clock.local(sheet.shown_at).date(), today, workdays)


def _months(people: Sequence[store.Person], month: date) -> list[Month]:
    days, now = rules.days_of(month), clock.local(clock.now())
    facts = store.facts_of(people, days[0], days[-1])
    ids = [person.id for person in people]
    sheets = {row.person_id: row for row in Sheet.objects.filter(person_id__in=ids, month=month)}
    found = []
    for person in people:
        verdicts = [rules.judge(facts.day(person, day), now) for day in days]
        planned = {day: len(facts.plan(person, day)[0].halves) for day in days}
        totals = rules.totals(verdicts, planned, now.date() - timedelta(days=1))
        found.append(Month(person, month, verdicts, totals, sheets.get(person.id)))
    return found


def corrections(actor: Actor, *, to_decide: bool) -> QuerySet[Correction]:
    """One's own requests, or those that wait for one's decision."""
    if not to_decide:
        return Correction.objects.filter(person_id=actor.person_id)
    reach = Q(pk=None)
    for path in actor.paths(HEAD):
        reach |= Q(path__startswith=path)
    return Correction.objects.filter(reach, state=CorrectionState.ASKED).exclude(person_id=actor.person_id)


def correction_for(actor: Actor, correction_id: UUID) -> Correction:
    """A request, for its person and for the heads above it. Raises CORRECTION_NOT_FOUND."""
    row = Correction.objects.filter(pk=correction_id).first()
    if row is None or not (row.person_id == actor.person_id or actor.has_role(HEAD, path=row.path)):
        raise DomainError(AttendanceError.CORRECTION_NOT_FOUND)
    return row


def may_decide(actor: Actor, row: Correction) -> bool:
    """Whether the actor decides of a request now."""
    is_open = row.state == CorrectionState.ASKED
    return is_open and row.person_id != actor.person_id and actor.has_role(HEAD, path=row.path)

"""Readings that selectors and services share: plans, punches, absences of several people at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Q

from backend.accounts import selectors as accounts
from backend.accounts.types import OrganisationInfo
from backend.attendance import rules
from backend.attendance.models import Absence, AttendanceRule, Correction, Duty, Place, Punch, Shift
from backend.attendance.types import AbsenceKind, CorrectionState, DayFacts, Half, Plan, PunchKind, Span, Where
from backend.workflow import selectors as workflow
from backend.workflow.types import Calendar
from kernel import clock

Key = tuple[UUID, date]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whose days are judged, and where the post is held."""

    id: UUID
    name: str
    organisation: OrganisationInfo


@dataclass(slots=True)
class Facts:
    """All that the days of several people hang on."""

    calendar: Calendar
    shifts: list[Shift]
    punches: dict[Key, list[Punch]] = field(default_factory=lambda: defaultdict(list))
    corrections: dict[Key, list[Correction]] = field(default_factory=lambda: defaultdict(list))
    duties: dict[Key, list[Duty]] = field(default_factory=lambda: defaultdict(list))
    absences: dict[UUID, list[Absence]] = field(default_factory=lambda: defaultdict(list))

    def plan(self, person: Person, day: date) -> tuple[Plan, bool]:
        """When a person works on a day, and whether anybody keeps attendance for it."""
        shift = shift_on(self.shifts, person.organisation.path, day)
        duties = {Half(duty.half): span_of(duty) for duty in self.duties.get((person.id, day), ())}
        base = plan_from(shift) if shift else Plan()
        plan = rules.plan_of(base, duties, is_workday=self.calendar.is_workday(day))
        return plan, shift is not None or bool(duties)

    def day(self, person: Person, day: date) -> DayFacts:
        """What is known of a person's day."""
        plan, planned = self.plan(person, day)
        punches = self.punches.get((person.id, day), [])
        agreed = self.corrections.get((person.id, day), [])
        moments = [(row.kind, row.at) for row in punches] + [(row.kind, row.at) for row in agreed]
        came = [at for kind, at in moments if kind == PunchKind.IN]
        went = [at for kind, at in moments if kind == PunchKind.OUT]
        return DayFacts(
            day=day,
            is_workday=self.calendar.is_workday(day),
            plan=plan,
            planned=planned,
            punched_in=clock.local(min(came)) if came else None,
            punched_out=clock.local(max(went)) if went else None,
            away=self.away(person.id, day),
            corrected=bool(agreed),
            outside=any(row.where == Where.OUTSIDE for row in punches),
            queued=any(row.queued for row in punches),
        )

    def away(self, person_id: UUID, day: date) -> Mapping[Half, AbsenceKind]:
        """The halves of a day on which a person is rightly away."""
        found: dict[Half, AbsenceKind] = {}
        for row in self.absences.get(person_id, ()):
            first, last = (row.starts_on, Half(row.starts_half)), (row.ends_on, Half(row.ends_half))
            found.update(rules.away_on(day, AbsenceKind(row.kind), first, last))
        return found


def facts_of(people: Sequence[Person], first: date, last: date) -> Facts:
    """Everything about these people from `first` to `last`; the number of queries does not grow with them."""
    ids = [person.id for person in people]
    span = {"day__range": (first, last), "person_id__in": ids}
    found = Facts(workflow.calendar_for(first), shifts_above({person.organisation.path for person in people}, last))
    for punch in Punch.objects.filter(**span).order_by("at", "id"):
        found.punches[punch.person_id, punch.day].append(punch)
    for correction in Correction.objects.filter(state=CorrectionState.AGREED, **span).order_by("id"):
        found.corrections[correction.person_id, correction.day].append(correction)
    for duty in Duty.objects.filter(**span).order_by("starts_at"):
        found.duties[duty.person_id, duty.day].append(duty)
    running = Absence.objects.filter(person_id__in=ids, starts_on__lte=last, ends_on__gte=first)
    for absence in running.order_by("starts_on", "id"):
        found.absences[absence.person_id].append(absence)
    return found


def person_of(person_id: UUID) -> Person | None:
    """An official in office; None for anybody else."""
    found = accounts.officials(ids=[person_id])
    return Person(found[0].id, found[0].name, found[0].organisation) if found else None


def ancestors(path: str) -> list[str]:
    """A path and those above it, the nearest first."""
    codes = path.rstrip("/").split("/")
    return ["/".join(codes[:size]) + "/" for size in range(len(codes), 0, -1)]


def shifts_above(paths: Iterable[str], last: date) -> list[Shift]:
    """The units' shifts that hold for these paths until a day, the newest first."""
    wanted = sorted({above for path in paths for above in ancestors(path)})
    return list(Shift.objects.filter(window_id=None, path__in=wanted, valid_from__lte=last).order_by("-valid_from"))


def shift_on(shifts: Sequence[Shift], path: str, day: date) -> Shift | None:
    """The shift that holds for a unit on a day: its own newest one, else the nearest unit's above it."""
    for above in ancestors(path):
        for shift in shifts:
            if shift.path == above and shift.valid_from <= day:
                return shift
    return None


def window_shift_on(window_id: UUID, path: str, day: date) -> Shift | None:
    """The shift of a window on a day: its own newest one, else its centre's organisation's."""
    own = Shift.objects.filter(window_id=window_id, valid_from__lte=day).order_by("-valid_from").first()
    return own or shift_on(shifts_above([path], day), path, day)


def plan_from(shift: Shift) -> Plan:
    """The plain value of a shift."""
    halves = {}
    if shift.am_starts and shift.am_ends:
        halves[Half.AM] = Span(shift.am_starts, shift.am_ends)
    if shift.pm_starts and shift.pm_ends:
        halves[Half.PM] = Span(shift.pm_starts, shift.pm_ends)
    return Plan(halves, shift.grace_minutes, shift.outside_allowed)


def span_of(duty: Duty) -> Span:
    """The wall-clock time of a duty."""
    return Span(clock.local(duty.starts_at).time(), clock.local(duty.ends_at).time())


def places_of(path: str) -> list[Place]:
    """Where somebody of a unit may punch: places of the unit and of those above it."""
    return list(Place.objects.filter(path__in=ancestors(path)).order_by("-path", "name"))


def rule_on(day: date) -> AttendanceRule:
    """The rules in force on a day."""
    return AttendanceRule.objects.filter(effective_from__lte=day).order_by("-effective_from")[:1].get()


def local_moment(day: date, hour: time) -> datetime:
    """A wall-clock time of a day in Suqian, aware."""
    return datetime.combine(day, hour, tzinfo=clock.SHANGHAI)


def managed(path: str) -> Q:
    """Rows of a unit and of all below it."""
    return Q(path__startswith=path)

"""Readings that selectors and services share: rules, kinds, entitlement, who decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from backend.accounts import selectors as accounts
from backend.accounts.types import OfficialInfo, OrganisationInfo, Role
from backend.leave import rules
from backend.leave.models import Balance, Career, Charge, EntitlementStep, LeaveKind, LeaveRule
from backend.leave.types import LeaveError, LeaveState, Rules, Step
from backend.workflow import selectors as workflow
from kernel import clock
from kernel.errors import DomainError

HEAD = Role.APPROVER.value
ANNUAL, SICK, PERSONAL = "annual", "sick", "personal"
TAKEN = [LeaveState.GRANTED.value, LeaveState.RETURNED.value]


@dataclass(frozen=True, slots=True)
class Bench:
    """Those who decide a level, and where they do."""

    organisation: OrganisationInfo
    people: list[OfficialInfo]


def rules_today() -> Rules:
    """The rules in force."""
    row = LeaveRule.objects.filter(effective_from__lte=clock.today()).order_by("-effective_from")[:1].get()
    return Rules(
        back_days=row.back_days,
        ahead_days=row.ahead_days,
        return_back_days=row.return_back_days,
        answer_workdays=row.answer_workdays,
        personal_days=row.personal_days,
        max_files=row.max_files,
        max_file_mb=row.max_file_mb,
    )


def official(person_id: UUID | None) -> OfficialInfo | None:
    """Somebody in office; None for anybody else."""
    found = accounts.officials(ids=[person_id]) if person_id is not None else []
    return found[0] if found else None


def kinds_on(day: date) -> list[LeaveKind]:
    """The kinds as they hold on a day, in their order."""
    rows = LeaveKind.objects.filter(effective_from__lte=day).filter(Q(ended_on=None) | Q(ended_on__gte=day))
    newest = rows.order_by("code", "-effective_from").distinct("code")
    return sorted(newest, key=lambda kind: (kind.position, kind.code))


def kind_on(code: str, day: date) -> LeaveKind:
    """A kind as it holds on a day. Raises KIND_UNKNOWN."""
    for kind in kinds_on(day):
        if kind.code == code:
            return kind
    raise DomainError(LeaveError.KIND_UNKNOWN)


def workdays_from(first: date) -> Callable[[date], bool]:
    """Which days are worked, by the calendar of the deadlines."""
    return workflow.calendar_for(first).is_workday


def steps_on(day: date) -> list[Step]:
    """The entitlement by years of work as it holds on a day."""
    rows = EntitlementStep.objects.filter(effective_from__lte=day)
    newest = rows.order_by("years", "-effective_from").distinct("years")
    return [Step(row.years, row.days, row.sick_days) for row in newest]


def entitlement(person_id: UUID, on: date) -> Step | None:
    """The step of annual leave that a person has reached on a day; None below one year. Raises CAREER_UNKNOWN."""
    career = Career.objects.filter(pk=person_id).first()
    if career is None:
        raise DomainError(LeaveError.CAREER_UNKNOWN)
    return rules.step_for(steps_on(on), rules.years_of_work(career.works_since, on))


def bar_of(person_id: UUID, year: int, step: Step | None) -> tuple[str, str] | None:
    """Why a person has no annual leave in a year; also when it was taken the year before and barred afterwards."""
    most = rules_today().personal_days
    sums: dict[tuple[int, str], Decimal] = {}
    for row in (
        Charge.objects.filter(request__person_id=person_id, request__state__in=TAKEN, year__in=(year - 1, year))
        .filter(request__kind__code__in=(SICK, PERSONAL, ANNUAL))
        .values_list("year", "request__kind__code")
        .annotate(total=Sum("days"))
    ):
        sums[row[0], row[1]] = row[2]
    nothing = Decimal(0)

    def bar(of: int) -> tuple[str, str] | None:
        return rules.barred(step, sums.get((of, SICK), nothing), sums.get((of, PERSONAL), nothing), most)

    return bar(year) or (bar(year - 1) if sums.get((year - 1, ANNUAL)) else None)


def balances_of(person_id: UUID) -> QuerySet[Balance]:
    """A person's balances as they are written."""
    return Balance.objects.filter(person_id=person_id)


def bench(person: OfficialInfo, above: UUID | None = None) -> Bench | None:
    """Who decides for a person: the heads of the unit, for a head those of the next unit above that has any; with
    `above`, the heads above that unit. Nobody decides the own matter; None where there is nobody."""
    unit = above_unit = person.organisation
    if above is not None:
        above_unit = accounts.organisation(above)
    own = _heads_at(unit) if above is None else []
    if own and person.id not in own:
        return _bench(unit, own, person)
    found = _climb(above_unit.parent_id, person)
    if found is None and len(own) > 1:
        return _bench(unit, own, person)
    return found


def _climb(start: UUID | None, person: OfficialInfo) -> Bench | None:
    current = start
    while current is not None:
        unit = accounts.organisation(current)
        people = _heads_at(unit)
        found = _bench(unit, people, person)
        if found is not None:
            return found
        current = unit.parent_id
    return None


def _bench(unit: OrganisationInfo, people: list[UUID], person: OfficialInfo) -> Bench | None:
    found = [info for info in accounts.officials(ids=people) if info.id != person.id]
    return Bench(unit, found) if found else None


def _heads_at(unit: OrganisationInfo) -> list[UUID]:
    covering = accounts.people_with_role(HEAD, unit.id)
    above = set(accounts.people_with_role(HEAD, unit.parent_id)) if unit.parent_id else set()
    return [person for person in covering if person not in above]

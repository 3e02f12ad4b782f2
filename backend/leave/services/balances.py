"""The only writers of balances: what is taken stands in the year's row at once, under its lock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import F

from backend.accounts import selectors as accounts
from backend.accounts.types import OfficialInfo, Role
from backend.journal.services import record
from backend.leave import rules, store
from backend.leave.models import Balance, Career, Charge, LeaveRequest
from backend.leave.types import LeaveError
from kernel import clock, realtime
from kernel.actors import Actor
from kernel.errors import DomainError

KEEPER = Role.SYSTEM_MANAGER.value
DEMO_YEARS = (12, 3, 23, 8)


def charge(row: LeaveRequest, by_year: Mapping[int, Decimal]) -> None:
    """Note what a request takes of each year, and take it from the balances where its kind has one.

    Raises BALANCE, BARRED, CAREER_UNKNOWN.
    """
    for year, days in sorted(by_year.items()):
        if row.kind.from_balance:
            _take(row, year, days)
        Charge.objects.create(request=row, year=year, days=days)


def give_back(row: LeaveRequest, kept: Mapping[int, Decimal]) -> None:
    """Return what is not taken after all; `kept` is what stays of each year."""
    charged = dict(row.charges.values_list("year", "days"))
    for year, days in sorted(rules.given_back(charged, kept).items()):
        left = charged[year] - days
        if row.kind.from_balance:
            mine = Balance.objects.filter(person_id=row.person_id, kind=row.kind.code, year=year)
            mine.update(used=F("used") - days)
        if left:
            row.charges.filter(year=year).update(days=left)
        else:
            row.charges.filter(year=year).delete()


@transaction.atomic
def note_career(*, actor: Actor, person_id: UUID, works_since: date, carried: Decimal | None = None) -> Career:
    """Enter since when somebody works, and what the unit carries over of last year's annual leave into this one.

    For system managers of the person's unit or above. Raises PERSON_UNKNOWN, BAD_SPAN.
    """
    person = _managed(actor, person_id)
    today = clock.today()
    if works_since > today:
        raise DomainError(LeaveError.BAD_SPAN)
    realtime.lock_cursors([person_id])
    row, _ = Career.objects.update_or_create(
        person_id=person_id, defaults={"works_since": works_since, "noted_at": clock.now()}
    )
    step = store.entitlement(person_id, today)
    mine, _ = Balance.objects.select_for_update().get_or_create(
        person_id=person_id, kind=store.ANNUAL, year=today.year, defaults={"granted": 0}
    )
    carry = mine.carried if carried is None else carried
    granted = step.days if step else Decimal(0)
    if mine.used > granted + carry:
        raise _short(mine.year, granted + carry, mine.used)
    mine.granted, mine.carried = granted, carry
    mine.save(update_fields=["granted", "carried"])
    record(
        actor=actor,
        action="leave.career_noted",
        subject=("official", person_id),
        organisation_id=person.organisation.id,
        data={"works_since": works_since.isoformat(), "carried": str(carry)},
    )
    return row


@transaction.atomic
def load_careers(*, actor: Actor, organisation_ids: Iterable[UUID]) -> int:
    """Let the officials of the demo city have worked for three to twenty-three years. Returns how many are new."""
    people = accounts.officials(organisation_ids=list(organisation_ids))
    known = set(Career.objects.filter(pk__in=[info.id for info in people]).values_list("pk", flat=True))
    today, now = clock.today(), clock.now()
    made = [
        Career(
            person_id=info.id, works_since=date(today.year - DEMO_YEARS[place % len(DEMO_YEARS)], 7, 1), noted_at=now
        )
        for place, info in enumerate(people)
        if info.id not in known
    ]
    Career.objects.bulk_create(made)
    for row in made:
        record(
            actor=actor,
            action="leave.career_noted",
            subject=("official", row.person_id),
            organisation_id=None,
            data={"works_since": row.works_since.isoformat()},
        )
    return len(made)


def _managed(actor: Actor, person_id: UUID) -> OfficialInfo:
    person = store.official(person_id)
    is_system = actor.user_id is None
    if person is None or not (is_system or actor.has_role(KEEPER, path=person.organisation.path)):
        raise DomainError(LeaveError.PERSON_UNKNOWN)
    return person


def _take(row: LeaveRequest, year: int, days: Decimal) -> None:
    on = max(row.starts_on, date(year, 1, 1))
    step = store.entitlement(row.person_id, on)
    why = store.bar_of(row.person_id, year, step)
    if why is not None:
        raise DomainError(LeaveError.BARRED, year=year, why=why[0], why_en=why[1])
    Balance.objects.get_or_create(
        person_id=row.person_id, kind=row.kind.code, year=year, defaults={"granted": step.days if step else 0}
    )
    mine = Balance.objects.select_for_update().get(person_id=row.person_id, kind=row.kind.code, year=year)
    mine.granted = max(mine.granted, step.days if step else Decimal(0))
    left = mine.granted + mine.carried - mine.used
    if days > left:
        raise _short(year, left, days)
    mine.used += days
    mine.save(update_fields=["granted", "used"])


def _short(year: int, left: Decimal, days: Decimal) -> DomainError:
    return DomainError(LeaveError.BALANCE, year=year, left=f"{left:g}", days=f"{days:g}")

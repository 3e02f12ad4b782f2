"""Asking to be away: days, balance, overlap, who decides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction

from backend.accounts.types import OfficialInfo
from backend.leave import events, rules, selectors, store
from backend.leave.models import LeaveKind, LeaveRequest
from backend.leave.services import balances, common
from backend.leave.store import Bench
from backend.leave.types import Half, LeaveError, LeaveState, Point, Unit
from kernel import clock, realtime
from kernel.actors import Actor
from kernel.errors import DomainError, FieldError, Text

CONSTRAINT = "leave_not_twice"


@transaction.atomic
def ask(
    *,
    actor: Actor,
    kind: str,
    first: Point,
    last: Point,
    reason: str = "",
    destination: str = "",
    stand_in_id: UUID | None = None,
) -> LeaveRequest:
    """Ask to be away from the first to the last half-day, both included. Days of a balance are held from now on.

    Raises FORBIDDEN, KIND_UNKNOWN, BAD_SPAN, NOT_TIMELY, NOTHING_COUNTED, TOO_LONG, DESTINATION_MISSING, STAND_IN,
    NO_APPROVER, OVERLAP, BALANCE, BARRED, CAREER_UNKNOWN.
    """
    person = selectors.check_official(actor)
    chosen = store.kind_on(kind, first.day)
    _check_span(chosen, first, last)
    by_year = rules.days_by_year(first, last, Unit(chosen.unit), store.workdays_from(first.day))
    days = _check_days(chosen, by_year)
    if chosen.destination and not destination.strip():
        fault = FieldError("/destination", "required", Text("请填写目的地。", "Say where you go."))
        raise DomainError(LeaveError.DESTINATION_MISSING, errors=[fault])
    bench, levels = _benches(person, rules.levels_needed(days, chosen.second_above_days))
    realtime.lock_cursors({person.id, *(info.id for info in bench.people)})
    stand_in = _stand_in(person, stand_in_id, first, last)
    row = _row(person, chosen, first, last, days)
    row.reason, row.destination, row.levels = reason.strip(), destination.strip(), levels
    if stand_in is not None:
        row.stand_in_id, row.stand_in_name = stand_in.id, stand_in.name
    _write(row)
    balances.charge(row, by_year)
    common.open_level(actor, row, bench)
    common.tell(row, actor, events.REQUESTED, [info.id for info in bench.people])
    return row


@transaction.atomic
def withdraw(*, actor: Actor, request_id: UUID, version: int) -> LeaveRequest:
    """Take a request back before it is decided; what it held is free again.

    Raises NOT_FOUND, NOT_YOURS, STALE, STATE.
    """
    row = common.own(actor, request_id, version)
    common.check_state(row, LeaveState.ASKED)
    row.state, row.ended_at = LeaveState.WITHDRAWN, clock.now()
    row.save_change("state", "ended_at", at=row.ended_at)
    balances.give_back(row, {})
    common.close_level(actor, row)
    common.tell(row, actor, events.WITHDRAWN, common.level_people(row))
    return row


def _row(person: OfficialInfo, kind: LeaveKind, first: Point, last: Point, days: Decimal) -> LeaveRequest:
    unit = person.organisation
    return LeaveRequest(
        person_id=person.id,
        name=person.name,
        organisation_id=unit.id,
        unit_name=unit.short_name or unit.name,
        kind=kind,
        starts_on=first.day,
        starts_half=first.half,
        ends_on=last.day,
        ends_half=last.half,
        first_half=rules.position(first),
        past_half=rules.position(last) + 1,
        days=days,
        asked_ends_on=last.day,
        asked_ends_half=last.half,
        asked_days=days,
    )


def _check_span(kind: LeaveKind, first: Point, last: Point) -> None:
    whole = first.half is Half.AM and last.half is Half.PM
    if last < first or not (kind.half_days or whole):
        fault = FieldError("/ends_on", "span", Text("请核对起止时间。", "Check the days."))
        raise DomainError(LeaveError.BAD_SPAN, errors=[fault])
    limits, today = store.rules_today(), clock.today()
    early, late = today - timedelta(days=limits.back_days), today + timedelta(days=limits.ahead_days)
    if not early <= first.day <= late or last.day > late + timedelta(days=limits.ahead_days):
        raise DomainError(LeaveError.NOT_TIMELY, back=limits.back_days, ahead=limits.ahead_days)


def _check_days(kind: LeaveKind, by_year: Mapping[int, Decimal]) -> Decimal:
    days = sum(by_year.values(), Decimal(0))
    if not days:
        raise DomainError(LeaveError.NOTHING_COUNTED)
    if kind.most_days is not None and days > kind.most_days:
        raise DomainError(LeaveError.TOO_LONG, most=f"{kind.most_days:g}", days=f"{days:g}")
    return days


def _benches(person: OfficialInfo, levels: int) -> tuple[Bench, int]:
    bench = store.bench(person)
    if bench is None:
        raise DomainError(LeaveError.NO_APPROVER)
    if levels > 1 and store.bench(person, above=bench.organisation.id) is None:
        return bench, 1
    return bench, levels


def _stand_in(person: OfficialInfo, stand_in_id: UUID | None, first: Point, last: Point) -> OfficialInfo | None:
    if stand_in_id is None:
        return None
    found = store.official(stand_in_id)
    busy = found is not None and selectors.standing(found.id, rules.position(first), rules.position(last) + 1).exists()
    if found is None or found.id == person.id or busy:
        fault = FieldError("/stand_in_id", "stand_in", Text("请另选代理人。", "Choose somebody else."))
        raise DomainError(LeaveError.STAND_IN, errors=[fault])
    return found


def _write(row: LeaveRequest) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as exc:
        if CONSTRAINT not in str(exc):
            raise
        other = selectors.standing(row.person_id, row.first_half, row.past_half).order_by("first_half").first()
        shown = other or row
        raise DomainError(
            LeaveError.OVERLAP,
            extra={"request_id": str(shown.id)} if other else {},
            from_on=shown.starts_on.isoformat(),
            to_on=shown.ends_on.isoformat(),
        ) from exc

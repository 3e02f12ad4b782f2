"""After granting: cancelling before it begins, reporting back early or in time."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from backend.leave import events, rules, selectors, store
from backend.leave.models import LeaveRequest
from backend.leave.services import balances, common
from backend.leave.types import Half, LeaveError, LeaveState, Point, Unit
from backend.workflow import services as workflow
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError, FieldError, Text


@transaction.atomic
def cancel(*, actor: Actor, request_id: UUID, version: int, reason: str = "") -> LeaveRequest:
    """Give a granted absence up before it begins; days go back and nobody stands in any more.

    Raises NOT_FOUND, NOT_YOURS, STALE, STATE, BEGUN.
    """
    row = common.own(actor, request_id, version)
    common.check_state(row, LeaveState.GRANTED)
    if rules.position(selectors.now_half()) >= row.first_half:
        raise DomainError(LeaveError.BEGUN)
    return _call_off(actor, row, reason)


@transaction.atomic
def come_back(*, actor: Actor, request_id: UUID, version: int, at: Point) -> LeaveRequest:
    """Report back (销假); `at` is the first half-day at work again. What was not taken goes back to the balance.

    Who worked from the first half-day on was not away at all: the absence is called off. Raises NOT_FOUND, NOT_YOURS,
    STALE, STATE, NOT_BEGUN, RETURN_DAY.
    """
    row = common.own(actor, request_id, version)
    common.check_state(row, LeaveState.GRANTED)
    now, back = selectors.now_half(), rules.position(at)
    if rules.position(now) < row.first_half:
        raise DomainError(LeaveError.NOT_BEGUN)
    early, days = back < row.past_half, store.rules_today().return_back_days
    untimely = early and at.day < now.day - timedelta(days=days)
    if back > rules.position(now) or back < row.first_half or untimely:
        fault = FieldError("/returned_on", "not_timely", Text("请核对返岗时间。", "Check the day of return."))
        raise DomainError(LeaveError.RETURN_DAY, errors=[fault], back=days)
    if back == row.first_half:
        return _call_off(actor, row, "")
    if early:
        _shorten(row, back)
    row.state, row.returned_on, row.returned_half = LeaveState.RETURNED, at.day, at.half
    row.ended_at = clock.now()
    fields = ("state", "returned_on", "returned_half", "ended_at", "ends_on", "ends_half", "past_half", "days")
    row.save_change(*fields, at=row.ended_at)
    if early:
        _end_delegations(row)
    common.tell(row, actor, events.RETURNED, _others(row), quiet=not early, early=early)
    return row


def _shorten(row: LeaveRequest, back: int) -> None:
    first, last = Point(row.starts_on, Half(row.starts_half)), rules.point_at(back - 1)
    kept = rules.days_by_year(first, last, Unit(row.kind.unit), store.workdays_from(first.day))
    balances.give_back(row, kept)
    row.ends_on, row.ends_half, row.past_half = last.day, last.half, back
    row.days = sum(kept.values(), Decimal(0))


def _call_off(actor: Actor, row: LeaveRequest, reason: str) -> LeaveRequest:
    row.state, row.ended_at, row.ended_reason = LeaveState.CANCELLED, clock.now(), reason.strip()
    row.save_change("state", "ended_at", "ended_reason", at=row.ended_at)
    balances.give_back(row, {})
    _end_delegations(row)
    common.tell(row, actor, events.CANCELLED, _others(row))
    return row


def _others(row: LeaveRequest) -> list[UUID]:
    return [*common.deciders(row), *([row.stand_in_id] if row.stand_in_id else [])]


def _end_delegations(row: LeaveRequest) -> None:
    for delegation_id in row.delegations:
        try:
            workflow.end_delegation(actor=common.SYSTEM, delegation_id=delegation_id)
        except DomainError as exc:
            if exc.code.code != "delegation_not_found":
                raise

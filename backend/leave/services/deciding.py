"""Deciding, level by level: nobody the own matter, nobody twice; a delegate for who is away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from backend.accounts import selectors as accounts
from backend.leave import events, rules, selectors, store
from backend.leave.models import Decision, LeaveRequest
from backend.leave.services import balances, common
from backend.leave.types import LeaveError, LeaveState
from backend.workflow import services as workflow
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError, FieldError, Text


@transaction.atomic
def decide(*, actor: Actor, request_id: UUID, version: int, agree: bool, comment: str = "") -> LeaveRequest:
    """Agree, or refuse with a reason. The last level's agreement grants; a refusal at any level ends it.

    Raises NOT_FOUND, OWN, STALE, STATE, NOT_YOURS, ALREADY_DECIDED_BY_YOU, COMMENT_MISSING, PAPER_MISSING, STAND_IN.
    """
    row = common.locked(actor, request_id, version)
    for_name = _check_right(actor, row)
    if not agree and not comment.strip():
        fault = FieldError("/comment", "required", Text("请说明不同意的理由。", "Say why you refuse."))
        raise DomainError(LeaveError.COMMENT_MISSING, errors=[fault])
    if agree and selectors.lacks_paper(row):
        raise DomainError(LeaveError.PAPER_MISSING)
    Decision.objects.create(
        request=row,
        level=row.level,
        person_id=actor.person_id,
        name=accounts.display_name(actor.person_id),
        for_name=for_name,
        agreed=agree,
        comment=comment.strip(),
        at=clock.now(),
    )
    common.close_level(actor, row)
    if not agree:
        return _refuse(actor, row)
    if row.level < row.levels:
        return _pass_on(actor, row)
    return _grant(actor, row)


def _check_right(actor: Actor, row: LeaveRequest) -> str:
    if row.person_id == actor.person_id:
        raise DomainError(LeaveError.OWN)
    common.check_state(row, LeaveState.ASKED)
    if row.decisions.filter(person_id=actor.person_id).exists():
        raise DomainError(LeaveError.ALREADY_DECIDED_BY_YOU)
    seat = selectors.seat_of(actor, row)
    if seat is None:
        raise DomainError(LeaveError.NOT_YOURS)
    return "" if seat.person_id == actor.person_id else seat.name


def _refuse(actor: Actor, row: LeaveRequest) -> LeaveRequest:
    row.state, row.ended_at = LeaveState.REFUSED, clock.now()
    row.save_change("state", "ended_at", at=row.ended_at)
    balances.give_back(row, {})
    common.tell(row, actor, events.REFUSED, [row.person_id])
    return row


def _pass_on(actor: Actor, row: LeaveRequest) -> LeaveRequest:
    person = store.official(row.person_id)
    below = row.approvers.filter(level=row.level).values_list("organisation_id", flat=True)[0]
    bench = store.bench(person, above=below) if person else None
    if bench is None:  # who was above has left since
        return _grant(actor, row)
    common.hold(row, [info.id for info in bench.people])
    row.level += 1
    row.save_change("level", at=clock.now())
    common.open_level(actor, row, bench)
    common.tell(row, actor, events.REQUESTED, [info.id for info in bench.people])
    return row


def _grant(actor: Actor, row: LeaveRequest) -> LeaveRequest:
    row.state = LeaveState.GRANTED
    spans = rules.delegation_spans(row.starts_on, row.ends_on, clock.today(), workflow.MAX_DELEGATION_DAYS)
    row.delegations = _delegate(row, spans) if row.stand_in_id else []
    row.save_change("state", "delegations", at=clock.now())
    common.tell(row, actor, events.GRANTED, [row.person_id])
    if row.stand_in_id and row.delegations:
        common.tell(row, actor, events.STAND_IN, [row.stand_in_id])
    return row


def _delegate(row: LeaveRequest, spans: Sequence[tuple[date, date]]) -> list[UUID]:
    try:
        return [
            workflow.delegate(
                actor=common.SYSTEM,
                principal_id=row.person_id,
                delegate_id=row.stand_in_id,
                from_on=first,
                to_on=last,
                reason="外出期间代理",
            ).id
            for first, last in spans
            if row.stand_in_id
        ]
    except DomainError as exc:
        raise DomainError(LeaveError.STAND_IN) from exc

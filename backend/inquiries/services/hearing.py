"""What the citizen says: by call-back, in the app, by text. Done by the unit's account and solved by the citizen's are
two facts; an unsatisfied citizen gets another round, at most so many times."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from backend.accounts import selectors as accounts
from backend.inquiries import events, policies
from backend.inquiries.models import CallBack, Order
from backend.inquiries.rules import states
from backend.inquiries.services import clocks, common, dispatching
from backend.inquiries.types import Action, ActRequest, InquiryError, Outcome, Part, Said, Side, State, Via
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError


def call_back(actor: Actor, order: Order, request: ActRequest) -> None:
    """An operator calls the citizen: what was said, or that nobody was reached; after so many tries it is closed and
    not counted in satisfaction."""
    change = common.Change(order, actor, Action.CALL_BACK)
    if request.reached:
        said = Said(request.contacted, bool(request.solved), bool(request.satisfied), request.note)
        _hear(change, said, Via.OPERATOR)
        return
    tries = order.call_tries + 1
    _keep(change, Via.OPERATOR, None, request.note)
    change.set(call_tries=tries)
    change.note(note=request.note, side=Side.CENTRE, tries=tries)
    if tries >= policies.number(policies.CALL_TRIES):
        _close(change, Outcome.UNREACHABLE)
        change.finish(events.NOT_REACHED, tries=tries)
        _tell_closed(change)
        return
    change.finish(events.NOT_REACHED, tries=tries)


@transaction.atomic
def say(*, actor: Actor, order_id: UUID, version: int | None, said: Said, via: Via = Via.APP) -> Order:
    """The citizen answers the three questions. Raises NOT_FOUND, STALE, ACTION_NOT_ALLOWED."""
    order = common.own_order(actor, order_id, version)
    common.check_state(order, Action.SAY)
    _hear(common.Change(order, actor, Action.SAY), said, via)
    return order


@transaction.atomic
def say_by_text(*, order_id: UUID, said: Said) -> Order | None:
    """The same by text; the number has been matched by who calls this. None when nothing is asked any more."""
    order = common.locked(order_id)
    if order.state != State.CALLBACK:
        return None
    _hear(common.Change(order, Actor.system("sms"), Action.SAY), said, Via.SMS)
    return order


def _hear(change: common.Change, said: Said, via: Via) -> None:
    order = change.order
    _keep(change, via, said, said.comment)
    change.set(contacted=said.contacted, solved=said.solved, satisfied=said.satisfied, said_at=change.now, said_via=via)
    change.note(
        note=said.comment, solved=said.solved, satisfied=said.satisfied, contacted=said.contacted, via=via.value
    )
    again = not (said.solved and said.satisfied) and states.may_redo(
        order.redo_count, policies.number(policies.REDO_LIMIT)
    )
    if again:
        _redo(change)
    else:
        _close(change, Outcome.SATISFIED if said.solved and said.satisfied else Outcome.UNSATISFIED)
    change.finish(events.HEARD, solved=said.solved, satisfied=said.satisfied, contacted=said.contacted)
    if again:
        common.tell(order, change.actor, events.REDONE, change.now, redo_count=order.redo_count)
        common.tell_caller(order, "redone")
    else:
        _tell_closed(change)


def _keep(change: common.Change, via: Via, said: Said | None, note: str) -> None:
    CallBack.objects.create(
        order=change.order,
        round=change.order.round,
        via=via,
        reached=said is not None,
        contacted=said.contacted if said else None,
        solved=said.solved if said else None,
        satisfied=said.satisfied if said else None,
        note=note.strip() or None,
        by=change.actor.user_id if via is Via.OPERATOR else None,
        at=change.now,
    )


def _redo(change: common.Change) -> None:
    """Back to the unit that answered: a new part, a new limit. What the citizen said stands in the call-backs."""
    order = change.order
    clocks.stop(order, change.actor)
    common.close_tasks(order, change.actor)
    change.set(
        redo_count=order.redo_count + 1, round=order.round + 1, unit_done_at=None, unit_resolution="", call_tries=0
    )
    if order.unit_id is None:
        change.set(state=State.REGISTERED, due_at=None)
        due_at = clocks.start(
            order, change.actor, policies.limit(clocks.DISPATCH, order), organisation_id=order.centre_id
        )
        common.open_task(order, change.actor, "dispatch", states.DISPATCHER, due_at)
        return
    part = dispatching.add_part(order, change.actor, accounts.organisation(order.unit_id), Part.LEAD)
    dispatching.mark_signed(change, part)
    limit = policies.limit("redo", order)
    change.set(
        state=State.PROCESSING,
        due_at=clocks.start(order, change.actor, replace(limit, kind=clocks.ANSWER) if limit else None),
    )
    common.next_task(order, change.actor, "reply", states.HANDLER, order.due_at)


def _close(change: common.Change, outcome: Outcome) -> None:
    order = change.order
    clocks.stop_all(order, change.actor)
    common.close_tasks(order, change.actor)
    change.set(state=State.CLOSED, outcome=outcome, closed_at=change.now)


def _tell_closed(change: common.Change) -> None:
    order = change.order
    common.tell(
        order,
        change.actor,
        events.CLOSED,
        change.now,
        outcome=order.outcome,
        solved=order.solved,
        satisfied=order.satisfied,
    )
    common.tell_caller(order, "closed")


@transaction.atomic
def reopen(*, actor: Actor, order_id: UUID, version: int | None, reason: str) -> Order:
    """The citizen opens a closed order again. Raises NOT_FOUND, STALE, ACTION_NOT_ALLOWED, REOPEN_LATE,
    REOPENED_BEFORE."""
    order = common.own_order(actor, order_id, version)
    common.check_state(order, Action.REOPEN)
    open_again(actor, order, ActRequest(Action.REOPEN, note=reason))
    return order


def open_again(actor: Actor, order: Order, request: ActRequest) -> None:
    """Within the time set after closing, once: dispatched anew, reviewed by somebody else than before."""
    hours = policies.number(policies.REOPEN_HOURS)
    change = common.Change(order, actor, Action.REOPEN)
    if order.closed_at is None or change.now - order.closed_at > timedelta(hours=hours):
        raise DomainError(InquiryError.REOPEN_LATE, hours=hours)
    if order.reopen_count >= policies.number(policies.REOPEN_LIMIT):
        raise DomainError(InquiryError.REOPENED_BEFORE)
    change.set(
        state=State.REGISTERED,
        outcome="",
        closed_at=None,
        reopen_count=order.reopen_count + 1,
        barred_reviewer_id=order.reviewer_id,
        round=order.round + 1,
        unit_done_at=None,
        unit_resolution="",
        contacted=None,
        solved=None,
        satisfied=None,
        said_at=None,
        said_via="",
        call_tries=0,
        due_at=None,
    )
    change.note(note=request.note)
    due_at = clocks.start(order, change.actor, policies.limit(clocks.DISPATCH, order), organisation_id=order.centre_id)
    common.open_task(order, change.actor, "dispatch", states.DISPATCHER, due_at)
    change.finish(events.REOPENED)
    common.tell_caller(order, "reopened")


@transaction.atomic
def archive_old(*, limit: int = 200) -> int:
    """Archive what has been closed for so many days. Returns how many."""
    edge = clock.now() - timedelta(days=policies.number(policies.ARCHIVE_DAYS))
    found = Order.objects.filter(state=State.CLOSED, closed_at__lt=edge).order_by("closed_at")
    ids = list(found.values_list("id", flat=True)[:limit])
    for order_id in ids:
        order = common.locked(order_id)
        change = common.Change(order, Actor.system("archive"), Action.ARCHIVE)
        change.set(state=State.ARCHIVED)
        change.note(side=Side.CENTRE)
        change.finish(events.ARCHIVED)
    return len(ids)

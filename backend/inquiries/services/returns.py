"""Giving an order back: by the dispatcher, then the shift leader, then one final ruling (三级退单)."""

from __future__ import annotations

from backend.inquiries import events, policies
from backend.inquiries.models import Order, ReturnRequest
from backend.inquiries.rules import states
from backend.inquiries.services import clocks, common, dispatching
from backend.inquiries.types import Action, ActRequest, Decision, InquiryError, Part, PartState, Side, State
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError

FINAL = 3


def request_return(actor: Actor, order: Order, request: ActRequest) -> None:
    """The lead unit asks to give the order back, in the standard form; the answer's clock runs on.

    Raises NOT_YOUR_POST, REASON_UNKNOWN, RULED_FINALLY, RETURNED_BEFORE, RETURN_LATE.
    """
    part = dispatching.own_part(actor, order, wanted=Part.LEAD)
    reason = policies.reason("return", request.reason_code)
    if order.final_ruling:
        raise DomainError(InquiryError.RULED_FINALLY)
    if order.returns.filter(unit_id=part.unit_id).exists():
        raise DomainError(InquiryError.RETURNED_BEFORE)
    change = common.Change(order, actor, Action.REQUEST_RETURN)
    if part.return_due_at is not None and change.now > part.return_due_at:
        due = clock.local(part.return_due_at)
        raise DomainError(InquiryError.RETURN_LATE, due=f"{due:%Y-%m-%d %H:%M}")
    number = order.return_count + 1
    ReturnRequest.objects.create(
        order=order,
        assignment=part,
        number=number,
        unit_id=part.unit_id,
        reason_code=reason.code,
        clause=request.clause.strip()[:300],
        reason=request.note.strip(),
        state_before=order.state,
        asked_at=change.now,
    )
    change.set(state=State.RETURN_REQUESTED, return_count=number)
    change.note(note=request.note, side=Side.OFFICIALS, unit_name=part.unit_name, number=number, reason=reason.name)
    limit = policies.limit("decide_return", order)
    due_at = clocks.start(order, change.actor, limit, organisation_id=order.centre_id)
    common.next_task(order, change.actor, "decide_return", states.return_decider(number), due_at)
    change.finish(events.RETURN_REQUESTED, number=number, reason=reason.code)


def approve(actor: Actor, order: Order, request: ActRequest) -> None:
    """The order goes to another unit, whose clocks begin anew; the former stays answerable until that one has signed.

    The third decision is a final ruling: nobody can return it any more. Raises UNIT_UNKNOWN.
    """
    asked = _open(order)
    unit = policies.unit(request.unit_id, within=order.centre_path)
    if unit.id == asked.unit_id:
        raise DomainError(InquiryError.UNIT_UNKNOWN)
    change = common.Change(order, actor, Action.APPROVE_RETURN)
    _decide(change, asked, Decision.APPROVED)
    asked.assignment.state = PartState.ANSWERABLE
    asked.assignment.save(update_fields=["state"])
    common.forget_parts(order)
    former, answerable = asked.unit_id, order.answerable_id
    dispatching.hand_over(change, unit)
    change.set(answerable_id=answerable, final_ruling=asked.number >= FINAL)
    change.note(note=request.note, side=Side.OFFICIALS, unit_name=unit.name, number=asked.number)
    change.finish(events.RETURN_APPROVED, number=asked.number, former_id=former)
    common.tell(order, change.actor, events.DISPATCHED, change.now, due_at=order.due_at, round=order.round)
    common.tell_caller(order, "dispatched")


def reject(actor: Actor, order: Order, request: ActRequest) -> None:
    """The unit keeps the order and counts as having signed. The third decision is final."""
    asked = _open(order)
    change = common.Change(order, actor, Action.REJECT_RETURN)
    _decide(change, asked, Decision.REFUSED)
    change.set(final_ruling=asked.number >= FINAL)
    dispatching.mark_signed(change, asked.assignment)
    change.note(note=request.note, side=Side.OFFICIALS, number=asked.number)
    change.finish(events.RETURN_REJECTED, number=asked.number, final=order.final_ruling)


def _open(order: Order) -> ReturnRequest:
    return order.returns.select_related("assignment").get(decision=Decision.OPEN)


def _decide(change: common.Change, asked: ReturnRequest, decision: Decision) -> None:
    asked.decision, asked.decided_by, asked.decided_at = decision, change.actor.user_id, change.now
    asked.save(update_fields=["decision", "decided_by", "decided_at"])
    clocks.stop(change.order, change.actor, ["decide_return"])

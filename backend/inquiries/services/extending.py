"""More time: asked for once, before the end, at most as much as the limit itself; the citizen is told."""

from __future__ import annotations

from datetime import datetime

from backend.inquiries import events, policies
from backend.inquiries.models import ExtensionRequest, Order
from backend.inquiries.rules import clocks as lengths
from backend.inquiries.rules import states
from backend.inquiries.services import clocks, common, dispatching
from backend.inquiries.types import Action, ActRequest, Decision, InquiryError, Part, Side
from backend.workflow import selectors as working_days
from backend.workflow import services as workflow
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError


def request_extension(actor: Actor, order: Order, request: ActRequest) -> None:
    """The lead unit asks for more time in the standard form: length, basis, reason.

    Raises NOT_YOUR_POST, EXTENDED_BEFORE, EXTENSION_LATE, EXTENSION_LONG.
    """
    part = dispatching.own_part(actor, order, wanted=Part.LEAD)
    change = common.Change(order, actor, Action.REQUEST_EXTENSION)
    _check(order, request.days, change.now)
    ExtensionRequest.objects.create(
        order=order,
        round=order.round,
        days=request.days,
        basis=request.clause.strip()[:300],
        reason=request.note.strip(),
        asked_at=change.now,
        due_before=order.due_at,
    )
    change.note(note=request.note, side=Side.OFFICIALS, unit_name=part.unit_name, days=request.days)
    common.open_task(order, change.actor, "decide_extension", states.DISPATCHER, order.due_at)
    change.finish(events.EXTENSION_REQUESTED, days=request.days)


def _check(order: Order, days: int, now: datetime) -> None:
    if order.extensions.filter(round=order.round).exists():
        raise DomainError(InquiryError.EXTENDED_BEFORE)
    limit = policies.limit(clocks.ANSWER, order)
    if order.due_at is None or limit is None or not lengths.is_days(limit.unit) or now >= order.due_at:
        raise DomainError(InquiryError.EXTENSION_LATE)
    most = policies.limit("extension", order)
    longest = min(limit.amount, most.amount) if most else limit.amount
    if days > longest:
        raise DomainError(InquiryError.EXTENSION_LONG, limit=lengths.words(longest, limit.unit))


def approve(actor: Actor, order: Order, request: ActRequest) -> None:
    """The hotline agrees before the end of the limit. Raises EXTENSION_LATE when nothing is asked or it is too late."""
    asked = _open(order)
    change = common.Change(order, actor, Action.APPROVE_EXTENSION)
    subject = (common.SUBJECT, order.id)
    workflow.extend_deadline(
        actor=change.actor,
        subject=subject,
        kind=clocks.ANSWER,
        days=asked.days,
        reason=asked.reason or "—",
        legal_basis=asked.basis,
    )
    change.set(due_at=working_days.deadline(subject, clocks.ANSWER).due_at)
    asked.due_after = order.due_at
    _decide(change, asked, Decision.APPROVED)
    common.next_task(order, change.actor, "reply", states.HANDLER, order.due_at)
    change.note(note=asked.reason or "", days=asked.days)
    change.finish(events.EXTENDED, days=asked.days, due_at=order.due_at)
    common.tell_caller(order, "extended", what=asked.reason or "")


def refuse(actor: Actor, order: Order, request: ActRequest) -> None:
    """The hotline does not agree; the limit stays."""
    asked = _open(order)
    change = common.Change(order, actor, Action.REFUSE_EXTENSION)
    _decide(change, asked, Decision.REFUSED)
    common.close_tasks(order, change.actor, ["decide_extension"])
    change.note(note=request.note, side=Side.OFFICIALS)
    change.finish(events.EXTENSION_REFUSED)


def _open(order: Order) -> ExtensionRequest:
    found = order.extensions.filter(decision=Decision.OPEN).first()
    if found is None or clock.now() >= (found.due_before or clock.now()):
        raise DomainError(InquiryError.EXTENSION_LATE)
    return found


def _decide(change: common.Change, asked: ExtensionRequest, decision: Decision) -> None:
    asked.decision, asked.decided_by, asked.decided_at = decision, change.actor.user_id, change.now
    asked.save(update_fields=["decision", "decided_by", "decided_at", "due_after"])

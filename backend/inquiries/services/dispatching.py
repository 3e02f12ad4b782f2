"""To a unit: dispatch, assisting units, signing, first contact, opinions. The clock runs from dispatch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from backend.accounts.types import OrganisationInfo
from backend.inquiries import events, policies
from backend.inquiries.models import Assignment, Order
from backend.inquiries.rules import clocks as lengths
from backend.inquiries.rules import states
from backend.inquiries.services import clocks, common
from backend.inquiries.types import Action, ActRequest, InquiryError, Part, PartState, Side, State, Urgency
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError


def dispatch(actor: Actor, order: Order, request: ActRequest) -> None:
    """Give the order to a lead unit, with units that assist. Every limit of the unit begins now, signed for or not."""
    unit = policies.unit(request.unit_id, within=order.centre_path)
    change = common.Change(order, actor, Action.DISPATCH)
    hand_over(change, unit, assist=request.assist_ids)
    change.note(note=request.note, unit_name=unit.name)
    change.finish(events.DISPATCHED, due_at=order.due_at, round=order.round)
    common.tell_caller(order, "dispatched")


def hand_over(change: common.Change, unit: OrganisationInfo, *, assist: Iterable[UUID] = ()) -> Assignment:
    """Make a unit the lead of an order: its part, its limits, its to-do. The former unit stays answerable until it
    signs (首接负责)."""
    order, now = change.order, change.now
    common.close_tasks(order, change.actor)
    clocks.stop(order, change.actor)
    change.set(
        state=State.DISPATCHED,
        unit_id=unit.id,
        unit_name=unit.name,
        unit_path=unit.path,
        answerable_id=order.answerable_id or unit.id,
        dispatched_at=now,
        dispatched_by=change.actor.user_id,
        first_dispatched_at=order.first_dispatched_at or now,
        signed_at=None,
    )
    part = add_part(order, change.actor, unit, Part.LEAD)
    _start_clocks(change, part)
    common.open_task(order, change.actor, "sign", states.HANDLER, order.due_at)
    for unit_id in dict.fromkeys(assist):
        if unit_id != unit.id:
            _add_assist(change, policies.unit(unit_id, within=order.centre_path))
    return part


def add_part(order: Order, actor: Actor, unit: OrganisationInfo, part: Part) -> Assignment:
    """A unit's part in the present round."""
    now = clock.now()
    limit = policies.limit("return", order)
    made = Assignment.objects.create(
        order=order,
        unit_id=unit.id,
        unit_name=unit.name,
        unit_path=unit.path,
        part=part,
        round=order.round,
        dispatched_at=now,
        dispatched_by=actor.user_id,
        return_due_at=clocks.moment_of(limit, now) if limit else None,
    )
    common.forget_parts(order)
    return made


def _start_clocks(change: common.Change, part: Assignment) -> None:
    order = change.order
    clocks.start(order, change.actor, policies.limit(clocks.SIGN, order), part=part)
    if not order.is_protected and not order.is_anonymous:
        clocks.start(order, change.actor, policies.limit(clocks.CONTACT, order))
    if order.urgency == Urgency.URGENT:
        clocks.start(order, change.actor, policies.limit(clocks.RESPONSE, order))
    change.set(due_at=clocks.start(order, change.actor, policies.limit(clocks.ANSWER, order)))


def add_assist(actor: Actor, order: Order, request: ActRequest) -> None:
    """Ask more units to assist the lead."""
    change = common.Change(order, actor, Action.ADD_ASSIST)
    units = [policies.unit(unit_id, within=order.centre_path) for unit_id in dict.fromkeys(request.assist_ids)]
    added = [_add_assist(change, unit) for unit in units]
    change.note(note=request.note, side=Side.OFFICIALS, units=[part.unit_name for part in added])
    change.finish(events.ASSIST_ADDED, assist_id=added[0].unit_id, assist_name="、".join(p.unit_name for p in added))


def _add_assist(change: common.Change, unit: OrganisationInfo) -> Assignment:
    order = change.order
    if any(part.unit_id == unit.id for part in common.parts(order)):
        raise DomainError(InquiryError.UNIT_UNKNOWN)
    part = add_part(order, change.actor, unit, Part.ASSIST)
    limit = policies.limit(clocks.ANSWER, order)
    shorter = replace(limit, kind=clocks.ASSIST, amount=lengths.half(limit.amount)) if limit else None
    due_at = clocks.start(order, change.actor, shorter, part=part)
    common.open_task(order, change.actor, "assist", states.HANDLER, due_at, part=part)
    return part


def sign(actor: Actor, order: Order, request: ActRequest) -> None:
    """A unit signs for its part. With the lead's signature the former unit is no longer answerable."""
    part = own_part(actor, order)
    if part.signed_at is not None or part.state == PartState.ANSWERABLE:
        raise DomainError(InquiryError.NOT_YOUR_POST)
    change = common.Change(order, actor, Action.SIGN)
    mark_signed(change, part)
    change.note(
        note=request.note, side=Side.ALL if part.part == Part.LEAD else Side.OFFICIALS, unit_name=part.unit_name
    )
    change.finish(events.SIGNED, by_unit_id=part.unit_id, part=part.part)


def mark_signed(change: common.Change, part: Assignment) -> None:
    """Write a signature: the part, and for the lead the order, its to-do, the release of those before."""
    order = change.order
    part.state, part.signed_at, part.signed_by = PartState.SIGNED, change.now, change.actor.user_id
    part.save(update_fields=["state", "signed_at", "signed_by"])
    if part.part != Part.LEAD:
        return
    clocks.stop(order, change.actor, [clocks.SIGN], part=part)
    order.assignments.filter(state=PartState.ANSWERABLE).update(state=PartState.RELEASED)
    common.forget_parts(order)
    change.set(state=State.SIGNED, signed_at=change.now, answerable_id=part.unit_id)
    common.next_task(order, change.actor, "reply", states.HANDLER, order.due_at)


def contact(actor: Actor, order: Order, request: ActRequest) -> None:
    """The lead has spoken with the citizen, or where it may not know him has begun to work. The handling begins."""
    part = own_part(actor, order)
    if part.part != Part.LEAD:
        raise DomainError(InquiryError.NOT_YOUR_POST)
    change = common.Change(order, actor, Action.CONTACT)
    clocks.stop(order, change.actor, [clocks.CONTACT, clocks.RESPONSE])
    change.set(state=State.PROCESSING)
    change.note(note=request.note, side=Side.OFFICIALS, unit_name=part.unit_name)
    change.finish(events.CONTACTED)


def give_opinion(actor: Actor, order: Order, request: ActRequest) -> None:
    """An assisting unit gives its opinion, with files it put with the order; its part is done. FILE_NOT_FOUND."""
    part = own_part(actor, order, wanted=Part.ASSIST)
    change = common.Change(order, actor, Action.GIVE_OPINION)
    part.state, part.opinion, part.done_at = PartState.DONE, request.text.strip(), change.now
    part.file_ids = common.unit_files(order, request.file_ids)
    part.signed_at = part.signed_at or change.now
    part.save(update_fields=["state", "opinion", "file_ids", "done_at", "signed_at"])
    clocks.stop(order, change.actor, part=part)
    common.close_part_task(part, change.actor)
    common.forget_parts(order)
    change.note(note=request.text, side=Side.OFFICIALS, unit_name=part.unit_name)
    change.finish(events.OPINION_GIVEN, by_unit_id=part.unit_id)


def own_part(actor: Actor, order: Order, *, wanted: Part | None = None) -> Assignment:
    """The part of the official's own unit, the lead's first. Raises NOT_YOUR_POST when it has none."""
    mine = [
        part
        for part in common.parts(order)
        if any(actor.has_role(role, path=part.unit_path) for role in states.UNIT_ROLES)
        and part.state != PartState.ANSWERABLE
        and (wanted is None or part.part == wanted)
    ]
    if not mine:
        raise DomainError(InquiryError.NOT_YOUR_POST)
    unsigned = [part for part in mine if part.signed_at is None]
    return min(unsigned or mine, key=lambda part: part.part != Part.LEAD)

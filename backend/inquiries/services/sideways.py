"""Ways out of the main path: answered at once, merged, urged, cancelled, passed to another channel."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from backend.accounts import selectors as accounts
from backend.inquiries import events, policies
from backend.inquiries.models import Order, Reply
from backend.inquiries.rules import states
from backend.inquiries.services import clocks, common
from backend.inquiries.services.knowledge import note_use
from backend.inquiries.types import (
    Action,
    ActRequest,
    InquiryError,
    Outcome,
    ReplyState,
    RequestType,
    Resolution,
    Side,
    State,
)
from kernel import realtime
from kernel.actors import Actor
from kernel.errors import DomainError
from kernel.events import EventType


def answer_directly(actor: Actor, order: Order, request: ActRequest) -> None:
    """The operator answers by himself, with an entry of the knowledge base or without; the order is closed."""
    change = common.Change(order, actor, Action.ANSWER_DIRECTLY)
    if request.entry_id is not None:
        note_use(entry_id=request.entry_id)
    Reply.objects.create(
        order=order,
        round=order.round,
        state=ReplyState.PASSED,
        text=request.text.strip(),
        law_basis=request.law_basis.strip()[:500],
        resolution=Resolution.EXPLAINED,
        unit_id=order.centre_id,
        unit_name="12345",
        written_by=change.actor.user_id,
        written_at=change.now,
        signed_at=change.now,
    )
    _end(change, State.CLOSED, Outcome.ANSWERED_DIRECTLY)
    change.set(unit_done_at=change.now, unit_resolution=Resolution.EXPLAINED)
    change.note(note=request.note)
    change.finish(events.ANSWERED_DIRECTLY, entry_id=request.entry_id)
    common.tell(order, change.actor, events.CLOSED, change.now, outcome=order.outcome, solved=None, satisfied=None)
    common.tell_caller(order, "answered", what=request.text)


def merge(actor: Actor, order: Order, request: ActRequest) -> None:
    """Let the order go on with another open one. Its caller gets that one's answer and a call-back of his own.

    Raises MERGE_REFUSED.
    """
    target = Order.objects.filter(order_no=request.target_no.strip(), centre_id=order.centre_id).first()
    if target is None or not _can_take(target, order):
        raise DomainError(InquiryError.MERGE_REFUSED)
    change = common.Change(order, actor, Action.MERGE)
    change.set(parent_id=target.pk)
    _end(change, State.MERGED, Outcome.MERGED)
    for child in order.children.filter(state=State.MERGED):
        child.parent = target
        child.save_change("parent", at=change.now)
    change.note(note=request.note, into=target.order_no)
    change.finish(events.MERGED, into_no=target.order_no)
    common.tell_caller(order, "ended", what=Outcome.MERGED.value)


def _can_take(target: Order, order: Order) -> bool:
    reports = RequestType.REPORT in {target.request_type, order.request_type}
    open_states = {State(state) for state in states.UNANSWERED}
    return target.pk != order.pk and not reports and target.parent_id is None and State(target.state) in open_states


def cancel(actor: Actor, order: Order, request: ActRequest) -> None:
    """Strike the order for a listed reason (销单). Raises REASON_UNKNOWN."""
    _strike(actor, order, request, Action.CANCEL, events.CANCELLED)


def transfer(actor: Actor, order: Order, request: ActRequest) -> None:
    """The matter belongs to another channel (信访, 110, a court …). Raises REASON_UNKNOWN."""
    _strike(actor, order, request, Action.TRANSFER, events.TRANSFERRED)


def _strike(actor: Actor, order: Order, request: ActRequest, action: Action, event: EventType) -> None:
    reason = policies.reason(action.value, request.reason_code)
    change = common.Change(order, actor, action)
    done = action is Action.CANCEL
    _end(change, State.CANCELLED if done else State.TRANSFERRED, Outcome.CANCELLED if done else Outcome.TRANSFERRED)
    change.note(note=request.note, reason=reason.name, reason_code=reason.code)
    change.finish(event, reason=reason.code)
    common.tell_caller(order, "ended", what=reason.name)


def _end(change: common.Change, state: State, outcome: Outcome) -> None:
    order = change.order
    clocks.stop_all(order, change.actor)
    common.close_tasks(order, change.actor)
    common.close_part_tasks(order, change.actor)
    order.assignments.filter(state__in=common.ACTIVE).update(state="released")
    common.forget_parts(order)
    change.set(state=state, outcome=outcome, closed_at=change.now)


def pass_centre(actor: Actor, order: Order, request: ActRequest) -> None:
    """Give an order to the desk of a county's centre, or back to the city's; its limits go on. Raises UNIT_UNKNOWN."""
    target = next((one for one in policies.centres() if one.id == request.unit_id), None)
    if target is None or target.id == order.centre_id:
        raise DomainError(InquiryError.UNIT_UNKNOWN)
    former = set(accounts.people_with_any_role(states.CENTRE_ROLES, order.centre_id))
    due = order.clocks.filter(kind=clocks.DISPATCH, closed_at=None).values_list("due_at", flat=True).first()
    change = common.Change(order, actor, Action.PASS_CENTRE)
    change.set(centre_id=target.id, centre_path=target.path)
    change.note(note=request.note, side=Side.OFFICIALS, unit_name=target.name)
    common.next_task(order, change.actor, "dispatch", states.DISPATCHER, due)
    told = change.finish(events.PASSED, centre_id=target.id, centre_name=target.name)
    former -= set(accounts.people_with_any_role(states.CENTRE_ROLES, target.id))
    realtime.publish(former, event_id=told.id, type=told.type, subject=(common.SUBJECT, order.id), data={})


def urge(actor: Actor, order: Order, request: ActRequest) -> None:
    """A repeat call on an open order: not a new order but an urging (催办), shown to who holds it."""
    change = common.Change(order, actor, Action.URGE)
    change.set(urge_count=order.urge_count + 1)
    change.note(note=request.note, count=order.urge_count)
    change.finish(events.URGED, count=order.urge_count)


@transaction.atomic
def urge_own(*, actor: Actor, order_id: UUID, words: str) -> Order:
    """The citizen asks again how it stands. Raises NOT_FOUND, ACTION_NOT_ALLOWED."""
    order = common.own_order(actor, order_id, None)
    common.check_state(order, Action.URGE)
    urge(actor, order, ActRequest(Action.URGE, note=words))
    return order

"""The unit's answer: written, signed by its leader, reviewed by the hotline, given to everybody who asked."""

from __future__ import annotations

from dataclasses import replace

from backend.accounts import selectors as accounts
from backend.inquiries import events, policies
from backend.inquiries.models import Order, Reply
from backend.inquiries.rules import states, wording
from backend.inquiries.services import clocks, common, dispatching
from backend.inquiries.types import Action, ActRequest, InquiryError, Part, ReplyState, Side, State
from kernel.actors import Actor
from kernel.errors import DomainError


def submit(actor: Actor, order: Order, request: ActRequest) -> None:
    """The handler writes the answer for signature. What was answered before is not answered with the same words again.

    `file_ids` are files that the unit put with the order; they go to the citizen with the answer.

    Raises NOT_YOUR_POST, SAME_TEXT, FILE_NOT_FOUND.
    """
    part = dispatching.own_part(actor, order, wanted=Part.LEAD)
    earlier = order.replies.filter(round__lt=order.round).values_list("text", flat=True)
    if wording.is_same_answer(
        request.text, [text or "" for text in earlier], percent=policies.number(policies.SAME_PERCENT)
    ):
        raise DomainError(InquiryError.SAME_TEXT)
    chosen = common.unit_files(order, request.file_ids)
    change = common.Change(order, actor, Action.SUBMIT_REPLY)
    Reply.objects.create(
        order=order,
        round=order.round,
        text=request.text.strip(),
        law_basis=request.law_basis.strip()[:500],
        resolution=request.resolution,
        unit_id=part.unit_id,
        unit_name=part.unit_name,
        written_by=change.actor.user_id,
        written_at=change.now,
        file_ids=chosen,
    )
    clocks.stop(order, change.actor, [clocks.CONTACT, clocks.RESPONSE])
    change.set(state=State.SIGN_OFF)
    change.note(note=request.note, side=Side.OFFICIALS, unit_name=part.unit_name)
    common.next_task(order, change.actor, "sign_off", states.HEAD if order.is_heavy else states.DEPUTY, order.due_at)
    change.finish(events.REPLY_SUBMITTED, round=order.round)


def sign_off(actor: Actor, order: Order, request: ActRequest) -> None:
    """The unit's responsible leader signs (a heavy order the head): the unit says done, and its clock stops."""
    reply = latest(order, ReplyState.SUBMITTED)
    change = common.Change(order, actor, Action.SIGN_OFF)
    reply.state, reply.signed_by, reply.signed_at = ReplyState.SIGNED, change.actor.user_id, change.now
    reply.signed_name = accounts.display_name(actor.person_id)
    reply.save(update_fields=["state", "signed_by", "signed_at", "signed_name"])
    clocks.stop(order, change.actor)
    change.set(state=State.REVIEW, unit_done_at=change.now, unit_resolution=reply.resolution)
    change.note(note=request.note, side=Side.OFFICIALS, unit_name=reply.unit_name)
    due_at = clocks.start(order, change.actor, policies.limit("review", order), organisation_id=order.centre_id)
    common.next_task(order, change.actor, "review", states.DISPATCHER, due_at)
    change.finish(events.REPLIED, resolution=reply.resolution, round=order.round)


def refuse_sign_off(actor: Actor, order: Order, request: ActRequest) -> None:
    """The leader sends the answer back to the handler; the clock runs on."""
    reply = latest(order, ReplyState.SUBMITTED)
    change = common.Change(order, actor, Action.REFUSE_SIGN_OFF)
    _mark(reply, ReplyState.REFUSED)
    change.set(state=State.PROCESSING)
    change.note(note=request.note, side=Side.OFFICIALS, unit_name=reply.unit_name)
    common.next_task(order, change.actor, "reply", states.HANDLER, order.due_at)
    change.finish(events.SIGN_OFF_REFUSED)


def pass_review(actor: Actor, order: Order, request: ActRequest) -> None:
    """The hotline finds that the answer meets what was asked: it goes to the citizen, the call-back begins.

    Raises OTHER_REVIEWER for the reviewer of before on a reopened order.
    """
    reply = latest(order, ReplyState.SIGNED)
    change = _reviewed(actor, order, Action.PASS_REVIEW)
    _mark(reply, ReplyState.PASSED)
    release(change, reply)
    change.note(note=request.note, unit_name=reply.unit_name)
    change.finish(events.ANSWERED, resolution=reply.resolution, round=order.round)
    common.tell_caller(order, "answered", what=reply.text or "")
    for child in order.children.filter(state=State.MERGED).order_by("id"):
        answer_child(change, child, reply)


def release(change: common.Change, reply: Reply) -> None:
    """The answer is out: units are done, the call-back waits for the hotline."""
    order = change.order
    clocks.stop_all(order, change.actor)
    common.close_part_tasks(order, change.actor)
    order.assignments.filter(state__in=common.ACTIVE).update(state="done", done_at=change.now)
    common.forget_parts(order)
    change.set(state=State.CALLBACK)
    due_at = clocks.start(order, change.actor, policies.limit(clocks.CALL_BACK, order), organisation_id=order.centre_id)
    common.next_task(order, change.actor, "callback", states.OPERATOR, due_at)


def answer_child(change: common.Change, child: Order, reply: Reply) -> None:
    """A merged order's caller gets the answer and a call-back of his own."""
    order = Order.objects.select_for_update(of=("self",)).select_related("topic").get(pk=child.pk)
    order.unit_id, order.unit_name, order.unit_path = (
        change.order.unit_id,
        change.order.unit_name,
        change.order.unit_path,
    )
    order.state, order.is_open, order.outcome, order.closed_at = State.CALLBACK, True, "", None
    order.unit_done_at, order.unit_resolution = change.order.unit_done_at, change.order.unit_resolution
    order.save_change(
        "unit_id", "unit_name", "unit_path", "state", "is_open", "outcome", "closed_at", "unit_done_at",
        "unit_resolution", at=change.now,
    )  # fmt: skip
    Reply.objects.create(
        order=order,
        round=order.round,
        state=ReplyState.PASSED,
        text=reply.text,
        law_basis=reply.law_basis,
        resolution=reply.resolution,
        unit_id=reply.unit_id,
        unit_name=reply.unit_name,
        written_at=reply.written_at,
        signed_by=reply.signed_by,
        signed_name=reply.signed_name,
        signed_at=reply.signed_at,
        file_ids=reply.file_ids,
    )
    own = common.Change(order, change.actor, Action.PASS_REVIEW)
    own.note(side=Side.ALL, with_order=change.order.order_no)
    due_at = clocks.start(order, own.actor, policies.limit(clocks.CALL_BACK, order), organisation_id=order.centre_id)
    common.open_task(order, own.actor, "callback", states.OPERATOR, due_at)
    common.tell(order, own.actor, events.ANSWERED, change.now, resolution=reply.resolution, round=order.round)
    common.tell_caller(order, "answered", what=reply.text or "")


def send_back(actor: Actor, order: Order, request: ActRequest) -> None:
    """The answer does not meet what was asked: back to the unit, with a limit of its own."""
    reply = latest(order, ReplyState.SIGNED)
    change = _reviewed(actor, order, Action.SEND_BACK)
    _mark(reply, ReplyState.SENT_BACK)
    clocks.stop(order, change.actor)
    limit = policies.limit("send_back", order)
    due_at = clocks.start(order, change.actor, replace(limit, kind=clocks.ANSWER) if limit else None)
    change.set(state=State.PROCESSING, unit_done_at=None, unit_resolution="")
    change.note(note=request.note, side=Side.OFFICIALS)
    common.next_task(order, change.actor, "reply", states.HANDLER, due_at)
    change.finish(events.SENT_BACK)


def _reviewed(actor: Actor, order: Order, action: Action) -> common.Change:
    if order.barred_reviewer_id is not None and order.barred_reviewer_id == actor.user_id:
        raise DomainError(InquiryError.OTHER_REVIEWER)
    change = common.Change(order, actor, action)
    change.set(reviewer_id=actor.user_id)
    return change


def latest(order: Order, state: ReplyState) -> Reply:
    """The newest answer in a state."""
    return order.replies.filter(state=state).order_by("-written_at", "-id")[0]


def _mark(reply: Reply, state: ReplyState) -> None:
    reply.state = state
    reply.save(update_fields=["state"])

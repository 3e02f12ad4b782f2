"""The one way in for officials' acts: right, state, version, content, then the act itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from django.db import transaction

from backend.inquiries.models import Order
from backend.inquiries.rules import states
from backend.inquiries.services import (
    common,
    dispatching,
    extending,
    hearing,
    registration,
    replying,
    returns,
    sideways,
)
from backend.inquiries.types import Action, ActRequest, InquiryError
from kernel.actors import Actor
from kernel.errors import DomainError

Act = Callable[[Actor, Order, ActRequest], None]
ACTS: Mapping[Action, Act] = {
    Action.REGISTER: registration.complete,
    Action.CLASSIFY: registration.classify,
    Action.PASS_CENTRE: sideways.pass_centre,
    Action.ANSWER_DIRECTLY: sideways.answer_directly,
    Action.DISPATCH: dispatching.dispatch,
    Action.ADD_ASSIST: dispatching.add_assist,
    Action.SIGN: dispatching.sign,
    Action.CONTACT: dispatching.contact,
    Action.GIVE_OPINION: dispatching.give_opinion,
    Action.REQUEST_RETURN: returns.request_return,
    Action.APPROVE_RETURN: returns.approve,
    Action.REJECT_RETURN: returns.reject,
    Action.REQUEST_EXTENSION: extending.request_extension,
    Action.APPROVE_EXTENSION: extending.approve,
    Action.REFUSE_EXTENSION: extending.refuse,
    Action.SUBMIT_REPLY: replying.submit,
    Action.SIGN_OFF: replying.sign_off,
    Action.REFUSE_SIGN_OFF: replying.refuse_sign_off,
    Action.PASS_REVIEW: replying.pass_review,
    Action.SEND_BACK: replying.send_back,
    Action.CALL_BACK: hearing.call_back,
    Action.MERGE: sideways.merge,
    Action.CANCEL: sideways.cancel,
    Action.TRANSFER: sideways.transfer,
    Action.URGE: sideways.urge,
    Action.REOPEN: hearing.open_again,
}


@transaction.atomic
def act(*, actor: Actor, order_id: UUID, version: int | None, request: ActRequest) -> Order:
    """Do one official act on an order, as the version seen by the official.

    Raises NOT_FOUND outside the official's reach, OWN_ORDER, STALE, ACTION_NOT_ALLOWED, NOT_YOUR_POST, FIELD_NEEDED,
    and what the act itself refuses. Two officials at once: one act, the other is told that the order has changed.
    """
    order = common.locked(order_id)
    roles = common.roles_on(actor, order)
    if not roles:
        raise DomainError(InquiryError.NOT_FOUND)
    if common.is_own(actor, order):
        raise DomainError(InquiryError.OWN_ORDER)
    common.check_version(order, version)
    common.check_state(order, request.action)
    if not roles & states.roles_for(request.action, returns=order.return_count, heavy=order.is_heavy):
        raise DomainError(InquiryError.NOT_YOUR_POST)
    faults = states.missing_fields(request)
    if faults:
        raise DomainError(InquiryError.FIELD_NEEDED, errors=faults)
    ACTS[request.action](actor, order, request)
    return order

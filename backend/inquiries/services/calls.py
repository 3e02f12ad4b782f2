"""Phone calls as the exchange reports them, taken by operators."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.accounts import selectors as accounts
from backend.inquiries import events, policies
from backend.inquiries.models import Call, Order
from backend.inquiries.rules import states
from backend.inquiries.services.common import take_turn
from backend.inquiries.services.phones import normal_phone, phone_index
from backend.inquiries.types import CallState, InquiryError
from backend.journal.services import record_change
from kernel import clock, realtime
from kernel.actors import Actor
from kernel.errors import DomainError
from kernel.realtime import Scope

SUBJECT = "inquiry_call"
_STATES = {
    "queued": CallState.WAITING,
    "initiated": CallState.WAITING,
    "ringing": CallState.WAITING,
    "in-progress": CallState.ANSWERED,
    "answered": CallState.ANSWERED,
    "completed": CallState.FINISHED,
    "busy": CallState.LOST,
    "failed": CallState.LOST,
    "no-answer": CallState.LOST,
    "canceled": CallState.LOST,
}
_ORDER = {CallState.WAITING: 0, CallState.ANSWERED: 1, CallState.FINISHED: 2, CallState.LOST: 2}


@transaction.atomic
def note_call(*, sid: str, status: str, number: str = "", dialled: str = "", seconds: int | None = None) -> Call:
    """The exchange says where a call stands. Reports may come twice or in any order: a call never goes back."""
    take_turn()
    now = clock.now()
    Call.objects.bulk_create(
        [
            Call(
                sid=sid,
                number=normal_phone(number) if number else None,
                number_index=phone_index(number) if number else None,
                dialled=dialled[:40],
                received_at=now,
            )
        ],
        ignore_conflicts=True,
    )
    call = Call.objects.select_for_update().get(sid=sid)
    wanted = _STATES.get(status.lower(), CallState.WAITING)
    if wanted is CallState.FINISHED and call.answered_at is None and not seconds:
        wanted = CallState.LOST
    before = CallState(call.state)
    if _ORDER[wanted] >= _ORDER[before]:
        _move(call, wanted, now)
    call.seconds = seconds if seconds is not None else call.seconds
    call.save_change("state", "answered_at", "ended_at", "seconds", at=now)
    if call.version == 2 or call.state != before:
        tell(Actor.provider("exchange"), call)
    return call


def _move(call: Call, wanted: CallState, now: datetime) -> None:
    call.state = wanted
    if wanted is CallState.ANSWERED and call.answered_at is None:
        call.answered_at = now
    if wanted in {CallState.FINISHED, CallState.LOST} and call.ended_at is None:
        call.ended_at = now


@transaction.atomic
def take_call(*, actor: Actor, call_id: UUID) -> Call:
    """An operator takes a call: it is his on everybody's screen. Taking one's own again changes nothing.

    Raises CALL_NOT_FOUND, CALL_TAKEN.
    """
    centre = policies.centre()
    take_turn()
    call = Call.objects.select_for_update().filter(pk=call_id).first()
    if call is None or not any(actor.has_role(role, path=centre.path) for role in states.DESK):
        raise DomainError(InquiryError.CALL_NOT_FOUND)
    if call.operator_id not in (None, actor.user_id):
        raise DomainError(InquiryError.CALL_TAKEN)
    if call.operator_id is None:
        call.operator_id = actor.user_id
        if call.state == CallState.WAITING:
            _move(call, CallState.ANSWERED, clock.now())
        call.save_change("operator_id", "state", "answered_at", at=clock.now())
        tell(actor, call)
    return call


def attach_order(*, actor: Actor, call_id: UUID, order: Order) -> None:
    """The order that a call gave rise to. Needs a transaction. Raises CALL_NOT_FOUND."""
    call = Call.objects.select_for_update().filter(pk=call_id).first()
    if call is None:
        raise DomainError(InquiryError.CALL_NOT_FOUND)
    call.order = order
    call.save_change("order", at=clock.now())
    tell(actor, call)


def tell(actor: Actor, call: Call) -> None:
    """Journal a call as it stands and show it at the desk."""
    centre = policies.centre()
    event = record_change(
        actor=actor,
        event=events.CALL_CHANGED,
        subject=(SUBJECT, call.id),
        organisation_id=centre.id,
        data={
            "call_id": str(call.id),
            "state": str(call.state),
            "operator_id": str(call.operator_id) if call.operator_id else None,
        },
    )
    live = call.state in {CallState.WAITING, CallState.ANSWERED}
    patch: Mapping[str, Any] = {"upsert": {"calls": [row(call)]}} if live else {"remove": {"calls": [str(call.id)]}}
    subject = (SUBJECT, call.id)
    operators = accounts.people_with_role(states.OPERATOR, centre.id)
    scope = Scope(role=states.OPERATOR, path=centre.path)
    realtime.publish(operators, event_id=event.id, type=event.type, subject=subject, data=patch, scope=scope)
    others = set(accounts.people_with_any_role(states.CENTRE_ROLES, centre.id)) - set(operators)
    realtime.publish(others, event_id=event.id, type=event.type, subject=subject, data={})


def row(call: Call) -> dict[str, Any]:
    """A call as the desk shows it: the same in the snapshot, in lists and in each event."""
    return {
        "id": str(call.id),
        "number": call.number or "",
        "state": str(call.state),
        "operator_id": str(call.operator_id) if call.operator_id else None,
        "order_id": str(call.order_id) if call.order_id else None,
        "received_at": _at(call.received_at),
        "answered_at": _at(call.answered_at),
        "ended_at": _at(call.ended_at),
        "seconds": call.seconds,
        "recording": recording_state(call),
        "recording_seconds": call.recording_seconds,
        "version": call.version,
    }


def recording_state(call: Call) -> str:
    """`none`, `coming`, `ready`, or `lost` when it could not be got."""
    if call.recording_file_id is not None:
        return "ready"
    if call.recording_due_at is not None:
        return "coming"
    return "lost" if call.recording_sid else "none"


def _at(moment: datetime | None) -> str | None:
    return clock.local(moment).isoformat(timespec="milliseconds") if moment else None

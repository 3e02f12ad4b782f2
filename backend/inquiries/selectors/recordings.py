"""Hearing the sound of calls. Who may is checked where the call is fetched; each hearing is journalled."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db import transaction

from backend.attachments import selectors as attachments
from backend.attachments.types import Delivery
from backend.inquiries.models import Call, Order
from backend.inquiries.selectors.desk import call as desk_call
from backend.inquiries.selectors.orders import sees_centre, sees_whole
from backend.inquiries.services import common
from backend.inquiries.services.calls import SUBJECT
from backend.inquiries.types import InquiryError
from backend.journal.services import record
from kernel.actors import Actor
from kernel.errors import DomainError


def recordings_for(actor: Actor, order: Order) -> list[Call]:
    """The recorded calls of an order that the official may hear, oldest first, got or not.

    A voice tells who somebody is: a unit hears none of a protected or an anonymous caller.
    """
    if not _may_hear(actor, order):
        return []
    return list(order.calls.exclude(recording_sid="").order_by("received_at", "id"))


def _may_hear(actor: Actor, order: Order) -> bool:
    return sees_centre(actor, order) or (sees_whole(actor, order) and not order.is_anonymous)


def recording(actor: Actor, call_id: UUID, range_header: str | None = None) -> tuple[Delivery, Iterator[bytes]]:
    """The sound of a call: for the hotline, and for the unit that handles the order which came of it.

    Raises CALL_NOT_FOUND for everybody else, FILE_NOT_FOUND while there is none, and what the file store refuses.
    """
    call = _reached(actor, call_id)
    if call.recording_file_id is None:
        raise DomainError(InquiryError.FILE_NOT_FOUND)
    found = attachments.serve(call.recording_file_id, range_header)
    _note_heard(actor, call)
    return found


def _reached(actor: Actor, call_id: UUID) -> Call:
    call = Call.objects.select_related("order__topic").filter(pk=call_id).first()
    if call is None:
        raise DomainError(InquiryError.CALL_NOT_FOUND)
    if call.order is None:
        return desk_call(actor, call_id)
    if not common.roles_on(actor, call.order) or not _may_hear(actor, call.order):
        raise DomainError(InquiryError.CALL_NOT_FOUND)
    return call


@transaction.atomic
def _note_heard(actor: Actor, call: Call) -> None:
    order = call.order
    record(
        actor=common.concealed(order, actor) if order is not None else actor,
        action="inquiry.recording_heard",
        subject=(common.SUBJECT, order.id) if order is not None else (SUBJECT, call.id),
        organisation_id=order.centre_id if order is not None else None,
        data={"call_id": str(call.id), "seconds": call.recording_seconds},
    )

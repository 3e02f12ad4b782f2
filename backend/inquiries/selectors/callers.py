"""Who asked, as officials see it: the right is checked with the order, numbers are given in clear for a reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.inquiries.models import Order, OrderCaller
from backend.inquiries.selectors.orders import reached_order, sees_centre, sees_whole
from backend.inquiries.services import common
from backend.inquiries.types import InquiryError
from backend.journal.services import record
from kernel.actors import Actor
from kernel.errors import DomainError
from kernel.masking import MaskKind, mask

CALLER_FIELDS = ("name", "phone")
_MASKS = {"name": MaskKind.NAME, "phone": MaskKind.MOBILE}


def caller_for(actor: Actor, order: Order, *, masked: bool = False) -> dict[str, Any] | None:
    """Who asked, for an official who may know: at the hotline and in the unit that handles it, None for a unit where
    the caller is protected. An anonymous caller has no name for anybody; his number only the hotline sees.

    `masked` hides the middle of name and number, for screens that show them in clear only for a reason.
    """
    caller = _open_caller(actor, order)
    if caller is None:
        return None
    clear = {"name": caller.name or "", "phone": caller.phone or ""}
    shown = {field: mask(value, _MASKS[field]) for field, value in clear.items()} if masked else clear
    return {**shown, "gender": caller.gender}


@transaction.atomic
def unmasked_caller(actor: Actor, order_id: UUID, fields: Sequence[str], reason: str) -> dict[str, str]:
    """Name or number of who asked in clear; who looked, at what, and why is journalled, and who asked is shown it.

    Law on the Protection of Personal Information, Art. 6 (no more than the purpose needs). Raises NOT_FOUND where the
    actor does not handle the order, or where the caller is hidden from him.
    """
    order = reached_order(actor, order_id)
    clear = caller_for(actor, order)
    if clear is None:
        raise DomainError(InquiryError.NOT_FOUND)
    record(
        actor=common.concealed(order, actor),
        action="inquiry.unmasked",
        subject=(common.SUBJECT, order.id),
        organisation_id=order.unit_id or order.centre_id,
        data={"fields": sorted(fields)},
        private={"reason": reason},
    )
    return {field: clear[field] for field in fields}


def masked_caller(order: Order) -> str:
    """The caller in a list of the hotline."""
    caller = getattr(order, "caller", None)
    return mask((caller.name if caller else "") or "", MaskKind.NAME)


def _open_caller(actor: Actor, order: Order) -> OrderCaller | None:
    if not sees_whole(actor, order):
        return None
    caller = OrderCaller.objects.filter(order=order).first()
    return None if caller is None or (order.is_anonymous and not sees_centre(actor, order)) else caller

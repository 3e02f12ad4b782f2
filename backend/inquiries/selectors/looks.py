"""Who of the officials looked at what somebody asked."""

from __future__ import annotations

import json
from typing import Any

from django.db.models import QuerySet

from backend.accounts import selectors as accounts
from backend.inquiries import summaries
from backend.inquiries.models import Order
from backend.inquiries.selectors.orders import own_orders
from backend.inquiries.services import common
from backend.journal import selectors as journal
from kernel import clock
from kernel.actors import Actor
from kernel.masking import MaskKind, mask

LOOKS = {
    "inquiry.viewed": "order",
    "inquiry.unmasked": "number",
    "attachments.read": "document",
    "inquiry.recording_heard": "recording",
}


def looks_at_mine(actor: Actor) -> QuerySet[Any]:
    """Each time an official opened one of the actor's orders, saw a number in clear, read a file in it, or heard its
    call.

    Law on the Protection of Personal Information, Art. 44 (to know about the handling of one's data).
    """
    own = own_orders(actor).values("id")
    return journal.reads_by_officials(common.SUBJECT, own, tuple(LOOKS))


def look(line: Any) -> dict[str, Any]:
    """One of these as its person sees it, JSON-ready; the official's name is masked."""
    order = Order.objects.select_related("topic").defer(*summaries.NEVER_LISTED).get(pk=line.subject_id)
    at_hotline = "hotline_" in str(line.actor_roles)
    return {
        "id": str(line.id),
        "at": clock.local(line.recorded_at).isoformat(timespec="milliseconds"),
        "kind": LOOKS[line.action],
        "case_id": str(order.id),
        "case_no": order.order_no,
        "power_name": summaries.matter(order),
        "organisation_name": "12345" if at_hotline else order.unit_name or "12345",
        "who": mask(accounts.display_name(line.actor_id), MaskKind.NAME),
        "names": json.loads(line.data).get("fields", []),
    }

"""What outside clients may read: never a report, a confidential order, or one whose caller said no."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from backend.inquiries import summaries
from backend.inquiries.models import Order
from backend.inquiries.rules import states
from backend.inquiries.types import InquiryError, RequestType
from kernel.errors import DomainError


def open_requests(
    *,
    begin: datetime | None = None,
    end: datetime | None = None,
    topic_codes: list[str] | None = None,
    statuses: list[str] | None = None,
    order_nos: list[str] | None = None,
) -> QuerySet[Order]:
    """Orders for everybody, newest first, narrowed as GeoReport v2 says."""
    rows = (
        Order.objects.select_related("topic", "publication")
        .defer(*summaries.NEVER_LISTED)
        .filter(public_ok=True, is_confidential=False)
        .exclude(request_type=RequestType.REPORT)
    )
    if order_nos:
        return rows.filter(order_no__in=order_nos).order_by("-received_at", "-id")
    if begin is not None:
        rows = rows.filter(received_at__gte=begin)
    if end is not None:
        rows = rows.filter(received_at__lte=end)
    if topic_codes:
        rows = rows.filter(topic__code__in=topic_codes)
    if statuses and set(statuses) != {"open", "closed"}:
        rows = rows.filter(is_open="open" in statuses)
    return rows.order_by("-received_at", "-id")


def open_request(order_no: str) -> Order:
    """One of them. Raises NOT_FOUND."""
    found = open_requests(order_nos=[order_no]).first()
    if found is None:
        raise DomainError(InquiryError.NOT_FOUND)
    return found


def is_over(order: Order) -> bool:
    """Whether the order has ended."""
    return order.state in states.ENDED

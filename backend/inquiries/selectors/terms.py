"""What somebody may know before asking: by when an answer comes, how much may be attached, where it can be about."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from backend.accounts import selectors as accounts
from backend.inquiries import policies
from backend.inquiries.models import InquiryLimit, Order
from backend.inquiries.services import clocks
from backend.inquiries.types import Channel, RequestType, State, Urgency
from kernel import clock

TOLD = (clocks.ACCEPT, clocks.ANSWER, "extension")


def terms() -> dict[str, Any]:
    """The limits as people are told them, the size of what may be attached, the counties. Raises NOT_READY."""
    centre = policies.centre()
    counties = accounts.list_organisations(parent_id=centre.id, level="county")
    return {
        "limits": _limits(),
        "reopen_hours": policies.number(policies.REOPEN_HOURS),
        "max_files": policies.number(policies.MAX_FILES),
        "max_file_bytes": policies.number(policies.MAX_FILE_MB) * 1024 * 1024,
        "areas": [{"code": one.region_code, "name": one.short_name or one.name} for one in counties],
    }


def _limits() -> list[dict[str, Any]]:
    """The rows in force that speak to those who ask: by kind of wish, and those of the leaders' mailbox. Of rows for
    the same the latest holds; special urgencies are the hotline's to give."""
    rows = InquiryLimit.objects.filter(
        kind__in=TOLD, effective_from__lte=clock.today(), urgency__in=("", Urgency.URGENT)
    )
    latest = {
        (row.kind, row.channel, row.request_type, row.urgency, row.petition): row
        for row in rows.order_by("effective_from")
    }
    return [
        {
            "kind": row.kind,
            "channel": row.channel,
            "request_type": row.request_type,
            "urgent": row.urgency == Urgency.URGENT,
            "petition": row.petition,
            "amount": row.amount,
            "unit": row.unit,
        }
        for row in latest.values()
        if row.channel in {"", Channel.MAILBOX} and row.request_type in {"", *RequestType}
    ]


def reopen_until(order: Order) -> datetime | None:
    """Until when who asked may open it again; None when not, or not any more."""
    if order.state != State.CLOSED or order.closed_at is None:
        return None
    if order.reopen_count >= policies.number(policies.REOPEN_LIMIT):
        return None
    until = order.closed_at + timedelta(hours=policies.number(policies.REOPEN_HOURS))
    return until if until > clock.now() else None

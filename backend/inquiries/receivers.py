"""What inquiries do on others' events, and what the relay calls."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from backend.inquiries import services
from backend.inquiries.services import overdue, reminding, signals, texting, warning
from kernel.events import Event, subscriber
from kernel.outbox import register_pump

TOLD = tuple(f"inquiry.caller_{name}" for name in texting.TEMPLATES)


@subscriber("inquiries.text_caller", to=(*TOLD, "inquiry.caller_reopened"))
def on_caller_told(event: Event) -> None:
    """Somebody without an account is told by text."""
    if event.data["applicant_id"] is None:
        name = event.type.removeprefix("inquiry.caller_")
        texting.text_caller(order_id=event.subject_id, name=name, event_id=event.id, data=event.data)


@subscriber("inquiries.overdue", to=("workflow.deadline_expired",))
def on_deadline_expired(event: Event) -> None:
    """A limit of days has passed."""
    order_id = overdue.order_of(event.subject_kind, event.subject_id)
    if order_id is not None:
        due_at = datetime.fromisoformat(event.data["due_at"])
        overdue.tell_overdue(order_id=order_id, kind=event.data["kind"], due_at=due_at)


@subscriber("inquiries.reply", to=("sms.received",))
def on_sms_received(event: Event) -> None:
    """A text came in; perhaps it answers, or asks something new."""
    texting.take_text(inbound_id=UUID(event.data["inbound_id"]))


def _sweep() -> None:
    overdue.sweep()
    warning.sweep()


def _tidy() -> None:
    services.archive_old()
    services.tell_reviews_due()
    signals.sweep()
    reminding.sweep()


register_pump("inquiries.overdue", _sweep, every=timedelta(seconds=20))
register_pump("inquiries.tidy", _tidy, every=timedelta(minutes=10))

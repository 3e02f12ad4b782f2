"""What the relay calls. Leave, trips and outings come as events, by name."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from backend.attendance.services import drop_absence, drop_duties, keep_absence, show_due
from backend.attendance.types import Half
from kernel.events import Event, subscriber
from kernel.outbox import register_pump


@subscriber("attendance.leave", to=("leave.granted", "leave.cancelled", "leave.returned"))
def on_leave(event: Event) -> None:
    """The sheet knows who is rightly away, and on which halves of days."""
    data = event.data
    request_id = UUID(data["request_id"])
    if event.type == "leave.cancelled":
        drop_absence(request_id=request_id)
        return
    keep_absence(
        request_id=request_id,
        person_id=UUID(data["person_id"]),
        kind=data["kind"],
        first=(date.fromisoformat(data["starts_on"]), Half(data["starts_half"])),
        last=(date.fromisoformat(data["ends_on"]), Half(data["ends_half"])),
    )


@subscriber("attendance.departures", to=("contacts.handed_over",))
def on_departure(event: Event) -> None:
    """Who has left office stands on no roster any more."""
    drop_duties(person_id=UUID(event.data["person_id"]))


def _show() -> None:
    show_due()


register_pump("attendance.months", _show, every=timedelta(minutes=5))

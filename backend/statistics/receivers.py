"""The facts behind the figures follow from the events of cases and ratings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from backend.statistics import services
from kernel import clock
from kernel.events import Event, subscriber


@subscriber("statistics.facts", to=("case.submitted", "case.closed", "rating.received", "rating.rectification_closed"))
def follow(event: Event) -> None:
    """Note what the figures need of it."""
    _NOTES[event.type](event)


def _on_submitted(event: Event) -> None:
    services.note_received(
        case_id=UUID(event.data["case_id"]),
        organisation_id=UUID(event.data["organisation_id"]),
        power_id=UUID(event.data["power_id"]),
        received_on=date.fromisoformat(event.data["received_on"]),
    )


def _on_closed(event: Event) -> None:
    closed_on = clock.local(datetime.fromisoformat(event.data["at"])).date()
    services.note_closed(
        case_id=UUID(event.data["case_id"]),
        organisation_id=UUID(event.data["organisation_id"]),
        power_id=UUID(event.data["power_id"]),
        closed_on=closed_on,
    )


def _on_rated(event: Event) -> None:
    services.note_rating(case_id=UUID(event.data["case_id"]), level=event.data["level"])


def _on_rectified(event: Event) -> None:
    if event.data["outcome"] == "invalid":
        services.note_rating(case_id=UUID(event.data["case_id"]), level=None)


_NOTES: dict[str, Callable[[Event], None]] = {
    "case.submitted": _on_submitted,
    "case.closed": _on_closed,
    "rating.received": _on_rated,
    "rating.rectification_closed": _on_rectified,
}

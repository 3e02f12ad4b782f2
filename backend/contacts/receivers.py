"""What the contacts listen to, and what the relay calls."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from backend.contacts.services import forget_readings, refresh_all, refresh_person
from kernel.events import Event, subscriber
from kernel.outbox import register_pump


@subscriber("contacts.cards", to=["account.rights_changed"])
def _keep_card(event: Event) -> None:
    refresh_person(UUID(event.data["user_id"]))


def _refresh() -> None:
    refresh_all()
    forget_readings()


register_pump("contacts.cards", _refresh, every=timedelta(minutes=10))

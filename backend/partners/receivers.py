"""What the partners app does when something happened elsewhere: write a webhook for each endpoint that may know."""

from __future__ import annotations

from backend.partners import rules
from backend.partners.services import queue_webhooks
from kernel.events import Event, subscriber


@subscriber("partners.on_event", to=sorted(rules.EVENT_TYPES))
def on_event(event: Event) -> None:
    """Queue the event for the partners whose scopes and place it falls under."""
    queue_webhooks(event=event)

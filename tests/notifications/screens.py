"""A client of the live log: takes the snapshot's state and applies events to it as the apps do."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.notifications import selectors
from kernel import realtime

Screen = dict[str, Any]


def fresh(person_id: UUID) -> tuple[Screen, int]:
    """What a new snapshot shows, rows by id, and its cursor."""
    state = selectors.snapshot_for(person_id)
    return {"inbox": {row["id"]: row for row in state["inbox"]}, "badge": state["badge"]}, realtime.cursor_of(person_id)


def caught_up(person_id: UUID, screen: Screen, cursor: int) -> Screen:
    """The screen after every event since the cursor."""
    for event in realtime.events_since(person_id, cursor, limit=1000):
        for row in event.data.get("upsert", {}).get("inbox", []):
            screen["inbox"][row["id"]] = row
        for gone in event.data.get("remove", {}).get("inbox", []):
            screen["inbox"].pop(gone, None)
        screen.update(event.data.get("set", {}))
    return screen

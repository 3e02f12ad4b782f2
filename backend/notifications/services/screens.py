"""Showing changes of the message centre on live screens.

Everything here runs under the person's cursor lock, taken first: between a snapshot and its events nothing can slip in,
so applying the events to the snapshot gives what a new snapshot would show.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from backend.notifications import selectors
from backend.notifications.models import Notification
from backend.notifications.selectors import LATEST, ORDER
from kernel import realtime

ADDED = "inbox.added"
CHANGED = "inbox.changed"
READ = "inbox.read"


def hold(person_ids: Iterable[UUID]) -> None:
    """Lock the logs of these people, in one order for everybody, before their messages are touched."""
    for person_id in sorted(set(person_ids)):
        realtime.lock_cursor(person_id)


def show(row: Notification, *, event_id: UUID) -> int:
    """A message has come: it enters the latest, the one that falls out leaves. Returns the new badge."""
    badge = selectors.unread(row.person_id)
    patch: dict[str, Any] = {
        "upsert": {"inbox": selectors.items([row], row.person_id)},
        "set": {"badge": {"unread": badge}},
    }
    beyond = Notification.objects.filter(person_id=row.person_id).order_by(*ORDER).values_list("pk", flat=True)
    pushed_out = [str(found) for found in beyond[LATEST : LATEST + 1]]
    if pushed_out:
        patch["remove"] = {"inbox": pushed_out}
    realtime.publish(
        [row.person_id], event_id=event_id, type=ADDED, subject=(row.subject_kind, row.subject_id), data=patch
    )
    return badge


def refresh(person_id: UUID, changed: Collection[UUID], *, event_id: UUID, type: str) -> int:
    """Messages have changed: those among the latest are shown anew, and the badge. Returns the badge."""
    latest = selectors.snapshot_for(person_id)
    names = {str(found) for found in changed}
    patch: dict[str, Any] = {"set": {"badge": latest["badge"]}}
    rows = [row for row in latest["inbox"] if row["id"] in names]
    if rows:
        patch["upsert"] = {"inbox": rows}
    realtime.publish([person_id], event_id=event_id, type=type, subject=("person", person_id), data=patch)
    unread: int = latest["badge"]["unread"]
    return unread

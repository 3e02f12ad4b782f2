"""What those who run the system see: figures without personal data, and the story of one text for those entitled."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count

from backend.accounts import selectors as accounts
from backend.accounts.types import Role
from backend.operations import rules
from backend.operations.models import Heartbeat
from backend.partners import selectors as partners
from backend.push import selectors as push
from kernel import clock, outbox
from kernel.actors import Actor
from kernel.errors import CommonError, DomainError
from kernel.models import Delivery
from sms import selectors as sms
from sms.selectors import Story


def channels() -> dict[str, Any]:
    """Everything that waits, fails or is parked, by channel, with the age of the oldest in seconds."""
    return {
        "texts": [asdict(row) for row in sms.waiting()],
        "carriers": [asdict(row) for row in sms.carriers()],
        "changes": [asdict(row) for row in sms.changes()],
        "parked_receipts": sms.parked_receipts(),
        "pushes": push.waiting(),
        "webhooks": partners.waiting(),
        "events": {"oldest_seconds": outbox.oldest_waiting_seconds(), "parked": parked_events()},
        "queues": [asdict_heartbeat(row) for row in Heartbeat.objects.order_by("queue")],
    }


def parked_events() -> dict[str, int]:
    """Deliveries that failed five times, by subscriber."""
    rows = Delivery.objects.filter(state="parked").values("subscriber").annotate(number=Count("id"))
    return {row["subscriber"]: row["number"] for row in rows}


def asdict_heartbeat(row: Heartbeat) -> dict[str, Any]:
    """A queue with the seconds since a worker last answered; None when none ever did."""
    silent = (clock.now() - row.answered_at).total_seconds() if row.answered_at else None
    return {"queue": row.queue, "silent_seconds": silent}


def silent_queues(queues: set[str], started_at: datetime) -> list[str]:
    """Queues of a worker, up since `started_at`, that has nothing to do and does not answer."""
    now = clock.now()
    rows = Heartbeat.objects.filter(queue__in=queues)
    return [row.queue for row in rows if rules.is_silent(row.asked_at, row.answered_at, started_at, now)]


def readable_story(actor: Actor, message_id: UUID) -> Story:
    """The story of a text, for a system manager of its organisation (without one: of the city). Raises NOT_FOUND."""
    found = sms.story(message_id)
    if found is None or not _may_read(actor, found):
        raise DomainError(CommonError.NOT_FOUND)
    return found


def story_by_reference(actor: Actor, reference: str) -> Story:
    """The same by the intent a text stands for, such as `case:<id>:accepted`."""
    info = sms.message_by_reference(reference)
    if info is None:
        raise DomainError(CommonError.NOT_FOUND)
    return readable_story(actor, info.id)


def runs_the_system(actor: Actor) -> None:
    """Raise FORBIDDEN for anybody but a system manager."""
    if not any(grant.role == Role.SYSTEM_MANAGER for grant in actor.grants):
        raise DomainError(CommonError.FORBIDDEN)


def _may_read(actor: Actor, found: Story) -> bool:
    grants = [grant for grant in actor.grants if grant.role == Role.SYSTEM_MANAGER]
    if found.organisation_id is None:
        return any(accounts.organisation(grant.organisation_id).parent_id is None for grant in grants)
    path = accounts.organisation(found.organisation_id).path
    return any(path.startswith(grant.path) for grant in grants)

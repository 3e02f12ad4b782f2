"""What those who run the system see: figures without personal data, and the story of one text for those entitled."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from backend.accounts import selectors as accounts
from backend.accounts.types import Role
from backend.operations import rules
from backend.operations.models import Heartbeat
from backend.partners import selectors as partners
from backend.push import selectors as push
from kernel import clock, outbox
from kernel.actors import Actor, Grant
from kernel.errors import CommonError, DomainError
from kernel.models import Delivery
from sms import selectors as sms
from sms.selectors import Story
from sms.types import Purpose, TextGroup


def channels() -> dict[str, Any]:
    """Everything that waits, fails or is parked, by channel, with the age of the oldest in seconds."""
    return {
        "texts": _texts(),
        "carriers": [asdict(row) for row in sms.carriers()],
        "changes": [asdict(row) for row in sms.changes()],
        "parked_receipts": sms.parked_receipts(),
        "pushes": push.waiting(),
        "webhooks": partners.waiting(),
        "events": {"oldest_seconds": outbox.oldest_waiting_seconds(), "parked": parked_events()},
        "queues": [asdict_heartbeat(row) for row in Heartbeat.objects.order_by("queue")],
    }


def _texts() -> list[dict[str, Any]]:
    """Every purpose, also where nothing waits: what is well is worth seeing too."""
    waiting, troubled = {row.purpose: row for row in sms.waiting()}, sms.troubled()
    return [
        {
            "purpose": purpose.value,
            "number": waiting[purpose].number if purpose in waiting else 0,
            "oldest_seconds": waiting[purpose].oldest_seconds if purpose in waiting else 0.0,
            "failing": troubled.get(purpose, {}).get("failing", 0),
            "failed_lately": troubled.get(purpose, {}).get("failed_lately", 0),
        }
        for purpose in Purpose
    ]


def readable_texts(actor: Actor, *, group: TextGroup, number: str = "") -> QuerySet[Any]:
    """Texts that a system manager may see: of the organisations below, for the city's manager all. Raises FORBIDDEN,
    and `sms_number_invalid` for a number that is none."""
    runs_the_system(actor)
    return sms.texts(group=group, organisation_ids=_organisations(actor), number=number)


def _organisations(actor: Actor) -> list[UUID] | None:
    if runs_the_city(actor):
        return None
    return [found for grant in _managing(actor) for found in accounts.subtree_ids(grant.path)]


def runs_the_city(actor: Actor) -> bool:
    """Whether somebody is a system manager at the top, and so looks after what belongs to no department."""
    return any(accounts.organisation(grant.organisation_id).parent_id is None for grant in _managing(actor))


def must_run_the_city(actor: Actor) -> None:
    """Raise FORBIDDEN for anybody but a system manager at the top."""
    if not runs_the_city(actor):
        raise DomainError(CommonError.FORBIDDEN)


def _managing(actor: Actor) -> list[Grant]:
    return [grant for grant in actor.grants if grant.role == Role.SYSTEM_MANAGER]


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
    if not _managing(actor):
        raise DomainError(CommonError.FORBIDDEN)


def _may_read(actor: Actor, found: Story) -> bool:
    if found.organisation_id is None:
        return runs_the_city(actor)
    path = accounts.organisation(found.organisation_id).path
    return any(path.startswith(grant.path) for grant in _managing(actor))

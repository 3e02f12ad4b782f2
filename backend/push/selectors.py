"""The readers for other apps."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Count, Min

from backend.push.channels import fcm, webpush
from backend.push.models import PushDevice, PushMessage, TopicFollower
from backend.push.types import DeviceInfo, Platform, PushError, TopicReach
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError


def own_devices(actor: Actor) -> list[DeviceInfo]:
    """The actor's push addresses in use, the last registered first."""
    rows = PushDevice.objects.filter(person_id=_person(actor), dropped_at=None).order_by("-seen_at", "-id")
    return [device_info(row, actor.session_id) for row in rows[:100]]


def own_device(actor: Actor, device_id: UUID) -> DeviceInfo:
    """One of them. Raises DEVICE_NOT_FOUND."""
    row = PushDevice.objects.filter(pk=device_id, person_id=_person(actor), dropped_at=None).first()
    if row is None:
        raise DomainError(PushError.DEVICE_NOT_FOUND)
    return device_info(row, actor.session_id)


def with_device(person_ids: Collection[UUID]) -> set[UUID]:
    """Those of many people who have a device to push to, in one query."""
    return set(PushDevice.objects.filter(person_id__in=person_ids, dropped_at=None).values_list("person_id", flat=True))


def _person(actor: Actor) -> UUID:
    if actor.user_id is None:
        raise DomainError(PushError.DEVICE_NOT_FOUND)
    return actor.user_id


def device_info(row: PushDevice, session_id: UUID | None) -> DeviceInfo:
    """A device as its owner sees it."""
    return DeviceInfo(
        id=row.pk,
        platform=Platform(row.platform),
        service=row.service,
        current=session_id is not None and row.session_id == session_id,
        created_at=row.registered_at,
        seen_at=row.seen_at,
    )


def has_device(person_id: UUID) -> bool:
    """Whether anything can be pushed to this person."""
    return PushDevice.objects.filter(person_id=person_id, dropped_at=None).exists()


def reaches_phones() -> bool:
    """Whether there is a service for phones; browsers have their own."""
    return fcm.is_configured()


def vapid_public_key() -> str:
    """The key browsers subscribe with. Raises PUSH_NOT_CONFIGURED."""
    if not webpush.is_configured():
        raise DomainError(PushError.NOT_CONFIGURED, headers={"Retry-After": "3600"})
    return webpush.public_key()


def topic_reach(topics: Collection[str]) -> TopicReach:
    """How many phones and browsers a message to any of these topics would reach, and how many people have one."""
    followers = TopicFollower.objects.filter(topic__in=topics).values("person_id")
    found = PushDevice.objects.filter(person_id__in=followers, dropped_at=None).aggregate(
        phones=Count("id"), people=Count("person_id", distinct=True)
    )
    return TopicReach(found["phones"], found["people"])


def attempts_of(reference: str) -> list[dict[str, object]]:
    """The calls made for an intent, oldest first, without addresses: for people who look into what happened."""
    rows = PushMessage.objects.filter(reference=reference).prefetch_related("attempts").order_by("id")
    return [
        {
            "device_id": row.device_id,
            "state": row.state,
            "reason": row.reason,
            "maybe_duplicate": row.maybe_duplicate,
            "ordinal": attempt.ordinal,
            "outcome": attempt.state,
            "code": attempt.code,
            "requests": attempt.requests,
            "started_at": attempt.started_at,
            "finished_at": attempt.finished_at,
        }
        for row in rows
        for attempt in sorted(row.attempts.all(), key=lambda found: found.ordinal)
    ]


def waiting() -> dict[str, Any]:
    """How many pushes are due and not yet with a service, and the age of the oldest in seconds."""
    now = clock.now()
    found = PushMessage.objects.filter(state__in=("queued", "retrying", "dispatching"), due_at__lte=now).aggregate(
        number=Count("id"), oldest=Min("due_at")
    )
    return {
        "number": found["number"],
        "oldest_seconds": (now - found["oldest"]).total_seconds() if found["oldest"] else 0.0,
    }

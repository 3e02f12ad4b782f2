"""Queueing a message for each of a person's devices: rows in the caller's transaction, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from backend.push.models import PushDevice, PushMessage, TopicFollower
from backend.push.rules import checked_topic, clamp_ttl, clear_payload, show_payload, topic
from backend.push.types import Kind, MessageState, Platform, Reason, Urgency
from kernel import clock
from kernel.bulk import copy_rows

CLEAR_TTL = 24 * 3600
MAX_TOPICS = 5  # what one condition holds
_WAITING = (MessageState.QUEUED, MessageState.RETRYING)


def queue_push(
    *,
    person_id: UUID,
    title: str,
    body: str,
    link: str,
    collapse_key: str,
    urgency: str,
    reference: str,
    ttl: int,
    notification_id: UUID | None = None,
    badge: int | None = None,
    not_before: datetime | None = None,
) -> int:
    """Push something to each of the person's devices. Returns how many there are; with 0 nothing is sent.

    `title` and `body` pass through others' hands and hold no content of a case; the device fetches that by
    `notification_id` and `link`. `collapse_key` (at most 32 signs of A-Z a-z 0-9 _ -) replaces what waits under the
    same key, `ttl` is the seconds after which the message is of no use. The same `reference` is the same intent.
    `not_before` lets it wait for the end of quiet hours; `ttl` counts from then.
    """
    payload = show_payload(title=title, body=body, link=link, notification_id=str(notification_id or ""), badge=badge)
    words = topic(collapse_key)
    return _queue(
        person_id, Kind.SHOW, payload, words, Urgency(urgency), reference, clamp_ttl(ttl), not_before=not_before
    )


def clear_push(
    *,
    person_id: UUID,
    notification_ids: Sequence[UUID],
    collapse_key: str,
    badge: int,
    reference: str,
    except_session: UUID | None = None,
) -> int:
    """Take what was read elsewhere off the screens of the person's devices. Returns how many devices are told."""
    payload = clear_payload(notification_ids=[str(found) for found in notification_ids], badge=badge)
    return _queue(
        person_id, Kind.CLEAR, payload, topic(collapse_key), Urgency.LOW, reference, CLEAR_TTL, except_session
    )


@transaction.atomic
def _queue(
    person_id: UUID,
    kind: Kind,
    payload: dict[str, str],
    collapse_key: str,
    urgency: Urgency,
    reference: str,
    ttl: int,
    except_session: UUID | None = None,
    not_before: datetime | None = None,
) -> int:
    now = clock.now()
    due_at = max(now, not_before or now)
    devices = PushDevice.objects.filter(person_id=person_id, dropped_at=None)
    if except_session is not None:
        devices = devices.exclude(session_id=except_session)
    rows = [
        PushMessage(
            device_id=device_id,
            person_id=person_id,
            reference=reference,
            kind=kind,
            payload=payload,
            collapse_key=collapse_key,
            urgency=urgency,
            queued_at=now,
            due_at=due_at,
            give_up_at=due_at + timedelta(seconds=max(ttl, 1)),
        )
        for device_id in devices.order_by("id").values_list("pk", flat=True)
    ]
    PushMessage.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


@transaction.atomic
def queue_topic_push(
    *,
    topics: Sequence[str],
    title: str,
    link: str,
    collapse_key: str,
    urgency: str,
    reference: str,
    ttl: int,
    not_before: datetime | None = None,
) -> UUID:
    """Push to every phone in any of one to five topics, by one call. The same `reference` is the same message.

    `title` passes through others' hands and is a general one; the phone fetches what is behind `link`. Returns the
    message's id. Raises ValueError for topics that no service takes.
    """
    if not 1 <= len(topics) <= MAX_TOPICS:
        raise ValueError("a message goes to one to five topics")
    now = clock.now()
    due_at = max(now, not_before or now)
    message, _ = PushMessage.objects.get_or_create(
        reference=reference,
        device=None,
        defaults={
            "condition": " || ".join(f"'{checked_topic(name)}' in topics" for name in topics),
            "kind": Kind.SHOW,
            "payload": show_payload(title=title, body="", link=link, notification_id="", badge=None),
            "collapse_key": topic(collapse_key),
            "urgency": Urgency(urgency),
            "queued_at": now,
            "due_at": due_at,
            "give_up_at": due_at + timedelta(seconds=max(clamp_ttl(ttl), 1)),
        },
    )
    return message.pk


@transaction.atomic
def queue_browser_push(
    *,
    topics: Sequence[str],
    title: str,
    link: str,
    collapse_key: str,
    urgency: str,
    reference: str,
    ttl: int,
    not_before: datetime | None = None,
) -> int:
    """What `queue_topic_push` is for phones, for the browsers of those who follow: browsers know no topics, each gets a
    message of its own. Returns how many there are; a `reference` that was used queues nothing."""
    if PushMessage.objects.filter(reference=reference).exists():
        return 0
    now = clock.now()
    due_at = max(now, not_before or now)
    followers = TopicFollower.objects.filter(topic__in=topics).values("person_id")
    browsers = PushDevice.objects.filter(person_id__in=followers, platform=Platform.WEBPUSH, dropped_at=None)
    rows = [
        PushMessage(
            device_id=device_id,
            person_id=person_id,
            reference=reference,
            kind=Kind.SHOW,
            payload=show_payload(title=title, body="", link=link, notification_id="", badge=None),
            collapse_key=topic(collapse_key),
            urgency=Urgency(urgency),
            queued_at=now,
            due_at=due_at,
            give_up_at=due_at + timedelta(seconds=max(clamp_ttl(ttl), 1)),
        )
        for device_id, person_id in browsers.values_list("pk", "person_id")
    ]
    copy_rows(rows)
    return len(rows)


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One person's push of many: its title, where it leads, the message it shows, the badge, its reference."""

    title: str
    link: str
    notification_id: UUID
    badge: int
    reference: str


@transaction.atomic
def queue_broadcast(*, pushes: Mapping[UUID, Broadcast], urgency: str, ttl: int) -> set[UUID]:
    """`queue_push` for many people in two statements. Returns those who have a device. References must be new ones."""
    now = clock.now()
    devices = PushDevice.objects.filter(person_id__in=list(pushes), dropped_at=None).values_list("pk", "person_id")
    rows = [
        _broadcast_row(device_id, person_id, pushes[person_id], urgency, ttl, now) for device_id, person_id in devices
    ]
    copy_rows(rows)
    return set(pushes) & {row.person_id for row in rows}


def _broadcast_row(
    device_id: UUID, person_id: UUID, push: Broadcast, urgency: str, ttl: int, now: datetime
) -> PushMessage:
    shown = show_payload(
        title=push.title, body="", link=push.link, notification_id=str(push.notification_id), badge=push.badge
    )
    return PushMessage(
        device_id=device_id,
        person_id=person_id,
        reference=push.reference,
        kind=Kind.SHOW,
        payload=shown,
        collapse_key=topic(push.notification_id.hex),
        urgency=Urgency(urgency),
        queued_at=now,
        due_at=now,
        give_up_at=now + timedelta(seconds=max(clamp_ttl(ttl), 1)),
    )


@transaction.atomic
def cancel_push(*, references: Sequence[str]) -> list[str]:
    """Do not send what has not gone yet: it was read elsewhere. Returns the references of which some had gone."""
    rows = list(PushMessage.objects.select_for_update().filter(reference__in=references).order_by("id"))
    now = clock.now()
    gone = {row.reference for row in rows if row.state not in {*_WAITING, MessageState.CANCELLED, MessageState.FAILED}}
    for row in rows:
        if row.state in _WAITING:
            row.state, row.reason, row.finished_at = MessageState.CANCELLED, Reason.READ_ELSEWHERE, now
            row.save(update_fields=["state", "reason", "finished_at"])
    return sorted(gone)

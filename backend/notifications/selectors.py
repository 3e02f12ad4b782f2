"""Reading the message centre and what people have chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from backend.accounts import selectors as accounts
from backend.notifications.models import ChannelDelivery, Notification, Preferences
from backend.notifications.types import (
    CHOSEN,
    REASON_NAMES,
    STATE_NAMES,
    STATUTORY,
    Channel,
    DeliveryState,
    NotificationError,
    PreferenceInfo,
    PreferencesInfo,
    Purpose,
)
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError

LATEST = 20
ORDER = ("-at", "-id")
_ORDER_OF_CHANNELS = {channel: place for place, channel in enumerate(Channel)}


def own_notifications(actor: Actor, *, unread_only: bool = False) -> QuerySet[Notification]:
    """The actor's messages with their channels, to be paged by ORDER."""
    if actor.user_id is None:
        return Notification.objects.none()
    rows = with_channels(Notification.objects.filter(person_id=actor.user_id))
    return rows.filter(read_at=None) if unread_only else rows


def own_notification(actor: Actor, notification_id: UUID) -> dict[str, Any]:
    """One of them as a row of the message centre. Raises NOTIFICATION_NOT_FOUND."""
    row = own_notifications(actor).filter(pk=notification_id).first()
    if row is None:
        raise DomainError(NotificationError.NOT_FOUND)
    return item(row, accounts.preferred_language(row.person_id))


def unread(person_id: UUID) -> int:
    """How many messages somebody has not read: the badge."""
    return Notification.objects.filter(person_id=person_id, read_at=None).count()


def snapshot_for(person_id: UUID) -> dict[str, Any]:
    """The message centre's part of the live state: the latest 20 messages and the badge."""
    rows = with_channels(Notification.objects.filter(person_id=person_id)).order_by(*ORDER)[:LATEST]
    return {"inbox": items(rows, person_id), "badge": {"unread": unread(person_id)}}


def items(rows: Iterable[Notification], person_id: UUID) -> list[dict[str, Any]]:
    """Messages of one person as rows of the message centre."""
    found = list(rows)
    language = accounts.preferred_language(person_id) if found else ""
    return [item(row, language) for row in found]


def item(row: Notification, language: str, channels: Iterable[ChannelDelivery] | None = None) -> dict[str, Any]:
    """One message, JSON-ready: what it says, where it leads, and how each channel fared and why."""
    found = row.deliveries.all() if channels is None else channels
    deliveries = sorted(found, key=lambda found: _ORDER_OF_CHANNELS[Channel(found.channel)])
    return {
        "id": str(row.pk),
        "event_id": str(row.event_id),
        "type": row.event_type,
        "title": row.title,
        "body": row.body,
        "link": row.link,
        "subject": {"kind": row.subject_kind, "id": str(row.subject_id)},
        "purpose": row.purpose,
        "statutory": row.statutory,
        "urgency": row.urgency,
        "at": clock.local(row.at).isoformat(timespec="milliseconds"),
        "read_at": clock.local(row.read_at).isoformat(timespec="milliseconds") if row.read_at else None,
        "channels": [_channel(delivery, language) for delivery in deliveries],
    }


def _channel(row: ChannelDelivery, language: str) -> dict[str, Any]:
    reason = REASON_NAMES.get(row.reason)
    return {
        "channel": row.channel,
        "state": row.state,
        "state_label": STATE_NAMES[DeliveryState(row.state)].render(language),
        "reason": row.reason,
        "reason_label": reason.render(language) if reason else row.reason,
        "at": clock.local(row.at).isoformat(timespec="milliseconds"),
    }


def with_channels(rows: QuerySet[Notification]) -> QuerySet[Notification]:
    """Messages with what became of them on each channel, in one more query."""
    return rows.prefetch_related(Prefetch("deliveries", queryset=ChannelDelivery.objects.all()))


def preferences_of(person_id: UUID) -> PreferencesInfo:
    """What somebody has chosen for each purpose; version 0 before the first choice."""
    row = Preferences.objects.filter(person_id=person_id).first()
    choices: dict[str, dict[str, bool]] = row.choices if row else {}
    return PreferencesInfo(
        items=tuple(
            PreferenceInfo(
                purpose=purpose,
                statutory=purpose in STATUTORY,
                channels={channel: choices.get(purpose, {}).get(channel, True) for channel in CHOSEN},
            )
            for purpose in Purpose
        ),
        version=row.version if row else 0,
    )


def switched_off(person_id: UUID, purpose: str) -> frozenset[Channel]:
    """The channels somebody does not want for a purpose."""
    choices = Preferences.objects.filter(person_id=person_id).values_list("choices", flat=True).first() or {}
    return closed_channels(choices, purpose)


def closed_channels(choices: Mapping[str, Mapping[str, bool]], purpose: str) -> frozenset[Channel]:
    """The channels that somebody's choices close for a purpose."""
    return frozenset(channel for channel in CHOSEN if not choices.get(purpose, {}).get(channel, True))


def allows(person_id: UUID, *, purpose: str, channel: str) -> bool:
    """Whether somebody wants to be told on this channel for this purpose."""
    return channel not in switched_off(person_id, purpose)

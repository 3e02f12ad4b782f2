"""Reading the message centre and what people have chosen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from backend.accounts import selectors as accounts
from backend.accounts.types import Role
from backend.notifications.models import (
    Alert,
    AlertPolicy,
    AlertTopic,
    ChannelDelivery,
    Notification,
    Preferences,
    TopicWish,
)
from backend.notifications.types import (
    CHOSEN,
    OFFERED,
    REASON_NAMES,
    STATE_NAMES,
    STATUTORY,
    AlertReach,
    AlertState,
    Channel,
    DeliveryState,
    NotificationError,
    PreferenceInfo,
    PreferencesInfo,
    Purpose,
)
from backend.push import selectors as push
from kernel import clock
from kernel.actors import Actor
from kernel.errors import CommonError, DomainError

LATEST = 20
ALERT_WRITERS = frozenset({Role.SYSTEM_MANAGER, Role.HOTLINE_LEADER})
ALERT_DECIDERS = frozenset({Role.SUPERVISOR})
_DAY = timedelta(days=1)
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
                channels={
                    channel: choices.get(purpose, {}).get(channel, True) for channel in OFFERED.get(purpose, CHOSEN)
                },
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


def must_write_alerts(actor: Actor) -> UUID:
    """The city's node, for those who may write notices to many. Raises FORBIDDEN."""
    found = _at_the_top(actor, ALERT_WRITERS)
    if found is None:
        raise DomainError(CommonError.FORBIDDEN)
    return found


def must_decide_alerts(actor: Actor) -> None:
    """Raise FORBIDDEN for anybody but those who have notices sent."""
    if not may_decide_alerts(actor):
        raise DomainError(CommonError.FORBIDDEN)


def may_decide_alerts(actor: Actor) -> bool:
    """Whether somebody may have notices sent that others wrote."""
    return _at_the_top(actor, ALERT_DECIDERS) is not None


def _at_the_top(actor: Actor, roles: Collection[str]) -> UUID | None:
    places = [grant.organisation_id for grant in actor.grants if grant.role in roles]
    return next((found for found in places if accounts.organisation(found).parent_id is None), None)


class AlertDesk:
    """The desk of notices to many, for those who write or decide on them. Raises FORBIDDEN for others."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.decides = may_decide_alerts(actor)
        if not self.decides:
            must_write_alerts(actor)
        self.name_of = cache(accounts.display_name)

    def rows(self) -> QuerySet[Alert]:
        """All notices."""
        return Alert.objects.all()

    def one(self, alert_id: UUID) -> Alert:
        """One of them. Raises ALERT_NOT_FOUND."""
        row = self.rows().filter(pk=alert_id).first()
        if row is None:
            raise DomainError(NotificationError.ALERT_NOT_FOUND)
        return row

    def reach(self, topics: Sequence[str]) -> AlertReach:
        """What sending a notice to these topics would do now. Raises ALERT_TOPIC_UNKNOWN."""
        if not topics or not set(topics) <= alert_topics().keys():
            raise DomainError(NotificationError.ALERT_TOPIC)
        return alert_reach(topics)

    def actions(self, row: Alert) -> list[str]:
        """What may be done with a notice now."""
        waits = row.state == AlertState.PROPOSED
        found = ["decide"] if waits and self.decides and row.proposed_by != self.actor.user_id else []
        return [*found, "withdraw"] if waits or row.state == AlertState.SENT else found


def wished_topics(person_id: UUID) -> list[str]:
    """The city's topics that somebody hears of beside what goes to everybody, in their order."""
    wished = set(TopicWish.objects.filter(person_id=person_id, purpose=Purpose.NOTICE).values_list("topic", flat=True))
    return [code for code in alert_topics() if code in wished]


def published_alerts() -> QuerySet[Alert]:
    """What anybody may read: notices that were sent, and those taken back afterwards, newest first."""
    return Alert.objects.filter(decided_at__isnull=False, state__in=(AlertState.SENT, AlertState.WITHDRAWN)).order_by(
        "-decided_at", "-id"
    )


def published_alert(alert_id: UUID) -> Alert:
    """One of them. Raises ALERT_NOT_FOUND."""
    row = published_alerts().filter(pk=alert_id).first()
    if row is None:
        raise DomainError(NotificationError.ALERT_NOT_FOUND)
    return row


def alert_topics() -> dict[str, AlertTopic]:
    """Whom a notice may go to, in their order."""
    return {row.code: row for row in AlertTopic.objects.order_by("position")}


def alert_policy() -> AlertPolicy:
    """The limits in force. LookupError when there are none, which a migration prevents."""
    row = AlertPolicy.objects.filter(effective_from__lte=clock.today()).order_by("-effective_from").first()
    if row is None:
        raise LookupError("no alert policy")
    return row


def alert_reach(topics: Collection[str]) -> AlertReach:
    """What sending a notice to these topics would do now."""
    reach, policy, since = push.topic_reach(topics), alert_policy(), clock.now() - _DAY
    lately = Alert.objects.filter(decided_at__gt=since, state__in=(AlertState.SENT, AlertState.WITHDRAWN))
    most = max((sum(topic in row.topics for row in lately) for topic in topics), default=0)
    return AlertReach(reach.phones, reach.people, policy.lock_screen, max(policy.daily_cap - most, 0))

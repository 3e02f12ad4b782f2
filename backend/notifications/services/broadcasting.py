"""Telling many people at once, each in the person's own words and language, in a fixed number of statements a batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Count

from backend.accounts import selectors as accounts
from backend.notifications import rules, selectors
from backend.notifications.models import ChannelDelivery, Notification, Policy, Preferences, TextTemplate
from backend.notifications.services import screens, telling
from backend.notifications.types import Audience, Channel, DeliveryState, NotificationError, Reason
from backend.push import services as push
from kernel import clock, realtime
from kernel.bulk import copy_rows
from kernel.errors import DomainError
from kernel.ids import uuid7

GENERAL = "push.general"


@dataclass(frozen=True, slots=True)
class Told:
    """One person's message: the words for its texts in both languages, where it leads, whether by text message too."""

    person_id: UUID
    words: Mapping[str, str]
    words_en: Mapping[str, str]
    link: str
    by_sms: bool = False


@dataclass(frozen=True, slots=True)
class _Batch:
    event_type: str
    event_id: UUID
    subject: tuple[str, UUID]
    policy: Policy
    text: TextTemplate
    general: TextTemplate
    at: datetime


@transaction.atomic
def broadcast(*, event_type: str, event_id: UUID, subject: tuple[str, UUID], told: Sequence[Told]) -> int:
    """Tell each of these people once about `event_id`; people told before, or switched off, are left out.

    Message centre, push, and text messages for those who asked. A few hundred people a call. Returns how many were
    told. Raises NOTIFICATION_NOT_FOUND when the table has no row for `event_type`.
    """
    batch = _batch(event_type, event_id, subject)
    wanted = {one.person_id: one for one in told}
    realtime.lock_cursors(wanted)
    known = Notification.objects.filter(event_id=event_id, person_id__in=list(wanted))
    for person_id in known.values_list("person_id", flat=True):
        wanted.pop(person_id, None)
    languages = accounts.languages_of(list(wanted))
    rows = [_row(batch, wanted[person], language) for person, language in sorted(languages.items())]
    copy_rows(rows)
    deliveries = _deliver(batch, rows)
    _show(batch, rows, languages, deliveries)
    return len(rows)


def _batch(event_type: str, event_id: UUID, subject: tuple[str, UUID]) -> _Batch:
    policy = next((row for row in telling.policies_for(event_type) if row.audience == Audience.APPLICANT), None)
    if policy is None:
        raise DomainError(NotificationError.NOT_FOUND)
    return _Batch(
        event_type, event_id, subject, policy, telling.texts(policy.template), telling.texts(GENERAL), clock.now()
    )


def _row(batch: _Batch, one: Told, language: str) -> Notification:
    english = language.startswith("en")
    words = one.words_en if english else one.words
    text, policy = batch.text, batch.policy
    lock_screen = (text.push_en or batch.general.title_en) if english else (text.push_zh or batch.general.title_zh)
    params = rules.sms_words(policy.sms_params, one.words) if policy.sms_template and one.by_sms else None
    return Notification(
        id=uuid7(),
        person_id=one.person_id,
        event_id=batch.event_id,
        event_type=batch.event_type,
        audience=Audience.APPLICANT,
        title=rules.fill(text.title_en if english else text.title_zh, words)[:200],
        body=rules.fill(text.body_en if english else text.body_zh, words),
        link=one.link,
        subject_kind=batch.subject[0],
        subject_id=batch.subject[1],
        purpose=policy.purpose,
        statutory=policy.statutory,
        urgency=policy.urgency,
        push_title=lock_screen,
        ttl_seconds=policy.ttl_seconds,
        sms_template=policy.sms_template if params else "",
        sms_params=params or {},
        at=batch.at,
    )


def _deliver(batch: _Batch, rows: Sequence[Notification]) -> dict[UUID, list[ChannelDelivery]]:
    """Write what becomes of each message on each channel. Returns it for those without a text message."""
    off = _switched_off([row.person_id for row in rows], batch.policy.purpose)
    pushed = _push(batch, [row for row in rows if Channel.PUSH not in off.get(row.person_id, ())])
    found = {row.pk: _deliveries(batch, row, off.get(row.person_id, frozenset()), pushed) for row in rows}
    copy_rows([delivery for deliveries in found.values() for delivery in deliveries])
    for row in rows:
        if row.sms_template and Channel.SMS not in off.get(row.person_id, ()):
            telling.carry_by_sms(row)
            del found[row.pk]
    return found


def _deliveries(batch: _Batch, row: Notification, off: frozenset[Channel], pushed: set[UUID]) -> list[ChannelDelivery]:
    shown = _delivery(row, Channel.INBOX, DeliveryState.DELIVERED, batch.at)
    if row.person_id in pushed:
        reference = f"notification:{row.pk}:push"
        return [shown, _delivery(row, Channel.PUSH, DeliveryState.QUEUED, batch.at, reference=reference)]
    reason = Reason.PREFERENCE if Channel.PUSH in off else Reason.NO_DEVICE
    return [shown, _delivery(row, Channel.PUSH, DeliveryState.SKIPPED, batch.at, reason=reason)]


def _delivery(
    row: Notification,
    channel: Channel,
    state: DeliveryState,
    at: Any,
    *,
    reason: str = "",
    reference: str | None = None,
) -> ChannelDelivery:
    return ChannelDelivery(
        notification=row, channel=channel, state=state, reason=str(reason), reference=reference, at=at
    )


def _push(batch: _Batch, rows: Sequence[Notification]) -> set[UUID]:
    badges = _unread([row.person_id for row in rows])
    pushes = {
        row.person_id: push.Broadcast(
            title=row.push_title,
            link=row.link,
            notification_id=row.pk,
            badge=badges[row.person_id],
            reference=f"notification:{row.pk}:push",
        )
        for row in rows
    }
    return push.queue_broadcast(pushes=pushes, urgency=batch.policy.urgency, ttl=batch.policy.ttl_seconds)


def _switched_off(people: Sequence[UUID], purpose: str) -> dict[UUID, frozenset[Channel]]:
    rows = Preferences.objects.filter(person_id__in=people).values_list("person_id", "choices")
    return {person: selectors.closed_channels(choices, purpose) for person, choices in rows}


def _unread(people: Sequence[UUID]) -> Counter[UUID]:
    rows = Notification.objects.filter(person_id__in=people, read_at=None).values("person_id")
    return Counter({row["person_id"]: row["n"] for row in rows.annotate(n=Count("id"))})


_BEYOND = """
    SELECT person_id, id FROM (
        SELECT person_id, id, row_number() OVER (PARTITION BY person_id ORDER BY at DESC, id DESC) AS place
        FROM notifications_notification WHERE person_id = ANY(%s)
    ) ranked WHERE place = %s
"""


def _show(
    batch: _Batch,
    rows: Sequence[Notification],
    languages: Mapping[UUID, str],
    known: Mapping[UUID, Sequence[ChannelDelivery]],
) -> None:
    people = [row.person_id for row in rows]
    badges = _unread(people)
    with connection.cursor() as cursor:
        cursor.execute(_BEYOND, [people, selectors.LATEST + 1])
        pushed_out = dict(cursor.fetchall())
    texted = ChannelDelivery.objects.filter(notification__in=[row.pk for row in rows if row.pk not in known])
    deliveries: dict[UUID, list[ChannelDelivery]] = {pk: list(found) for pk, found in known.items()}
    for delivery in texted:
        deliveries.setdefault(delivery.notification_id, []).append(delivery)
    patches: dict[UUID, dict[str, Any]] = {}
    for row in rows:
        patch: dict[str, Any] = {
            "upsert": {"inbox": [selectors.item(row, languages[row.person_id], deliveries[row.pk])]},
            "set": {"badge": {"unread": badges[row.person_id]}},
        }
        if row.person_id in pushed_out:
            patch["remove"] = {"inbox": [str(pushed_out[row.person_id])]}
        patches[row.person_id] = patch
    realtime.publish_each(patches, event_id=batch.event_id, type=screens.ADDED, subject=batch.subject)

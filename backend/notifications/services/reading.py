"""Reading: once anywhere is read everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.notifications import selectors
from backend.notifications.models import ChannelDelivery, Notification
from backend.notifications.services import screens
from backend.notifications.types import Channel, DeliveryState, NotificationError, Reason
from backend.push import services as push
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError
from kernel.ids import uuid7

CLEAR_AT_ONCE = 20


@transaction.atomic
def mark_read(*, actor: Actor, notification_id: UUID) -> dict[str, Any]:
    """One of the actor's messages is read. Reading it again changes nothing. Raises NOTIFICATION_NOT_FOUND."""
    person_id = _person(actor)
    screens.hold([person_id])
    row = Notification.objects.filter(pk=notification_id, person_id=person_id).first()
    if row is None:
        raise DomainError(NotificationError.NOT_FOUND)
    if row.read_at is None:
        _read([row.pk], person_id, actor.session_id)
    return selectors.own_notification(actor, notification_id)


@transaction.atomic
def mark_all_read(*, actor: Actor) -> int:
    """All of the actor's messages are read. Returns how many were not before."""
    person_id = _person(actor)
    screens.hold([person_id])
    waiting = Notification.objects.filter(person_id=person_id, read_at=None).order_by("-at", "-id")
    unread_ids = list(waiting.values_list("pk", flat=True))
    if unread_ids:
        _read(unread_ids, person_id, actor.session_id)
    return len(unread_ids)


@transaction.atomic
def settle_about(*, about: str) -> int:
    """What these messages asked for is done, by whomever: nobody needs to look at them any more."""
    waiting = Notification.objects.filter(about=about, read_at=None)
    people = list(waiting.order_by("person_id").values_list("person_id", flat=True).distinct())
    screens.hold(people)
    settled = 0
    for person_id in people:
        unread_ids = list(waiting.filter(person_id=person_id).values_list("pk", flat=True))
        if unread_ids:
            _read(unread_ids, person_id, None)
        settled += len(unread_ids)
    return settled


def _person(actor: Actor) -> UUID:
    if actor.user_id is None:
        raise DomainError(NotificationError.NOT_FOUND)
    return actor.user_id


def _read(notification_ids: Sequence[UUID], person_id: UUID, session_id: UUID | None) -> None:
    """The caller holds the person's log."""
    now, event_id = clock.now(), uuid7()
    Notification.objects.filter(pk__in=notification_ids).update(read_at=now)
    pushed = ChannelDelivery.objects.filter(
        notification__in=notification_ids,
        channel=Channel.PUSH,
        state__in=(DeliveryState.QUEUED, DeliveryState.ACCEPTED),
    )
    references = {row.reference: row.notification_id for row in pushed if row.reference}
    gone = push.cancel_push(references=sorted(references))
    stopped = [reference for reference in references if reference not in gone]
    ChannelDelivery.objects.filter(reference__in=stopped, state=DeliveryState.QUEUED).update(
        state=DeliveryState.CANCELLED, reason=Reason.READ_ELSEWHERE, at=now
    )
    badge = screens.refresh(person_id, notification_ids, event_id=event_id, type=screens.READ)
    on_screens = [references[reference] for reference in gone]
    if on_screens:
        _clear(person_id, on_screens, badge, event_id, session_id)


def _clear(person_id: UUID, shown: Sequence[UUID], badge: int, event_id: UUID, session_id: UUID | None) -> None:
    """Take them off the other devices. Many at once, or all of them: the device clears whatever it shows."""
    everything = badge == 0 or len(shown) > CLEAR_AT_ONCE
    push.clear_push(
        person_id=person_id,
        notification_ids=[] if everything else shown,
        collapse_key="clear-all" if everything else event_id.hex,
        badge=badge,
        reference=f"read:{event_id}",
        except_session=session_id,
    )

"""The ladder: what is urgent and was pushed, but not read for some minutes, goes by text, a few times a day at most."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from backend.notifications.models import ChannelDelivery, LadderPolicy, Notification
from backend.notifications.services import screens
from backend.notifications.services.telling import CARRY
from backend.notifications.types import Channel, DeliveryState, Reason, Urgency
from kernel import clock
from kernel.ids import uuid7

_BATCH = 100
_OLDEST = timedelta(hours=24)
_PUSHED = (DeliveryState.ACCEPTED, DeliveryState.DELIVERED)


def ladder_policy() -> LadderPolicy | None:
    """The policy in force today; None where there is no ladder."""
    return LadderPolicy.objects.filter(effective_from__lte=clock.today()).order_by("-effective_from").first()


def climb() -> int:
    """Send the texts that are due; how many.

    What has gone by text is left alone, and so is what the person wants no texts for, unless a law asks for the notice.
    """
    policy = ladder_policy()
    if policy is None:
        return 0
    now = clock.now()
    pushed = ChannelDelivery.objects.filter(
        channel=Channel.PUSH,
        state__in=_PUSHED,
        at__lte=now - timedelta(minutes=policy.unread_minutes),
        at__gt=now - _OLDEST,
        notification__urgency=Urgency.HIGH,
        notification__read_at=None,
    ).exclude(notification__sms_template="")
    texted = ChannelDelivery.objects.filter(notification=OuterRef("notification"), channel=Channel.SMS)
    skipped = texted.filter(state=DeliveryState.SKIPPED)
    waiting = pushed.filter(~Exists(texted) | Q(Exists(skipped), notification__statutory=True)).order_by("at")
    ids = waiting.values_list("notification_id", flat=True)[:_BATCH]
    return sum(_step(found, policy) for found in list(ids))


@transaction.atomic
def _step(notification_id: UUID, policy: LadderPolicy) -> bool:
    person_id = Notification.objects.values_list("person_id", flat=True).get(pk=notification_id)
    screens.hold([person_id])
    row = Notification.objects.get(pk=notification_id)
    texted = ChannelDelivery.objects.filter(notification=row, channel=Channel.SMS).first()
    if row.read_at is not None or (texted is not None and texted.state != DeliveryState.SKIPPED):
        return False
    if _texts_today(person_id) >= policy.daily_cap:
        return False
    CARRY[Channel.SMS](row, Reason.UNREAD)
    screens.refresh(person_id, [row.pk], event_id=uuid7(), type=screens.CHANGED)
    return True


def _texts_today(person_id: UUID) -> int:
    day = clock.local(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    return ChannelDelivery.objects.filter(
        notification__person_id=person_id, channel=Channel.SMS, reason=Reason.UNREAD, at__gte=day
    ).count()

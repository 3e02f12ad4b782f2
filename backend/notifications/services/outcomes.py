"""News from the channels, and the other channel for a statutory notice that did not get through (reliability F13)."""

from __future__ import annotations

from django.db import transaction

from backend.accounts import selectors as accounts
from backend.notifications.models import ChannelDelivery, Notification
from backend.notifications.services import screens
from backend.notifications.services.telling import CARRY, carried
from backend.notifications.types import CHOSEN, Channel, DeliveryState, Reason
from backend.push import selectors as push_selectors
from kernel import clock
from kernel.ids import uuid7

_SMS_STATES = {"delivered": DeliveryState.DELIVERED}
_PUSH_STATES = {"accepted": DeliveryState.ACCEPTED}
_UNUSED = (DeliveryState.SKIPPED,)


@transaction.atomic
def record_sms_outcome(*, reference: str, state: str, reason: str) -> bool:
    """A text reached its end. False when it is not one of ours."""
    return _record(reference, _SMS_STATES.get(state, DeliveryState.FAILED), reason)


@transaction.atomic
def record_push_outcome(*, reference: str, state: str, reason: str) -> bool:
    """A push was taken by a service, or by none. False when it is not one of ours."""
    return _record(reference, _PUSH_STATES.get(state, DeliveryState.FAILED), reason)


def _record(reference: str, state: DeliveryState, reason: str) -> bool:
    found = ChannelDelivery.objects.select_related("notification").filter(reference=reference).first()
    if found is None:
        return False
    row = found.notification
    screens.hold([row.person_id])
    found.refresh_from_db()
    found.state, found.at = state, clock.now()
    found.reason = reason if state is DeliveryState.FAILED else found.reason
    found.save(update_fields=["state", "reason", "at"])
    if state is DeliveryState.FAILED and row.statutory and row.read_at is None:
        _use_other(row, Channel(found.channel))
    screens.refresh(row.person_id, [row.pk], event_id=uuid7(), type=screens.CHANGED)
    return True


def _use_other(row: Notification, failed: Channel) -> None:
    """Use the other channel if it has not been used yet and can work."""
    other = next(channel for channel in CHOSEN if channel is not failed)
    used = {Channel(found.channel): found for found in carried(row)}
    if other in used and used[other].state not in _UNUSED:
        return
    works = {
        Channel.SMS: bool(row.sms_template) and accounts.contact_phone(row.person_id) is not None,
        Channel.PUSH: push_selectors.has_device(row.person_id),
    }
    if works[other]:
        CARRY[other](row, Reason.INSTEAD)

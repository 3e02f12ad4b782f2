"""Telling the push service which phones are in which topics, as often as it takes.

Telling twice does no harm, so a call whose end nobody saw is simply made again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from backend.push.channels import fcm
from backend.push.models import PushDevice, ServiceHold, TopicMember
from backend.push.rules import next_try
from backend.push.services.devices import drop
from backend.push.services.dispatching import lease_seconds
from backend.push.services.policies import policy_in_force
from backend.push.types import Reason, TopicOutcome
from kernel import clock

AT_ONCE = 1000  # phones
_GONE = frozenset({"NOT_FOUND", "INVALID_ARGUMENT", "UNREGISTERED", "SENDER_ID_MISMATCH"})
_FOR_GOOD = frozenset({"TOO_MANY_TOPICS"})


@dataclass(frozen=True, slots=True)
class Telling:
    """Phones that are to be in one topic, or out of it, in one call."""

    topic: str
    inside: bool
    members: tuple[tuple[UUID, UUID, str], ...]
    """Member, device, token."""


def tell_topics() -> int:
    """Tell the service what is due, up to a thousand phones; how many calls. Safe beside any number of others."""
    tellings = _claim()
    for telling in tellings:
        if not connection.in_atomic_block:
            connection.close()
        tokens = [token for _, _, token in telling.members]
        _record(telling, fcm.tell_topic(telling.topic, tokens, inside=telling.inside))
    return len(tellings)


def topics_due() -> bool:
    """Whether the service is to be told of anything now."""
    return fcm.is_configured() and TopicMember.objects.filter(due_at__lte=clock.now()).exists()


@transaction.atomic
def _claim() -> list[Telling]:
    now = clock.now()
    if not fcm.is_configured() or ServiceHold.objects.filter(pk=fcm.TOPICS, until__gt=now).exists():
        return []
    due = TopicMember.objects.select_for_update(of=("self",), skip_locked=True).select_related("device")
    rows = list(due.filter(due_at__lte=now).order_by("due_at", "id")[:AT_ONCE])
    settled = {row.pk for row in rows if row.wanted == row.told or row.device.drop_reason == Reason.DEVICE_GONE}
    TopicMember.objects.filter(pk__in=settled).update(due_at=None, told=F("wanted"))
    groups: dict[tuple[str, bool], list[TopicMember]] = defaultdict(list)
    for row in rows:
        if row.pk not in settled:
            groups[row.topic, row.wanted].append(row)
    leased = [row.pk for found in groups.values() for row in found]
    TopicMember.objects.filter(pk__in=leased).update(due_at=now + timedelta(seconds=lease_seconds()))
    return [
        Telling(topic, inside, tuple((row.pk, row.device_id, row.device.token or "") for row in found))
        for (topic, inside), found in groups.items()
    ]


@transaction.atomic
def _record(telling: Telling, outcome: TopicOutcome) -> None:
    now = clock.now()
    if outcome.hold_seconds:
        ServiceHold.objects.update_or_create(
            service=fcm.TOPICS, defaults={"until": now + timedelta(seconds=outcome.hold_seconds)}
        )
    faults: dict[str, list[int]] = defaultdict(list)
    for place, reason in outcome.errors.items():
        faults[reason].append(place)
    _settle(telling, [place for place in range(len(telling.members)) if place not in outcome.errors], now)
    for reason, places in faults.items():
        _refused(telling, places, reason, now, outcome.hold_seconds)


def _settle(telling: Telling, places: Sequence[int], now: datetime) -> None:
    """The service knows. What was changed meanwhile stays due."""
    rows = TopicMember.objects.filter(pk__in=[telling.members[place][0] for place in places])
    rows.filter(wanted=telling.inside).update(told=telling.inside, due_at=None, failures=0, code="")
    rows.exclude(wanted=telling.inside).update(told=telling.inside, due_at=now)


def _refused(telling: Telling, places: Sequence[int], reason: str, now: datetime, hold_seconds: float | None) -> None:
    members = [telling.members[place][0] for place in places]
    if reason in _GONE:
        gone = [telling.members[place][1] for place in places]
        for device in PushDevice.objects.select_for_update().filter(pk__in=gone, dropped_at=None).order_by("id"):
            drop(device, Reason.DEVICE_GONE)
        TopicMember.objects.filter(pk__in=members).delete()
    elif reason in _FOR_GOOD:
        TopicMember.objects.filter(pk__in=members).update(due_at=None, code=reason[:60])
    else:
        _again(telling, members, reason, now, hold_seconds)


def _again(telling: Telling, members: Sequence[UUID], code: str, now: datetime, hold_seconds: float | None) -> None:
    delays = policy_in_force().delays_seconds
    rows = TopicMember.objects.select_for_update().filter(pk__in=members).order_by("id")
    for row in rows:
        row.failures = min(row.failures + 1, 1000)
        row.code = code[:60]
        later = max(now + timedelta(seconds=hold_seconds or 0), next_try(delays, row.failures, now))
        row.due_at = now if row.wanted != telling.inside else later
    TopicMember.objects.bulk_update(rows, ["failures", "code", "due_at"])

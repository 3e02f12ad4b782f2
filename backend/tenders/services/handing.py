"""Handing alerts to the notifications, some hundred people at a time."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.db import connection, transaction

from backend.notifications import services as notifications
from backend.tenders.models import Alert
from backend.tenders.services import common
from backend.tenders.types import AlertKind, Pace
from kernel import clock

BATCH = 500
BUDGET_SECONDS = 1.0
EVENTS = {
    AlertKind.MATCH: "tender.alert_match",
    AlertKind.CHANGE: "tender.alert_change",
    AlertKind.DEADLINE: "tender.alert_deadline",
    AlertKind.INVITED: "tender.alert_invited",
}
DIGEST = "tender.alert_digest"


def hand_over() -> int:
    """Hand over what is due for about a second, in transactions of a batch each. Safe in parallel.

    What is left goes on at the next wake-up, which is asked for, so that other work of the relay comes in between.
    Returns how many alerts.
    """
    handed, end = 0, time.monotonic() + BUDGET_SECONDS
    while done := _hand_batch() + _hand_digests():
        handed += done
        if time.monotonic() > end:
            _wake_again()
            break
    return handed


def _wake_again() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify('kernel_wake', '')")


@transaction.atomic
def _hand_batch() -> int:
    due = Alert.objects.select_for_update(skip_locked=True).filter(handed_at=None, due_at__lte=clock.now())
    rows = list(due.filter(pace=Pace.AT_ONCE).order_by("due_at", "id")[:BATCH])
    groups: dict[tuple[str, UUID], list[Alert]] = defaultdict(list)
    for row in rows:
        groups[(row.kind, row.about_id)].append(row)
    for (kind, about_id), alerts in groups.items():
        _tell(EVENTS[AlertKind(kind)], about_id, alerts)
    _mark(rows)
    return len(rows)


def _tell(event_type: str, about_id: UUID, alerts: Sequence[Alert]) -> None:
    told = [
        notifications.Told(
            person_id=alert.person_id,
            words={"title": alert.title, "reason": alert.reason},
            words_en={"title": alert.title, "reason": alert.reason},
            link=_link(alert),
            by_sms=alert.by_sms,
        )
        for alert in alerts
    ]
    notifications.broadcast(
        event_type=event_type, event_id=about_id, subject=("tender_project", alerts[0].project_id), told=told
    )


def _link(alert: Alert) -> str:
    if alert.kind == AlertKind.INVITED:
        return f"/bids/invitations/{alert.about_id}"
    return f"/tenders/projects/{alert.project_id}?alert={alert.about_id}"


@transaction.atomic
def _hand_digests() -> int:
    """One message a person and day, whatever it holds."""
    now = clock.now()
    due = Alert.objects.filter(handed_at=None, due_at__lte=now, pace=Pace.DAILY)
    people = list(due.order_by("person_id").values_list("person_id", flat=True).distinct()[:BATCH])
    rows = list(due.select_for_update(skip_locked=True).filter(person_id__in=people).order_by("person_id", "id"))
    own: dict[UUID, list[Alert]] = defaultdict(list)
    for row in rows:
        own[row.person_id].append(row)
    told = [_digest(person, alerts) for person, alerts in own.items()]
    if told:
        day = common.named(UUID(int=0), f"tender digest {clock.local(now).date()}")
        notifications.broadcast(event_type=DIGEST, event_id=day, subject=("tender_digest", day), told=told)
    _mark(rows)
    return len(rows)


def _digest(person: UUID, alerts: Sequence[Alert]) -> notifications.Told:
    titles = "；".join(alert.title for alert in alerts[:3])
    words = {"count": str(len(alerts)), "titles": titles}
    return notifications.Told(
        person_id=person, words=words, words_en=words, link="/tenders/alerts", by_sms=any(a.by_sms for a in alerts)
    )


def _mark(rows: Sequence[Alert]) -> None:
    Alert.objects.filter(pk__in=[row.pk for row in rows]).update(handed_at=clock.now())

"""Notices to many, pushed by topic: one person writes, another has it sent, and it can be taken back.

A push service sees a general line and where to look; the notice itself is fetched from us.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.journal.services import record_change
from backend.notifications import rules, selectors
from backend.notifications.events import ALERT_PROPOSED, ALERT_REFUSED, ALERT_SENT, ALERT_WITHDRAWN
from backend.notifications.models import Alert, QuietHours
from backend.notifications.types import AlertState, NotificationError, Urgency
from backend.push import selectors as push_selectors
from backend.push import services as push
from backend.push.types import Urgency as PushUrgency
from kernel import clock
from kernel.actors import Actor
from kernel.errors import CommonError, DomainError
from kernel.events import EventType

ONLY_BROWSERS = "browsers"
"""Instead of how sending to phones ended, where there is no service for phones."""


@transaction.atomic
def propose_alert(
    *,
    actor: Actor,
    topics: Sequence[str],
    title_zh: str,
    body_zh: str,
    title_en: str = "",
    body_en: str = "",
    urgency: Urgency = Urgency.NORMAL,
) -> Alert:
    """Write a notice to everybody (`city`) or to followers of topics. Nothing is sent before a second person agrees.

    Raises FORBIDDEN, ALERT_TOPIC_UNKNOWN.
    """
    home = selectors.must_write_alerts(actor)
    if not set(topics) <= selectors.alert_topics().keys():
        raise DomainError(NotificationError.ALERT_TOPIC)
    row = Alert.objects.create(
        organisation_id=home, proposed_by=actor.person_id, topics=sorted(set(topics)), title_zh=title_zh,
        title_en=title_en, body_zh=body_zh, body_en=body_en, urgency=urgency,
    )  # fmt: skip
    _note(actor, row, ALERT_PROPOSED)
    return row


@transaction.atomic
def decide_alert(*, actor: Actor, alert_id: UUID, version: int, agree: bool, comment: str = "") -> Alert:
    """Send a notice, or not. What is not urgent waits for the end of quiet hours.

    Raises FORBIDDEN, ALERT_NOT_FOUND, ALERT_OWN, ALERT_STATE, STALE, and ALERT_DAILY_CAP when its topics got enough
    today.
    """
    selectors.must_decide_alerts(actor)
    row = _locked(alert_id, version)
    if row.proposed_by == actor.person_id:
        raise DomainError(NotificationError.ALERT_OWN)
    if row.state != AlertState.PROPOSED:
        raise DomainError(NotificationError.ALERT_STATE)
    reach, now = selectors.alert_reach(row.topics), clock.now()
    if agree and reach.left_today < 1:
        raise DomainError(NotificationError.ALERT_CAP, cap=selectors.alert_policy().daily_cap)
    row.state = AlertState.SENT if agree else AlertState.REFUSED
    row.decided_by, row.decided_at, row.comment = actor.person_id, now, comment
    row.phones, row.people = reach.phones, reach.people
    row.push_state = "" if push_selectors.reaches_phones() else ONLY_BROWSERS
    row.save_change("state", "decided_by", "decided_at", "comment", "phones", "people", "push_state", at=now)
    if agree:
        _push(row, now)
    _note(actor, row, ALERT_SENT if agree else ALERT_REFUSED)
    return row


@transaction.atomic
def withdraw_alert(*, actor: Actor, alert_id: UUID, version: int, comment: str) -> Alert:
    """Take a notice back: what was not sent is not; who opens what was sent reads that it was taken back.

    Raises FORBIDDEN, ALERT_NOT_FOUND, ALERT_STATE, STALE.
    """
    if not selectors.may_decide_alerts(actor):
        selectors.must_write_alerts(actor)
    row, now = _locked(alert_id, version), clock.now()
    if row.state not in {AlertState.PROPOSED, AlertState.SENT}:
        raise DomainError(NotificationError.ALERT_STATE)
    push.cancel_push(references=[reference_of(row), f"{reference_of(row)}:browsers"])
    row.state, row.withdrawn_at, row.comment = AlertState.WITHDRAWN, now, comment
    row.save_change("state", "withdrawn_at", "comment", at=now)
    _note(actor, row, ALERT_WITHDRAWN)
    return row


def record_topic_push(*, reference: str, state: str, reason: str) -> None:
    """How sending a notice ended."""
    kind, _, found = reference.partition(":")
    if kind == "alert":
        Alert.objects.filter(pk=UUID(found)).update(push_state=state, push_reason=reason)


def reference_of(row: Alert) -> str:
    """The intent that a notice's push stands for."""
    return f"alert:{row.pk}"


def _locked(alert_id: UUID, version: int) -> Alert:
    row = Alert.objects.select_for_update().filter(pk=alert_id).first()
    if row is None:
        raise DomainError(NotificationError.ALERT_NOT_FOUND)
    if row.version != version:
        raise DomainError(CommonError.STALE, extra={"current_version": row.version})
    return row


def _push(row: Alert, now: datetime) -> None:
    policy = selectors.alert_policy()
    intent: dict[str, Any] = {
        "topics": row.topics,
        "title": policy.lock_screen,
        "link": f"/alerts/{row.pk}",
        "collapse_key": row.pk.hex,
        "urgency": PushUrgency(row.urgency),
        "ttl": policy.ttl_seconds,
        "not_before": now if row.urgency == Urgency.HIGH else _after_quiet(now),
    }
    push.queue_browser_push(**intent, reference=f"{reference_of(row)}:browsers")
    if push_selectors.reaches_phones():
        push.queue_topic_push(**intent, reference=reference_of(row))


def _after_quiet(now: datetime) -> datetime:
    hours = QuietHours.objects.filter(effective_from__lte=clock.today()).order_by("-effective_from").first()
    return rules.after_quiet(now, hours.quiet_from, hours.quiet_until) if hours else now


def _note(actor: Actor, row: Alert, event: EventType) -> None:
    record_change(
        actor=actor,
        event=event,
        subject=("alert", row.pk),
        organisation_id=row.organisation_id,
        data={
            "topics": row.topics, "title": row.title_zh, "state": str(row.state), "by_id": str(actor.person_id),
            "phones": row.phones, "reached": row.people, "applicant_id": str(row.proposed_by),
        },
    )  # fmt: skip

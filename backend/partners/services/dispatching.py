"""One webhook's turn: claim it, call with nothing held, write down what came back.

At least once: a call whose end nobody saw is made again under the same `webhook-id`, by which the partner knows it.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from backend.accounts.types import Role
from backend.partners import rules
from backend.partners.calling import call
from backend.partners.models import Endpoint, EndpointSecret, Webhook, WebhookAttempt
from backend.partners.services.registering import ENDPOINT, webhook_policy
from backend.partners.types import Answer, Call, WebhookState
from backend.workflow.services import open_task
from kernel import clock

BATCH, OUTSTANDING = 50, 100
HAND_OVER = timedelta(seconds=30)
_MARGIN_SECONDS = 5.0
_GONE = 410
_BUSY = (429, 502, 503, 504)
_OURS = (WebhookState.WAITING, WebhookState.RETRYING, WebhookState.CALLING)
_CLAIM = """
    UPDATE partners_webhook SET handed_until = %(until)s WHERE id = ANY (ARRAY(
        SELECT w.id FROM partners_webhook w JOIN partners_endpoint e ON e.id = w.endpoint_id
        WHERE w.state IN ('waiting', 'retrying', 'calling') AND w.due_at <= %(now)s
          AND (w.handed_until IS NULL OR w.handed_until <= %(now)s)
          AND e.disabled_at IS NULL AND (e.held_until IS NULL OR e.held_until <= %(now)s)
        ORDER BY w.due_at, w.id LIMIT %(limit)s FOR UPDATE OF w SKIP LOCKED))
    RETURNING id
"""
"""The rows are chosen once, in an array: within IN a nested loop would choose anew for each row, past the limit."""


@transaction.atomic
def claim_due() -> list[UUID]:
    """Take up to 50 webhooks that are due and not yet handed out; they are ours for 30 s."""
    now = clock.now()
    handed = Webhook.objects.filter(state__in=_OURS, due_at__lte=now, handed_until__gt=now).count()
    limit = min(BATCH, OUTSTANDING - handed)
    if limit <= 0:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"until": now + HAND_OVER, "now": now, "limit": limit})
        return [row[0] for row in cursor.fetchall()]


def give_back(*, webhook_ids: list[UUID]) -> None:
    """The broker could not take these: they are free to be handed out again."""
    Webhook.objects.filter(pk__in=webhook_ids).update(handed_until=None)


def dispatch(*, webhook_id: UUID) -> bool:
    """Give a webhook its turn, if it is due; False when there was nothing to do. Idempotent."""
    outgoing = _claim(webhook_id)
    if outgoing is None:
        return False
    if not connection.in_atomic_block:
        connection.close()
    _record(outgoing.attempt_id, call(outgoing))
    return True


@transaction.atomic
def _claim(webhook_id: UUID) -> Call | None:
    now, policy = clock.now(), webhook_policy()
    webhook = (
        Webhook.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("endpoint")
        .filter(pk=webhook_id, state__in=_OURS, due_at__lte=now, endpoint__disabled_at=None)
        .first()
    )
    if webhook is None:
        return None
    held = webhook.endpoint.held_until
    if held is not None and held > now:
        webhook.due_at, webhook.handed_until = held, None
        webhook.save(update_fields=["due_at", "handed_until"])
        return None
    attempt = WebhookAttempt.objects.create(webhook=webhook, ordinal=webhook.attempts.count() + 1, started_at=now)
    lease = max(float(settings.LEASE_SECONDS), policy.timeout_seconds + _MARGIN_SECONDS)
    webhook.state, webhook.due_at, webhook.handed_until = WebhookState.CALLING, now + timedelta(seconds=lease), None
    webhook.save(update_fields=["state", "due_at", "handed_until"])
    valid = EndpointSecret.objects.filter(Q(valid_until=None) | Q(valid_until__gt=now), endpoint=webhook.endpoint)
    return Call(
        attempt_id=attempt.pk,
        url=webhook.endpoint.url,
        body=webhook.body,
        message_id=f"msg_{webhook.pk.hex}",
        timestamp=int(now.timestamp()),
        secrets=tuple(row.value or "" for row in valid.order_by("-id")),
        timeout_seconds=float(policy.timeout_seconds),
    )


@transaction.atomic
def _record(attempt_id: UUID, answer: Answer) -> None:
    now = clock.now()
    attempt = WebhookAttempt.objects.get(pk=attempt_id)
    webhook = Webhook.objects.select_for_update().get(pk=attempt.webhook_id)
    endpoint = Endpoint.objects.select_for_update(of=("self",)).select_related("partner").get(pk=webhook.endpoint_id)
    attempt.finished_at, attempt.status, attempt.detail = now, answer.status, answer.detail[:200]
    attempt.save()
    if webhook.state == WebhookState.DELIVERED:
        return
    if rules.is_good(answer.status):
        webhook.state, webhook.finished_at = WebhookState.DELIVERED, now
        webhook.save()
        Endpoint.objects.filter(pk=endpoint.pk).update(failing_since=None, held_until=None)
        return
    _failed(webhook, endpoint, answer, now)


def _failed(webhook: Webhook, endpoint: Endpoint, answer: Answer, now: datetime) -> None:
    policy = webhook_policy()
    webhook.failures += 1
    spread = secrets.randbelow(1001) / 1000
    pause = rules.wait(policy.delays_seconds, webhook.failures, spread, answer.retry_after)
    webhook.state = WebhookState.PARKED if pause is None else WebhookState.RETRYING
    webhook.due_at = now + (pause or timedelta(0))
    webhook.finished_at = now if pause is None else None
    webhook.save()
    endpoint.failing_since = endpoint.failing_since or now
    if answer.status in _BUSY and answer.retry_after:
        endpoint.held_until = now + timedelta(seconds=answer.retry_after)
    endpoint.save(update_fields=["failing_since", "held_until"])
    if answer.status == _GONE:
        _disable(endpoint, "410", now)
    elif now - endpoint.failing_since >= timedelta(seconds=policy.disable_after_seconds):
        _disable(endpoint, "failing", now)


def _disable(endpoint: Endpoint, why: str, now: datetime) -> None:
    """Stop telling an endpoint, and put it before those who look after the system. What waits, waits."""
    if endpoint.disabled_at is not None:
        return
    endpoint.disabled_at, endpoint.disabled_why = now, why
    endpoint.save(update_fields=["disabled_at", "disabled_why"])
    open_task(
        subject=(ENDPOINT, endpoint.pk),
        kind="partner_endpoint_disabled",
        organisation_id=endpoint.partner.organisation_id,
        role=Role.SYSTEM_MANAGER,
        title=f"{endpoint.partner.name}：推送地址已停用，请联系对方后重新启用",
        due_on=None,
    )

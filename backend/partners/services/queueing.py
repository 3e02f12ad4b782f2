"""Webhooks waiting to go: new ones, and old ones again."""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.accounts import selectors as accounts
from backend.journal.services import record
from backend.partners import rules
from backend.partners.models import Endpoint, Webhook
from backend.partners.types import WebhookState
from kernel import clock
from kernel.actors import Actor
from kernel.events import Event

_OVER = (WebhookState.DELIVERED, WebhookState.PARKED)


def queue_webhooks(*, event: Event) -> int:
    """Write a webhook for each endpoint whose partner may know of the event; how many. An event without an organisation
    is nobody's. Runs in the transaction that marks the event as handed over."""
    endpoints = list(Endpoint.objects.select_related("partner"))
    if event.organisation_id is None or not endpoints:
        return 0
    path = accounts.organisation(event.organisation_id).path
    now, rows = clock.now(), []
    for endpoint in endpoints:
        data = rules.visible(endpoint.partner.scopes, event.type, event.data)
        if data is None or not path.startswith(accounts.organisation(endpoint.partner.organisation_id).path):
            continue
        rows.append(
            Webhook(
                endpoint=endpoint,
                event_id=event.id,
                type=event.type,
                body=_body(event, data),
                occurred_at=event.occurred_at,
                due_at=now,
            )
        )
    Webhook.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _body(event: Event, data: dict[str, object]) -> str:
    document = {"type": event.type, "timestamp": clock.local(event.occurred_at).isoformat(), "data": data}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


@transaction.atomic
def replay(*, actor: Actor, endpoint_id: UUID, since: datetime, until: datetime, parked_only: bool = True) -> int:
    """Send an endpoint's webhooks of a time again, under their old ids; parked ones only, or delivered ones too."""
    states = (WebhookState.PARKED,) if parked_only else _OVER
    rows = Webhook.objects.filter(
        endpoint_id=endpoint_id, occurred_at__gte=since, occurred_at__lt=until, state__in=states
    )
    count = rows.update(state=WebhookState.WAITING, failures=0, due_at=clock.now(), finished_at=None)
    record(
        actor=actor,
        action="partner.replayed",
        subject=("partner_endpoint", endpoint_id),
        organisation_id=None,
        data={"since": since.isoformat(), "until": until.isoformat(), "count": count},
    )
    return count


@transaction.atomic
def retry(*, actor: Actor, webhook_id: UUID) -> bool:
    """Send one webhook again now; False when it is under way already or unknown."""
    rows = Webhook.objects.filter(pk=webhook_id).exclude(state=WebhookState.CALLING)
    done = rows.update(state=WebhookState.WAITING, failures=0, due_at=clock.now(), finished_at=None)
    if done:
        record(
            actor=actor,
            action="partner.retried",
            subject=("partner_webhook", webhook_id),
            organisation_id=None,
            data={},
        )
    return bool(done)

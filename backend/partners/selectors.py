"""The delivery log and the state of endpoints, for people who look after them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Count, Min

from backend.partners.models import Endpoint, Webhook
from kernel import clock

_PAGE = 100


def endpoints() -> list[dict[str, Any]]:
    """Every endpoint with its partner, state and number of webhooks by state."""
    counted: dict[UUID, dict[str, int]] = {}
    for row in Webhook.objects.values("endpoint_id", "state").annotate(number=Count("id")):
        counted.setdefault(row["endpoint_id"], {})[row["state"]] = row["number"]
    return [
        {
            "id": row.pk,
            "partner": row.partner.code,
            "name": row.partner.name,
            "url": row.url,
            "disabled": row.disabled_why or None,
            "failing_since": row.failing_since,
            "webhooks": counted.get(row.pk, {}),
        }
        for row in Endpoint.objects.select_related("partner").order_by("partner__code", "id")
    ]


def delivery_log(endpoint_id: UUID, *, state: str = "") -> list[dict[str, Any]]:
    """The newest hundred webhooks of an endpoint with each try: when, status, detail, seconds."""
    rows = Webhook.objects.filter(endpoint_id=endpoint_id).prefetch_related("attempts")
    if state:
        rows = rows.filter(state=state)
    return [_line(row) for row in rows.order_by("-occurred_at", "-id")[:_PAGE]]


def _line(row: Webhook) -> dict[str, Any]:
    return {
        "id": f"msg_{row.pk.hex}",
        "type": row.type,
        "state": row.state,
        "occurred_at": clock.local(row.occurred_at).isoformat(),
        "attempts": [
            {
                "at": clock.local(attempt.started_at).isoformat(),
                "status": attempt.status,
                "detail": attempt.detail,
                "seconds": (attempt.finished_at - attempt.started_at).total_seconds() if attempt.finished_at else None,
            }
            for attempt in sorted(row.attempts.all(), key=lambda one: one.ordinal)
        ],
    }


def waiting() -> dict[str, Any]:
    """Webhooks due and not yet delivered, the age of the oldest in seconds, parked ones, disabled endpoints."""
    now = clock.now()
    found = Webhook.objects.filter(state__in=("waiting", "retrying", "calling"), due_at__lte=now).aggregate(
        number=Count("id"), oldest=Min("due_at")
    )
    return {
        "number": found["number"],
        "oldest_seconds": (now - found["oldest"]).total_seconds() if found["oldest"] else 0.0,
        "parked": Webhook.objects.filter(state="parked").count(),
        "disabled": Endpoint.objects.exclude(disabled_at=None).count(),
    }

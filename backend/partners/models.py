"""Partners, where they want to be told, with which secrets, and what became of each webhook."""

from __future__ import annotations

from django.db import models

from backend.partners.types import WebhookState
from kernel.crypto import EncryptedTextField
from kernel.models import Entity


class Partner(Entity):
    """A system of another house that is told of events of an organisation and its subtree, as far as its scopes go."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    organisation_id = models.UUIDField()
    scopes = models.JSONField(default=list)


class Endpoint(Entity):
    """An address of a partner. `failing_since` is set by the first failure after a success."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="endpoints")
    url = models.CharField(max_length=500)
    failing_since = models.DateTimeField(null=True)
    disabled_at = models.DateTimeField(null=True)
    disabled_why = models.CharField(max_length=100, blank=True)
    held_until = models.DateTimeField(null=True)


class EndpointSecret(Entity):
    """A signing secret; `valid_until` is set when its successor came."""

    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="secrets")
    value = EncryptedTextField(context="partners.secret")
    valid_until = models.DateTimeField(null=True)


class Webhook(Entity):
    """One event for one endpoint. The id is the `webhook-id`, the same at every try; the body is kept word for word."""

    endpoint = models.ForeignKey(Endpoint, on_delete=models.PROTECT, related_name="webhooks")
    event_id = models.UUIDField()
    type = models.CharField(max_length=60)
    body = models.TextField()
    state = models.CharField(max_length=10, default=WebhookState.WAITING)
    occurred_at = models.DateTimeField()
    due_at = models.DateTimeField()
    handed_until = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["endpoint", "event_id"], name="partners_webhook_once")]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(state__in=("waiting", "retrying", "calling")),
                name="partners_webhook_due",
            ),
            models.Index(fields=["endpoint", "occurred_at"], name="partners_webhook_range"),
        ]


class WebhookAttempt(Entity):
    """One call: when, what came back, in how long."""

    webhook = models.ForeignKey(Webhook, on_delete=models.PROTECT, related_name="attempts")
    ordinal = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(default=0)
    detail = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["webhook", "ordinal"], name="partners_attempt_once")]


class WebhookPolicy(Entity):
    """From a day on: waits before each try in seconds, seconds for an answer, failing how long disables, overlap."""

    effective_from = models.DateField(unique=True)
    delays_seconds = models.JSONField()
    timeout_seconds = models.PositiveSmallIntegerField(default=15)
    disable_after_seconds = models.PositiveIntegerField(default=5 * 24 * 3600)
    overlap_seconds = models.PositiveIntegerField(default=24 * 3600)

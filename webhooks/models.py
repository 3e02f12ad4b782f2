"""What senders sent, word for word."""

from __future__ import annotations

from django.db import models

from kernel.crypto import EncryptedTextField
from kernel.models import Entity


class RawWebhook(Entity):
    """A verified request as it came: sender, kind, query and fields. The same content again only counts up `repeats`.

    Kept for at least 180 days: Twilio's signature has no time in it, so what a captured request repeats must be known.
    """

    sender = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    digest = models.BinaryField(max_length=32)
    query = models.CharField(max_length=300, blank=True)
    body = EncryptedTextField(context="webhooks.body")
    repeats = models.PositiveIntegerField(default=0)
    received_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sender", "kind", "digest"], name="webhooks_raw_once")]
        indexes = [models.Index(fields=["received_at"])]

"""How texts are treated, as rows with a day from which they hold, and the counters that limits need."""

from __future__ import annotations

from django.db import models

from kernel.models import Entity


class Policy(Entity):
    """Budget of tries, quiet hours and per-number limits of one purpose, from a day on."""

    purpose = models.CharField(max_length=10)
    effective_from = models.DateField()
    give_up_seconds = models.PositiveIntegerField()
    delays_seconds = models.JSONField()
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)
    receipt_wait_seconds = models.PositiveIntegerField()
    hourly_limit = models.PositiveIntegerField(default=0)
    daily_limit = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["purpose", "effective_from"], name="sms_policy_once")]


class NumberLimit(models.Model):
    """Texts of one purpose queued for one number in one hour or day. Lives here so that no cache flush resets it."""

    id = models.BigAutoField(primary_key=True)
    number_index = models.BinaryField(max_length=32)
    purpose = models.CharField(max_length=10)
    window = models.CharField(max_length=4)
    starts_at = models.DateTimeField()
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["number_index", "purpose", "window", "starts_at"], name="sms_number_limit_once"
            )
        ]
        indexes = [models.Index(fields=["starts_at"])]


class GatewayHold(models.Model):
    """Until when a gateway must be left alone, because it said so (429, Retry-After)."""

    gateway = models.CharField(max_length=20, primary_key=True)
    until = models.DateTimeField()
    code = models.CharField(max_length=20, blank=True)

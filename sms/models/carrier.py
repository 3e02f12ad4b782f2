"""Carriers side by side: their shares of the traffic, what moved them, what a part costs."""

from __future__ import annotations

from django.db import models

from kernel.models import Entity


class Carrier(models.Model):
    """A gateway's share of new texts, in hundredths, and its faults in a row. Without a row: the whole share, no fault.

    `target` is the share it drifts back to. `openings` counts how often its circuit opened since it last worked.
    """

    gateway = models.CharField(max_length=20, primary_key=True)
    share = models.PositiveSmallIntegerField(default=50)
    target = models.PositiveSmallIntegerField(default=50)
    failures = models.PositiveIntegerField(default=0)
    openings = models.PositiveSmallIntegerField(default=0)
    moved_at = models.DateTimeField(null=True)


class CarrierChange(Entity):
    """A share that moved, or a circuit that opened or closed, and why; never changed."""

    gateway = models.CharField(max_length=20)
    what = models.CharField(max_length=10)
    share = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="sms_carrier_change_at")]


class CarrierPolicy(Entity):
    """From a day on: what counts as failing or slow, how far shares move, when a circuit opens."""

    effective_from = models.DateField(unique=True)
    window_seconds = models.PositiveIntegerField(default=60)
    errors = models.PositiveIntegerField(default=50)
    error_percent = models.PositiveSmallIntegerField(default=20)
    slow_after_seconds = models.PositiveIntegerField(default=300)
    slow_window_seconds = models.PositiveIntegerField(default=900)
    slow_percent = models.PositiveSmallIntegerField(default=15)
    step = models.PositiveSmallIntegerField(default=10)
    rest_seconds = models.PositiveIntegerField(default=60)
    calm_seconds = models.PositiveIntegerField(default=240)
    failures_to_open = models.PositiveSmallIntegerField(default=8)
    open_seconds = models.PositiveIntegerField(default=5)
    longest_open_seconds = models.PositiveIntegerField(default=60)


class Tariff(Entity):
    """What one part costs at a gateway from a day on, in thousandths of a yuan."""

    gateway = models.CharField(max_length=20)
    effective_from = models.DateField()
    milli_yuan = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gateway", "effective_from"], name="sms_tariff_once")]

"""Signs of life of the workers."""

from __future__ import annotations

from django.db import models


class Heartbeat(models.Model):
    """A queue: when the relay last knocked, and when a worker last answered."""

    queue = models.CharField(max_length=20, primary_key=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

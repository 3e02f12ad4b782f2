"""The public log of changes to the catalogue, written from the events."""

from __future__ import annotations

from django.db import models

from backend.powers.models.power_item import PowerItem
from kernel.models import Entity


class PowerChange(Entity):
    """Something that happened to an item and that everybody may know: published, suspended, resumed, cancelled."""

    item = models.ForeignKey(PowerItem, on_delete=models.PROTECT, related_name="changes")
    event_id = models.UUIDField()
    kind = models.CharField(max_length=20)
    number = models.PositiveIntegerField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "event_id"], name="power_change_once")]
        indexes = [models.Index(fields=["item", "at"], name="power_change_by_item")]

"""The item itself: whose it is, its codes, and whether new applications are taken."""

from __future__ import annotations

import pgtrigger
from django.db import models

from backend.powers.models.power_type import PowerType
from backend.powers.types import LifeCycle
from kernel.models import Entity, Versioned

ITEM_STATES = (LifeCycle.DRAFT, LifeCycle.PUBLISHED, LifeCycle.SUSPENDED, LifeCycle.CANCELLED)


class ImportBatch(Entity):
    """One file that was taken into the catalogue."""

    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    encoding = models.CharField(max_length=20)
    rows = models.PositiveIntegerField()
    created = models.PositiveIntegerField()
    updated = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()
    imported_by = models.UUIDField(null=True)


class PowerItem(Versioned):
    """A power of one organisation. Its local code never changes; a changed item gets a new version."""

    local_code = models.CharField(max_length=80, unique=True)
    code_kind = models.CharField(max_length=12)
    catalog_code = models.CharField(max_length=12, null=True, blank=True)  # noqa: DJ001 - null: the nation gave none
    task_code = models.CharField(max_length=31, null=True, blank=True, unique=True)
    handle_item = models.CharField(max_length=33, null=True, blank=True, unique=True)
    type = models.ForeignKey(PowerType, on_delete=models.PROTECT, related_name="items")
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    region_code = models.CharField(max_length=12)
    main_item = models.CharField(max_length=1000, blank=True)
    state = models.CharField(max_length=12, choices=[(state, state) for state in ITEM_STATES], default=LifeCycle.DRAFT)
    state_reason = models.CharField(max_length=500, blank=True)
    state_since = models.DateTimeField(null=True)
    state_by = models.UUIDField(null=True)
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, null=True, related_name="items")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=ITEM_STATES), name="power_item_state_known"),
            models.CheckConstraint(
                condition=models.Q(task_code__isnull=True)
                | models.Q(catalog_code__isnull=False, task_code__endswith=models.F("catalog_code")),
                name="power_item_task_tied",
            ),
            models.CheckConstraint(
                condition=models.Q(handle_item__isnull=True)
                | models.Q(task_code__isnull=False, handle_item__startswith=models.F("task_code")),
                name="power_item_handle_tied",
            ),
        ]
        indexes = [models.Index(fields=["region_code"], name="power_item_region", opclasses=["varchar_pattern_ops"])]
        triggers = [
            pgtrigger.ReadOnly(name="power_item_code_fixed", fields=["local_code"]),
            pgtrigger.Protect(name="power_item_no_delete", operation=pgtrigger.Delete),
        ]

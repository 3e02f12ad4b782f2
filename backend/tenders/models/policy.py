"""Lawful numbers, with the day from which they hold."""

from __future__ import annotations

from django.db import models

from backend.tenders.types import Law, Unit


class TenderPolicy(models.Model):
    """A period, percentage or count of one law. `unit` is meant for periods: calendar or working days."""

    law = models.CharField(max_length=16, choices=[(v.value, v.value) for v in Law])
    code = models.CharField(max_length=40)
    value = models.PositiveIntegerField()
    unit = models.CharField(max_length=2, choices=[(u.value, u.value) for u in Unit])
    basis = models.CharField(max_length=200)
    effective_from = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["law", "code", "effective_from"], name="tender_policy_once")]

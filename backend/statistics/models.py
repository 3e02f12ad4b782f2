"""Tables of the published figures."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kernel.models import Entity


class CaseFact(Entity):
    """What the figures need of one case: when, where, how long, how well. Nobody's name, no number of a case.

    Followed by the events of the case, or taken in from the system before (`source`, `reference`).
    """

    source = models.CharField(max_length=40, default="cases")
    reference = models.CharField(max_length=64)
    organisation_id = models.UUIDField()
    power_id = models.UUIDField()
    themes = ArrayField(models.CharField(max_length=24), default=list)
    received_on = models.DateField()
    closed_on = models.DateField(null=True)
    working_days = models.PositiveSmallIntegerField(null=True)
    promised_days = models.PositiveSmallIntegerField(null=True)
    is_on_time = models.BooleanField(null=True)
    rating_level = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "reference"], name="case_fact_once"),
            models.CheckConstraint(
                condition=models.Q(rating_level=None) | models.Q(rating_level__range=(1, 5)),
                name="case_fact_level_known",
            ),
        ]
        indexes = [models.Index(fields=["received_on"]), models.Index(fields=["closed_on"])]


class PublicationPolicy(Entity):
    """How few cases are too few to be shown, from a date on."""

    effective_from = models.DateField(unique=True)
    hide_below = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=200, blank=True)

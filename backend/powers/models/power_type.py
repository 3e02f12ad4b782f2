"""The kinds of powers and the topics people look under; both are rows, so that a new one needs no code."""

from __future__ import annotations

from django.db import models


class PowerType(models.Model):
    """A kind of power (domain.md 2.1). `valid_to` is set for kinds that no longer exist, such as 非行政许可审批.

    National numbers differ between provinces, so imports map by name first and by this table's number second.
    """

    code = models.CharField(primary_key=True, max_length=24)
    name = models.CharField(max_length=40, unique=True)
    name_en = models.CharField(max_length=60)
    letters = models.CharField(max_length=3, unique=True)
    national_number = models.CharField(max_length=2, blank=True)
    is_applied_for = models.BooleanField()
    is_basis_required = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["national_number"], condition=~models.Q(national_number=""), name="power_type_number_once"
            )
        ]
        ordering = ["position"]


class PowerTheme(models.Model):
    """A topic of life or business under which people look for items."""

    code = models.CharField(primary_key=True, max_length=24)
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=60)
    audience = models.CharField(max_length=24)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]

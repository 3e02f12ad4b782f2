"""The tree of organisations over city, counties and townships."""

from __future__ import annotations

from django.db import models

from backend.accounts.types import CodeKind, Level
from kernel.models import Versioned


class Organisation(Versioned):
    """A body of the municipality. `path` holds the codes from the root, each ended by `/`: a prefix is an ancestor."""

    code = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40)
    level = models.CharField(max_length=10, choices=[(level.value, level.value) for level in Level])
    region_code = models.CharField(max_length=9)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=200, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["path"], opclasses=["varchar_pattern_ops"], name="organisation_subtree"),
            models.Index(fields=["region_code"]),
        ]


class OrganisationCode(models.Model):
    """A further code under which an organisation is known elsewhere: credit code, old nine-character code."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="codes")
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in CodeKind])
    code = models.CharField(max_length=40, unique=True)

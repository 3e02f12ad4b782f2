"""Who holds which role where, and since when."""

from __future__ import annotations

from django.db import models

from backend.accounts.models.organisation import Organisation
from backend.accounts.models.user import User
from backend.accounts.types import Role
from kernel.models import Entity


class RoleAssignment(Entity):
    """A role at an organisation, reaching its whole subtree, from a day (included) to a day (not included)."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="assignments")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "organisation"], condition=models.Q(valid_to=None), name="role_open_once"
            )
        ]
        indexes = [models.Index(fields=["role", "organisation"])]

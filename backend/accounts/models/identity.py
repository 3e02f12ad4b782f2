"""Real names, natural and legal persons."""

from __future__ import annotations

from django.db import models

from backend.accounts.models.user import User
from backend.accounts.types import RealNameLevel, RepresentationKind
from kernel.crypto import EncryptedTextField
from kernel.models import Entity


class Identity(models.Model):
    """Who a person is by name and citizen identity number, and how sure that is."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, primary_key=True, related_name="identity")
    name = EncryptedTextField(context="accounts.identity.name")
    id_number = EncryptedTextField(context="accounts.identity.id_number")
    id_index = models.BinaryField(max_length=32, unique=True)
    level = models.PositiveSmallIntegerField(choices=[(int(level), level.name) for level in RealNameLevel])
    confirmed_at = models.DateTimeField()


class IdentityAttempt(models.Model):
    """One try to give a name and an ID number; bounds how many numbers can be tried out."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user", "at"])]


class LegalPerson(Entity):
    """A legal person by its unified social credit code (GB 32100)."""

    credit_code = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=120)


class Representation(Entity):
    """Somebody acts for a legal person, from a day (included) to a day (not included)."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="representations")
    legal_person = models.ForeignKey(LegalPerson, on_delete=models.PROTECT, related_name="representations")
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in RepresentationKind])
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "legal_person"], condition=models.Q(valid_to=None), name="representation_open_once"
            )
        ]

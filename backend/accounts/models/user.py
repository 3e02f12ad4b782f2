"""People."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.postgres.fields import ArrayField
from django.db import models

from backend.accounts.types import Capacity
from kernel.crypto import EncryptedTextField
from kernel.models import Versioned


class User(AbstractBaseUser, Versioned):
    """Somebody who signs in, in any capacity. Never deleted, only switched off.

    `token_version` grows whenever all of the person's sessions must end at once.
    """

    username = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 - null for citizens, else unique
    phone = EncryptedTextField(context="accounts.phone", null=True)
    phone_index = models.BinaryField(max_length=32, null=True, unique=True)
    name = EncryptedTextField(context="accounts.name", null=True)
    capacities = ArrayField(models.CharField(max_length=12, choices=[(c.value, c.value) for c in Capacity]))
    is_active = models.BooleanField(default=True)
    token_version = models.PositiveIntegerField(default=1)
    language = models.CharField(max_length=10, default="zh-hans")
    preferences = models.JSONField(default=dict)
    password_changed_at = models.DateTimeField(null=True)
    must_change_password = models.BooleanField(default=False)
    totp_secret = EncryptedTextField(context="accounts.totp", null=True)
    totp_last_step = models.BigIntegerField(null=True)
    deactivated_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "username"
    last_login = None

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(phone=None, phone_index=None)
                | models.Q(phone__isnull=False, phone_index__isnull=False),
                name="user_phone_indexed",
            ),
            models.CheckConstraint(
                condition=models.Q(username__isnull=False) | models.Q(phone_index__isnull=False),
                name="user_reachable",
            ),
        ]


class PasswordHistory(models.Model):
    """Hashes of former passwords, so that the last few are not taken again."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="former_passwords")
    password = models.CharField(max_length=128)
    replaced_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user", "-replaced_at"])]

"""Devices that signed in, and their sessions."""

from __future__ import annotations

from django.db import models

from backend.accounts.models.user import User
from backend.accounts.types import ClientKind, EndReason
from kernel.crypto import EncryptedTextField
from kernel.models import Entity


class Device(Entity):
    """A device on which a person has signed in before. It proves itself by a long random secret; the digest is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="known_devices")
    secret_digest = models.BinaryField(max_length=32, unique=True)
    name = models.CharField(max_length=80, blank=True)
    seen_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)


class RefreshSession(Entity):
    """One sign-in: the family of its refresh tokens, of which only the token of `generation` is good.

    Tokens are derived from `salt` and the server's key, so none is kept. `client_mark` says what the client looked
    like, for the short grace in which a lost answer may be asked for again.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="sessions")
    device = models.ForeignKey(Device, null=True, on_delete=models.SET_NULL, related_name="+")
    salt = models.BinaryField(max_length=32)
    generation = models.PositiveIntegerField(default=1)
    rotated_at = models.DateTimeField(null=True)
    client_mark = models.BinaryField(max_length=32)
    client = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in ClientKind])
    device_name = models.CharField(max_length=80, blank=True)
    address = EncryptedTextField(context="accounts.session.address")
    seen_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    mfa_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=20, blank=True, choices=[(r.value, r.value) for r in EndReason])

    class Meta:
        indexes = [
            models.Index(fields=["user", "-seen_at"], condition=models.Q(ended_at=None), name="session_alive"),
        ]

"""What protects sign-in: codes, guesses, challenges and the policy. Counted here, so that no cache flush forgets."""

from __future__ import annotations

from django.db import models

from backend.accounts.models.user import User
from backend.accounts.types import ClientKind
from kernel.crypto import EncryptedTextField
from kernel.models import Entity


class OtpCode(Entity):
    """A code sent to a number. Numbers and addresses stand here only as keyed digests."""

    phone_index = models.BinaryField(max_length=32)
    prefix_index = models.BinaryField(max_length=32)
    address_index = models.BinaryField(max_length=32)
    network_index = models.BinaryField(max_length=32)
    salt = models.BinaryField(max_length=16)
    digest = models.BinaryField(max_length=32)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    superseded = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["phone_index"], condition=models.Q(used_at=None, superseded=False), name="otp_one_live"
            )
        ]
        indexes = [
            models.Index(fields=["phone_index", "sent_at"]),
            models.Index(fields=["prefix_index", "sent_at"], condition=models.Q(used_at=None), name="otp_prefix"),
            models.Index(fields=["address_index", "sent_at"], condition=models.Q(used_at=None), name="otp_address"),
            models.Index(fields=["network_index", "sent_at"], condition=models.Q(used_at=None), name="otp_network"),
            models.Index(fields=["sent_at"]),
        ]


class SignInGuess(models.Model):
    """A guess at a password or a second factor, written before it is checked and removed when it was right."""

    account_index = models.BinaryField(max_length=32)
    network_index = models.BinaryField(max_length=32)
    source_index = models.BinaryField(max_length=32)
    device_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["account_index", "at"]),
            models.Index(fields=["source_index", "at"]),
            models.Index(fields=["at"]),
        ]


class MfaChallenge(Entity):
    """The password was right, the second factor is due: single use, short, bound to the client."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    token_digest = models.BinaryField(max_length=32, unique=True)
    client_mark = models.BinaryField(max_length=32)
    client = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in ClientKind])
    device_id = models.UUIDField(null=True)
    pending_secret = EncryptedTextField(context="accounts.totp.pending", null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    token_version = models.PositiveIntegerField()
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)


class SignInPolicy(models.Model):
    """Limits of signing in, with the day from which they hold."""

    valid_from = models.DateField(unique=True)
    password_length = models.PositiveSmallIntegerField(default=8)
    manager_password_length = models.PositiveSmallIntegerField(default=10)
    password_history = models.PositiveSmallIntegerField(default=5)
    password_days = models.PositiveSmallIntegerField(default=90)
    code_attempts = models.PositiveSmallIntegerField(default=5)
    codes_per_address = models.PositiveIntegerField(default=20)
    codes_per_network = models.PositiveIntegerField(default=40)
    codes_per_prefix = models.PositiveIntegerField(default=25)
    breaker_sent = models.PositiveIntegerField(default=200)
    breaker_percent = models.PositiveSmallIntegerField(default=30)
    breaker_seconds = models.PositiveIntegerField(default=600)
    guess_seconds = models.PositiveIntegerField(default=900)
    guesses_per_network = models.PositiveSmallIntegerField(default=5)
    guesses_per_account = models.PositiveSmallIntegerField(default=10)
    guesses_per_device = models.PositiveSmallIntegerField(default=10)
    spray_guesses = models.PositiveIntegerField(default=20)
    spray_wait_seconds = models.PositiveSmallIntegerField(default=5)
    challenge_seconds = models.PositiveIntegerField(default=300)
    identity_attempts_per_day = models.PositiveSmallIntegerField(default=5)
    refresh_grace_seconds = models.PositiveSmallIntegerField(default=10)

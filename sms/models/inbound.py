"""Texts that came in, and who wants no more of which."""

from __future__ import annotations

from django.db import models

from kernel.crypto import EncryptedTextField
from kernel.models import Entity
from sms.models.message import NUMBER_CONTEXT, TEXT_CONTEXT


class InboundMessage(Entity):
    """A text somebody sent to one of our numbers. The sid is unique for ever, so a replay has no effect (F14, F17)."""

    sid = models.CharField(max_length=64, unique=True)
    from_number = EncryptedTextField(context=NUMBER_CONTEXT)
    from_index = models.BinaryField(max_length=32)
    to_number = models.CharField(max_length=32)
    extension = models.CharField(max_length=6, blank=True)
    text = EncryptedTextField(context=TEXT_CONTEXT)
    media_count = models.PositiveSmallIntegerField(default=0)
    opt_out = models.BooleanField(default=False)
    raw_id = models.UUIDField(null=True)
    received_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["from_index", "received_at"], name="sms_inbound_number")]


class OptOut(Entity):
    """A number's refusal of one purpose; ended when it was taken back. Only BULK stops for it."""

    number_index = models.BinaryField(max_length=32)
    purpose = models.CharField(max_length=10)
    source = models.CharField(max_length=40)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["number_index", "purpose"], condition=models.Q(ended_at=None), name="sms_opt_out_once"
            )
        ]

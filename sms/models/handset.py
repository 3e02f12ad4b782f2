"""What the embedded carrier delivered to the phone in the browser."""

from __future__ import annotations

from django.db import models

from kernel.crypto import EncryptedTextField
from kernel.models import Entity
from sms.models.message import NUMBER_CONTEXT, TEXT_CONTEXT


class HandsetText(Entity):
    """A text on the screen of a number's handset. `inbound` ones are its owner's replies, kept for the picture only."""

    attempt_id = models.UUIDField(unique=True, null=True)
    sid = models.CharField(max_length=64, unique=True)
    number = EncryptedTextField(context=NUMBER_CONTEXT)
    number_index = models.BinaryField(max_length=32)
    sender = models.CharField(max_length=32)
    text = EncryptedTextField(context=TEXT_CONTEXT)
    inbound = models.BooleanField(default=False)
    at = models.DateTimeField()
    report_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["number_index", "at"], name="sms_handset_number"),
            models.Index(fields=["report_at"], condition=models.Q(report_at__isnull=False), name="sms_handset_report"),
        ]

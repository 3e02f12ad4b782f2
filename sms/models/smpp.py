"""What an SMSC delivered to us, word for word, and parts of long texts that are not whole yet."""

from __future__ import annotations

from django.db import models

from kernel.crypto import EncryptedTextField
from kernel.models import Entity
from sms.models.message import NUMBER_CONTEXT, TEXT_CONTEXT


class SmppDelivery(Entity):
    """One deliver_sm, raw. The SMSC is answered only when it is stored; a repeat counts up and has no effect.

    `sid` and `user_reference` are those of a status report; a text from a person has neither.
    """

    digest = models.BinaryField(max_length=32, unique=True)
    raw = EncryptedTextField(context="sms.smpp")
    sid = models.CharField(max_length=70, blank=True)
    user_reference = models.PositiveIntegerField(null=True)
    number_index = models.BinaryField(max_length=32)
    repeats = models.PositiveIntegerField(default=0)
    received_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["number_index", "user_reference"],
                condition=models.Q(user_reference__isnull=False),
                name="sms_smpp_reference",
            )
        ]


class InboundPart(Entity):
    """One part of a long text that somebody sends us; parts come in any order and are joined when all are there."""

    from_number = EncryptedTextField(context=NUMBER_CONTEXT)
    from_index = models.BinaryField(max_length=32)
    to_number = models.CharField(max_length=32)
    reference = models.PositiveIntegerField()
    total = models.PositiveSmallIntegerField()
    ordinal = models.PositiveSmallIntegerField()
    text = EncryptedTextField(context=TEXT_CONTEXT)
    received_at = models.DateTimeField()
    joined_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["from_index", "to_number", "reference", "total", "ordinal"],
                condition=models.Q(joined_at=None),
                name="sms_inbound_part_once",
            )
        ]
        indexes = [
            models.Index(fields=["received_at"], condition=models.Q(joined_at=None), name="sms_inbound_part_open")
        ]

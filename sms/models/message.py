"""An outgoing text, the calls made for it and what came back."""

from __future__ import annotations

import pgtrigger
from django.db import models

from kernel.crypto import EncryptedTextField
from kernel.models import Entity
from sms.types import AttemptState, MessageState, Purpose

NUMBER_CONTEXT = "sms.number"
TEXT_CONTEXT = "sms.text"
_OURS = ("queued", "retrying", "dispatching", "unknown")
_CARRIED = ("accepted", "sending", "sent")


class Message(Entity):
    """One text to one number. `reference` names the intent: queueing it again gives the same row.

    `due_at` is when the row wants attention next: the time to send while it waits, the end of the lease while a worker
    has it, the next look-up while its outcome is unknown, the end of patience while a receipt is awaited.
    `handed_until` only keeps the pump from putting the same id into the broker over and over.
    """

    reference = models.CharField(max_length=160, unique=True)
    purpose = models.CharField(max_length=10, choices=[(purpose.value, purpose.value) for purpose in Purpose])
    template_version = models.ForeignKey("sms.TemplateVersion", on_delete=models.PROTECT, related_name="+")
    to_number = EncryptedTextField(context=NUMBER_CONTEXT)
    to_index = models.BinaryField(max_length=32)
    to_masked = models.CharField(max_length=20)
    text = EncryptedTextField(context=TEXT_CONTEXT)
    parts = models.PositiveSmallIntegerField()
    extension = models.CharField(max_length=6, blank=True)
    person_id = models.UUIDField(null=True)
    organisation_id = models.UUIDField(null=True)

    state = models.CharField(max_length=12, default=MessageState.QUEUED)
    reason = models.CharField(max_length=24, blank=True)
    provider_code = models.CharField(max_length=20, blank=True)
    gateway = models.CharField(max_length=20, blank=True)
    maybe_duplicate = models.BooleanField(default=False)

    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    give_up_at = models.DateTimeField()
    handed_until = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    crashes = models.PositiveSmallIntegerField(default=0)
    lookups = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["due_at", "id"], condition=models.Q(state__in=_OURS), name="sms_message_due"),
            models.Index(fields=["due_at"], condition=models.Q(state__in=_CARRIED), name="sms_message_carried"),
            models.Index(
                fields=["-queued_at", "-id"],
                condition=models.Q(state__in=("failed", "undelivered")),
                name="sms_message_failed",
            ),
            models.Index(fields=["-queued_at", "-id"], name="sms_message_newest"),
            models.Index(fields=["to_index", "queued_at"], name="sms_message_number"),
            models.Index(fields=["person_id", "queued_at"], name="sms_message_person"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="wake_relay",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func="PERFORM pg_notify('kernel_wake', ''); RETURN NULL;",
            )
        ]


class Attempt(Entity):
    """One call to a gateway. Its id is the attempt id, committed before the call and carried in the status callback."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="attempts")
    ordinal = models.PositiveSmallIntegerField()
    gateway = models.CharField(max_length=20)
    state = models.CharField(max_length=10, default=AttemptState.PENDING)
    sid = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 - unique among those that have one
    code = models.CharField(max_length=20, blank=True)
    detail = models.CharField(max_length=200, blank=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "ordinal"], name="sms_attempt_once")]
        indexes = [
            models.Index(fields=["message"], condition=models.Q(state="pending"), name="sms_attempt_pending"),
            models.Index(fields=["started_at"], name="sms_attempt_started"),
        ]


class Receipt(Entity):
    """What the provider said about a sid, word for word. Without an attempt it is parked until one owns the sid."""

    sid = models.CharField(max_length=64)
    status = models.CharField(max_length=40)
    code = models.CharField(max_length=20, blank=True)
    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, null=True, related_name="receipts")
    raw_id = models.UUIDField(null=True)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sid", "status", "code"], name="sms_receipt_once")]
        indexes = [models.Index(fields=["sid"], condition=models.Q(attempt=None), name="sms_receipt_parked")]

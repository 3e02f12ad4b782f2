"""Tables of the kernel, and the base classes of everybody's rows."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.db import models
from django.db.models.functions import Now

from kernel.ids import uuid7


class Entity(models.Model):
    """A row with a UUIDv7 and the time it was written."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        abstract = True


class Versioned(Entity):
    """A row that people change: `version` grows with each change and is its ETag."""

    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(db_default=Now())

    class Meta:
        abstract = True

    def save_change(self, *fields: str, at: Any) -> None:
        """Write the named fields, raise the version and note the time. The caller holds the row's lock."""
        self.version += 1
        self.updated_at = at
        self.save(update_fields=[*fields, "version", "updated_at"])


class NumberCounter(models.Model):
    """The last number given out of a gap-free series."""

    kind = models.CharField(max_length=40)
    scope = models.CharField(max_length=40)
    last = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "scope"], name="number_counter_once")]


class IdempotencyRecord(Entity):
    """The first answer to an Idempotency-Key, kept 24 h for one principal and route."""

    principal = models.CharField(max_length=80)
    route = models.CharField(max_length=200)
    key_digest = models.BinaryField(max_length=32)
    body_digest = models.BinaryField(max_length=32)
    status = models.PositiveSmallIntegerField(null=True)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(null=True)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["principal", "route", "key_digest"], name="idempotency_key_once"),
        ]
        indexes = [models.Index(fields=["expires_at"])]


class OutboxEvent(models.Model):
    """A fact that happened, written in the transaction that made it true."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    type = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField(default=1)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    organisation_id = models.UUIDField(null=True)
    data = models.JSONField(default=dict)
    occurred_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_id"]), models.Index(fields=["type", "occurred_at"])]


class DeliveryState(models.TextChoices):
    """Where the hand-over of an event to one subscriber stands."""

    READY = "ready"
    DONE = "done"
    PARKED = "parked"


class Delivery(models.Model):
    """One event for one subscriber. Truth about what waits, what was done and what is stuck."""

    id = models.BigAutoField(primary_key=True)
    event = models.ForeignKey(OutboxEvent, on_delete=models.PROTECT, related_name="deliveries")
    subscriber = models.CharField(max_length=80)
    subject_id = models.UUIDField()
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.READY)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "subscriber"], name="delivery_once")]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=models.Q(state="ready"), name="delivery_ready"),
            models.Index(
                fields=["subscriber", "subject_id", "id"], condition=models.Q(state="ready"), name="delivery_order"
            ),
            models.Index(fields=["subscriber"], condition=models.Q(state="parked"), name="delivery_parked"),
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


class PersonCursor(models.Model):
    """The last sequence number in a person's realtime log. Its row lock puts concurrent writers in order."""

    person_id = models.UUIDField(primary_key=True)
    last_seq = models.BigIntegerField(default=0)
    first_seq = models.BigIntegerField(default=1)


class PersonEvent(models.Model):
    """One line of a person's realtime log: a patch of what the snapshot showed."""

    id = models.BigAutoField(primary_key=True)
    person_id = models.UUIDField()
    seq = models.BigIntegerField()
    event_id = models.UUIDField()
    type = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    data = models.JSONField(default=dict)
    scope_role = models.CharField(max_length=40, blank=True)
    scope_path = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person_id", "seq"], name="person_event_seq_once")]
        indexes = [models.Index(fields=["at"])]

"""Devices, the topics they follow, what is to reach them, and the calls made for it."""

from __future__ import annotations

import pgtrigger
from django.db import models

from backend.push.types import AttemptState, Kind, MessageState, Platform, Urgency
from kernel.crypto import EncryptedTextField
from kernel.models import Entity

_LIVE = models.Q(dropped_at=None)
_OURS = ("queued", "retrying", "dispatching")


class PushDevice(Entity):
    """A push address of a signed-in device. The digest finds it; the token itself stands encrypted."""

    person_id = models.UUIDField()
    session_id = models.UUIDField(null=True)
    platform = models.CharField(max_length=10, choices=[(platform.value, platform.value) for platform in Platform])
    token = EncryptedTextField(context="push.token")
    token_digest = models.BinaryField(max_length=32, unique=True)
    service = models.CharField(max_length=200)
    registered_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True)
    drop_reason = models.CharField(max_length=24, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["person_id", "-seen_at"], condition=models.Q(dropped_at=None), name="push_device_live"
            ),
            models.Index(fields=["session_id"], condition=models.Q(dropped_at=None), name="push_device_session"),
        ]


class TopicFollower(Entity):
    """A person whose phones are to hear of a topic."""

    person_id = models.UUIDField()
    topic = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person_id", "topic"], name="push_follower_once")]


class TopicMember(Entity):
    """Whether a phone is to be in a topic, and whether the push service was told so: `due_at` is empty once it was.

    `told` is what the service was last told; nobody is asked to take a phone out that was never in.
    """

    device = models.ForeignKey(PushDevice, on_delete=models.CASCADE, related_name="topics")
    topic = models.CharField(max_length=64)
    wanted = models.BooleanField()
    told = models.BooleanField(default=False)
    due_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    code = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["device", "topic"], name="push_member_once")]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(due_at__isnull=False), name="push_member_due"),
            models.Index(fields=["topic"], condition=models.Q(told=True), name="push_member_told"),
        ]


class PushMessage(Entity):
    """One message for one device, or for the phones of topics: then `condition` says of which, and there is no device.
    `reference` names the intent; one intent goes to each device once.

    `due_at` is when the row wants attention next: the time to send while it waits, the end of the lease while a worker
    has it. `handed_until` only keeps the pump from putting the same id into the broker over and over.
    """

    device = models.ForeignKey(PushDevice, on_delete=models.PROTECT, related_name="messages", null=True)
    person_id = models.UUIDField(null=True)
    condition = models.CharField(max_length=400, blank=True)
    reference = models.CharField(max_length=160)
    kind = models.CharField(max_length=6, choices=[(kind.value, kind.value) for kind in Kind])
    payload = models.JSONField()
    collapse_key = models.CharField(max_length=32)
    urgency = models.CharField(max_length=6, choices=[(urgency.value, urgency.value) for urgency in Urgency])
    state = models.CharField(max_length=12, default=MessageState.QUEUED)
    reason = models.CharField(max_length=24, blank=True)
    code = models.CharField(max_length=60, blank=True)
    maybe_duplicate = models.BooleanField(default=False)
    smallest = models.BooleanField(default=False)
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    give_up_at = models.DateTimeField()
    handed_until = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reference", "device"], name="push_message_once"),
            models.UniqueConstraint(
                fields=["reference"], condition=models.Q(device=None), name="push_topic_message_once"
            ),
            models.CheckConstraint(
                condition=models.Q(device=None, person_id=None) & ~models.Q(condition="")
                | models.Q(device__isnull=False, person_id__isnull=False, condition=""),
                name="push_message_to_device_or_topics",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=models.Q(state__in=_OURS), name="push_message_due"),
            models.Index(fields=["person_id", "queued_at"], name="push_message_person"),
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


class PushAttempt(Entity):
    """One call for a message, committed before it is made. `requests` counts what the client really sent."""

    message = models.ForeignKey(PushMessage, on_delete=models.PROTECT, related_name="attempts")
    ordinal = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, default=AttemptState.PENDING)
    code = models.CharField(max_length=60, blank=True)
    provider_id = models.CharField(max_length=200, blank=True)
    requests = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "ordinal"], name="push_attempt_once")]
        indexes = [models.Index(fields=["message"], condition=models.Q(state="pending"), name="push_attempt_pending")]


class ServiceHold(models.Model):
    """A push service that asked to be left alone until a moment."""

    service = models.CharField(max_length=200, primary_key=True)
    until = models.DateTimeField()


class PushPolicy(Entity):
    """How often a message is tried and how many devices a person may have, from a date on."""

    effective_from = models.DateField(unique=True)
    delays_seconds = models.JSONField()
    max_devices = models.PositiveSmallIntegerField()

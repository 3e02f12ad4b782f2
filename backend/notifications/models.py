"""The table of who is told what, the texts, and what was told."""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from backend.notifications.types import AlertState, Audience, DeliveryState, Purpose, Urgency
from backend.notifications.types import Channel as ChannelName
from kernel.models import Entity, Versioned


def _choices(kind: type[StrEnum]) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in kind]


class Policy(Entity):
    """An event told to an audience: on which channels, with which texts, from a date on.

    `sms_params` maps the places of the text message to the words of the event. `role` names the handlers where the
    event does not.
    """

    event_type = models.CharField(max_length=60)
    audience = models.CharField(max_length=12, choices=_choices(Audience))
    channels = models.JSONField()
    template = models.CharField(max_length=60)
    sms_template = models.CharField(max_length=40, blank=True)
    sms_params = models.JSONField(default=dict)
    purpose = models.CharField(max_length=20, choices=_choices(Purpose))
    statutory = models.BooleanField()
    urgency = models.CharField(max_length=6, choices=_choices(Urgency))
    ttl_seconds = models.PositiveIntegerField()
    role = models.CharField(max_length=40, blank=True)
    effective_from = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event_type", "audience", "effective_from"], name="notify_policy_once")
        ]


class TextTemplate(Entity):
    """A wording with named places. `push_*` is what others may read on a lock screen; empty for the general one."""

    code = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField()
    title_zh = models.CharField(max_length=80)
    title_en = models.CharField(max_length=120)
    body_zh = models.CharField(max_length=400)
    body_en = models.CharField(max_length=600)
    push_zh = models.CharField(max_length=60, blank=True)
    push_en = models.CharField(max_length=60, blank=True)
    effective_from = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "number"], name="notify_text_once")]


class Notification(Entity):
    """One thing told to one person, worded in the person's language at that moment. `about` names what settles it."""

    person_id = models.UUIDField()
    event_id = models.UUIDField()
    event_type = models.CharField(max_length=60)
    audience = models.CharField(max_length=12)
    title = models.CharField(max_length=200)
    body = models.TextField()
    link = models.CharField(max_length=200)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    about = models.CharField(max_length=60, blank=True)
    purpose = models.CharField(max_length=20)
    statutory = models.BooleanField()
    urgency = models.CharField(max_length=6)
    push_title = models.CharField(max_length=60)
    ttl_seconds = models.PositiveIntegerField()
    sms_template = models.CharField(max_length=40, blank=True)
    sms_params = models.JSONField(default=dict)
    organisation_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event_id", "person_id", "audience"], name="notification_once")]
        indexes = [
            models.Index(fields=["person_id", "-at", "-id"], name="notification_inbox"),
            models.Index(fields=["person_id"], condition=models.Q(read_at=None), name="notification_unread"),
            models.Index(fields=["about"], condition=models.Q(read_at=None), name="notification_about"),
        ]


class ChannelDelivery(Entity):
    """What became of a notification on one channel."""

    notification = models.ForeignKey(Notification, on_delete=models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=6, choices=_choices(ChannelName))
    state = models.CharField(max_length=10, choices=_choices(DeliveryState))
    reason = models.CharField(max_length=40, blank=True)
    reference = models.CharField(max_length=160, null=True, unique=True)  # noqa: DJ001 - unique where there is one
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notification", "channel"], name="notify_channel_once")]


class Preferences(Versioned):
    """The channels a person has switched off or on: `{purpose: {channel: bool}}`; what is missing is on."""

    person_id = models.UUIDField(unique=True)
    choices = models.JSONField(default=dict)


class QuietHours(models.Model):
    """From a day on: between these hours nothing about work disturbs by push that is not urgent."""

    effective_from = models.DateField(primary_key=True)
    quiet_from = models.TimeField()
    quiet_until = models.TimeField()


class LadderPolicy(Entity):
    """From a day on: an urgent push that stays unread for so many minutes goes by text, so many times a day at most."""

    effective_from = models.DateField(unique=True)
    unread_minutes = models.PositiveSmallIntegerField()
    daily_cap = models.PositiveSmallIntegerField()


class TopicWish(models.Model):
    """A person's wish to hear of a topic beside the city's own, under the purpose by which it can be switched off."""

    person_id = models.UUIDField()
    purpose = models.CharField(max_length=20, choices=_choices(Purpose))
    topic = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person_id", "purpose", "topic"], name="notify_wish_once")]


class AlertTopic(models.Model):
    """Whom a notice may be sent to: everybody, or the followers of something."""

    code = models.CharField(max_length=64, primary_key=True)
    name_zh = models.CharField(max_length=40)
    name_en = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()


class Alert(Versioned):
    """A notice to everybody, or to all who follow a topic: proposed by one person, sent by another.

    `phones` and `people` are how many it was to reach when it was decided on; `push_state` is how sending ended.
    """

    organisation_id = models.UUIDField()
    proposed_by = models.UUIDField()
    topics = models.JSONField()
    title_zh = models.CharField(max_length=60)
    title_en = models.CharField(max_length=120, blank=True)
    body_zh = models.TextField()
    body_en = models.TextField(blank=True)
    urgency = models.CharField(max_length=6, choices=_choices(Urgency))
    state = models.CharField(max_length=10, choices=_choices(AlertState), default=AlertState.PROPOSED)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    comment = models.CharField(max_length=300, blank=True)
    phones = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)
    push_state = models.CharField(max_length=10, blank=True)
    push_reason = models.CharField(max_length=40, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-created_at", "-id"], name="notify_alert_newest")]


class AlertPolicy(models.Model):
    """From a day on: how many alerts a topic gets a day at most, how long they matter, what a lock screen shows."""

    effective_from = models.DateField(primary_key=True)
    daily_cap = models.PositiveSmallIntegerField()
    ttl_seconds = models.PositiveIntegerField()
    lock_screen = models.CharField(max_length=60)

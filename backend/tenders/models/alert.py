"""What people want to hear of, and what they were told because of it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from backend.tenders.types import AlertKind, Pace
from kernel.models import Versioned


class Subscription(Versioned):
    """A saved search that tells of new tenders. Empty lists and nulls mean: any.

    `tokens` of `keyword` must all be among a notice's. A new notice is matched against all rows in one statement.
    """

    person_id = models.UUIDField()
    name = models.CharField(max_length=60)
    categories = ArrayField(models.CharField(max_length=10), default=list)
    regions = ArrayField(models.CharField(max_length=12), default=list)
    min_fen = models.BigIntegerField(null=True)
    max_fen = models.BigIntegerField(null=True)
    keyword = models.CharField(max_length=60, blank=True)
    tokens = ArrayField(models.CharField(max_length=60), default=list)
    buyer_id = models.UUIDField(null=True)
    pace = models.CharField(max_length=8, choices=[(p.value, p.value) for p in Pace])
    by_sms = models.BooleanField(default=False)
    active = models.BooleanField(default=True)

    class Meta:
        indexes = [
            models.Index(fields=["person_id"], name="tender_subscription_owner"),
            models.Index(fields=["id"], condition=models.Q(active=True), name="tender_subscription_live"),
            GinIndex(fields=["tokens"], name="tender_subscription_tokens"),
        ]


class Alert(models.Model):
    """Somebody is to hear of something: once, however many of the person's subscriptions fit.

    `about_id` is the notice or event. `reason` is what fitted, in the words of the subscription. `handed_at` is when
    notifications took it over.
    """

    id = models.BigAutoField(primary_key=True)
    person_id = models.UUIDField()
    about_id = models.UUIDField()
    project_id = models.UUIDField()
    subscription_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in AlertKind])
    title = models.CharField(max_length=300)
    reason = models.CharField(max_length=300)
    pace = models.CharField(max_length=8, choices=[(p.value, p.value) for p in Pace])
    by_sms = models.BooleanField(default=False)
    due_at = models.DateTimeField()
    handed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person_id", "about_id"], name="tender_alert_once")]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=models.Q(handed_at=None), name="tender_alert_waiting"),
            models.Index(fields=["person_id", "-id"], name="tender_alert_list"),
        ]

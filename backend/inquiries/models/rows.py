"""Rows that govern: limits, numbers, topics, reasons; each with the date from which it holds."""

from __future__ import annotations

from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.db import models

from backend.inquiries.types import RequestType, Urgency


def choices(kind: type[StrEnum]) -> list[tuple[str, str]]:
    """Members of an enumeration as Django wants them."""
    return [(member.value, member.value) for member in kind]


UNITS = [("min", "minutes"), ("h", "hours"), ("wh", "working hours"), ("wd", "working days"), ("cd", "calendar days")]


class InquiryLimit(models.Model):
    """How long something may take. Blank columns fit everything; the row that fits most closely holds."""

    kind = models.CharField(max_length=20)
    channel = models.CharField(max_length=10, blank=True)
    request_type = models.CharField(max_length=12, blank=True, choices=choices(RequestType))
    urgency = models.CharField(max_length=8, blank=True, choices=choices(Urgency))
    petition = models.BooleanField(default=False)
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=3, choices=UNITS)
    basis = models.CharField(max_length=200, blank=True)
    effective_from = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "channel", "request_type", "urgency", "petition", "effective_from"],
                name="inquiry_limit_once",
            )
        ]


class InquiryPolicy(models.Model):
    """A number or word that governs inquiries."""

    name = models.CharField(max_length=40)
    number = models.IntegerField(null=True)
    word = models.CharField(max_length=100, blank=True)
    basis = models.CharField(max_length=200, blank=True)
    effective_from = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "effective_from"], name="inquiry_policy_once")]


class HotlineCentre(models.Model):
    """A county whose orders go to a desk of its own: the organisation of that desk, and the county's region code."""

    code = models.CharField(max_length=40)
    region_code = models.CharField(max_length=6)
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region_code", "effective_from"], name="hotline_centre_once")]


class Topic(models.Model):
    """A node of the topic tree. `words` speak for it; `unit_code` is the department whose duty it is by default."""

    code = models.CharField(max_length=40, unique=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80)
    path = models.CharField(max_length=200)
    request_type = models.CharField(max_length=12, choices=choices(RequestType), blank=True)
    words = ArrayField(models.CharField(max_length=20), default=list)
    unit_code = models.CharField(max_length=20, blank=True)
    urgent = models.BooleanField(default=False)
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)


class Reason(models.Model):
    """A standard reason for a return, a cancellation or a transfer."""

    kind = models.CharField(max_length=12)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160)
    needs_clause = models.BooleanField(default=False)
    effective_from = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "code", "effective_from"], name="inquiry_reason_once")]

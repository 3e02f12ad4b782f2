"""Sealed bids. Nothing here says what is in one, or whose it is, before the opening."""

from __future__ import annotations

import pgtrigger
from django.db import models

from backend.tenders.models.project import Section
from backend.tenders.types import BidState, FailureReason
from kernel.crypto import EncryptedTextField
from kernel.models import Entity


class Bid(Entity):
    """One version of a company's bid. `mark` finds the company's bids; `identity` names it, sealed.

    `bidder_id`, `bidder_name`, `statement`, `files` and `content_key` are empty until the opening.
    """

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="bids")
    mark = models.BinaryField(max_length=32)
    bid_version = models.PositiveIntegerField()
    identity = EncryptedTextField(context="tenders.bidder")
    state = models.CharField(max_length=14, choices=[(s.value, s.value) for s in BidState])
    key_id = models.CharField(max_length=16)
    point = models.BinaryField(max_length=65)
    wrapped = models.BinaryField(max_length=48)
    commitment = models.CharField(max_length=64)
    step_count = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    begun_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    deadline_version = models.PositiveIntegerField(null=True)
    revision = models.PositiveIntegerField()
    receipt = models.JSONField(null=True)
    reason = models.CharField(max_length=20, blank=True, choices=[(r.value, r.value) for r in FailureReason if r.value])
    bidder_id = models.UUIDField(null=True)
    bidder_name = models.CharField(max_length=200, blank=True)
    credit_code = models.CharField(max_length=18, blank=True)
    statement = models.JSONField(null=True)
    files = models.JSONField(default=list)
    content_key = EncryptedTextField(context="tenders.content_key", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["section", "mark", "bid_version"], name="tender_bid_version_once"),
            models.UniqueConstraint(
                fields=["section", "mark"], condition=models.Q(state="receipted"), name="tender_bid_one_standing"
            ),
        ]
        triggers = [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)]


class BidStep(models.Model):
    """64 KiB of ciphertext and its tag."""

    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="steps")
    place = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bid", "place"], name="tender_bid_step_once")]

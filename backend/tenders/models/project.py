"""Projects and their sections."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from backend.tenders.types import Category, Law, Method, SectionState
from kernel.models import Versioned


class Project(Versioned):
    """What is bought. `tokens` is what it can be found by; `first_published_at` is null while nobody may see it.

    `state`, `next_deadline` and `amount_fen` repeat what its sections say, so that lists need one table.
    """

    number = models.CharField(max_length=40, unique=True)
    ocid = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=300)
    category = models.CharField(max_length=10, choices=[(c.value, c.value) for c in Category])
    region_code = models.CharField(max_length=12)
    law = models.CharField(max_length=16, choices=[(v.value, v.value) for v in Law])
    method = models.CharField(max_length=10, choices=[(m.value, m.value) for m in Method])
    organisation_id = models.UUIDField(null=True)
    organisation_path = models.CharField(max_length=200, blank=True)
    buyer_name = models.CharField(max_length=200)
    agent_name = models.CharField(max_length=200, blank=True)
    public_funds = models.BooleanField(default=True)
    amount_fen = models.BigIntegerField(null=True)
    state = models.CharField(max_length=14, choices=[(s.value, s.value) for s in SectionState])
    next_deadline = models.DateTimeField(null=True)
    tokens = ArrayField(models.CharField(max_length=60), default=list)
    source = models.CharField(max_length=80, blank=True)
    first_published_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["-first_published_at", "-id"],
                condition=models.Q(first_published_at__isnull=False),
                name="tender_project_newest",
            ),
            models.Index(fields=["organisation_id", "-created_at"], name="tender_project_desk"),
            GinIndex(fields=["tokens"], name="tender_project_tokens"),
        ]


class Section(Versioned):
    """A lot: what is bid for. `deadline_version` grows when the deadline moves, `revision` when bids are affected.

    `waits_for` counts objections that suspend the procedure; while it is not 0 the time to the deadline stands still.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="sections")
    number = models.CharField(max_length=50, unique=True)
    name = models.CharField(max_length=300)
    estimate_fen = models.BigIntegerField(null=True)
    max_price_fen = models.BigIntegerField(null=True)
    bond_fen = models.BigIntegerField(default=0)
    opening_place = models.CharField(max_length=200, blank=True)
    required_documents = ArrayField(models.CharField(max_length=20), default=list)
    state = models.CharField(max_length=14, choices=[(s.value, s.value) for s in SectionState])
    documents_from = models.DateTimeField(null=True)
    documents_until = models.DateTimeField(null=True)
    applications_until = models.DateTimeField(null=True)
    bids_until = models.DateTimeField(null=True)
    deadline_version = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0)
    waits_for = models.PositiveIntegerField(default=0)
    suspended_at = models.DateTimeField(null=True)
    invited = ArrayField(models.UUIDField(), default=list)
    public_key = models.BinaryField(max_length=65, null=True)
    key_id = models.CharField(max_length=16, blank=True)
    publicity_until = models.DateTimeField(null=True)
    candidates = models.JSONField(default=list)
    winner = models.JSONField(null=True)
    contract = models.JSONField(null=True)
    opened_at = models.DateTimeField(null=True)
    awarded_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["bids_until"],
                condition=models.Q(state="bidding"),
                name="tender_section_due",
            )
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(bond_fen__gte=0), name="tender_bond_not_negative"),
        ]

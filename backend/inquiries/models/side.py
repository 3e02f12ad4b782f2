"""What stands beside the orders: clocks, files, calls, knowledge, publications, hand-overs, keys, signals."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from backend.inquiries.models.order import Assignment, Order
from backend.inquiries.models.rows import Topic, choices
from backend.inquiries.types import CallState, EntryState, PublicationState
from kernel.crypto import EncryptedTextField
from kernel.models import Entity, Versioned


class OrderClock(Entity):
    """A limit shorter than days, which the working-day clock does not keep: minutes, hours, working hours."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="clocks")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, null=True, related_name="clocks")
    kind = models.CharField(max_length=20)
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=3)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["order", "kind"]),
            models.Index(fields=["due_at"], condition=models.Q(closed_at=None, told_at=None), name="order_clock_due"),
        ]


class OrderFile(Entity):
    """A photo, a voice note, a paper. `by` is `caller`, `unit` or `centre`."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="files")
    file_id = models.UUIDField(unique=True)
    filename = models.CharField(max_length=300)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    by = models.CharField(max_length=8)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["order", "at"])]

    @property
    def is_voice(self) -> bool:
        """Whether somebody's voice can be heard."""
        return self.media_type.startswith("audio/")


class Call(Versioned):
    """A phone call to the hotline as the exchange reports it. `recording_due_at` is when its sound is fetched next."""

    sid = models.CharField(max_length=64, unique=True)
    number = EncryptedTextField(context="inquiries.call_number", null=True)
    number_index = models.BinaryField(null=True)
    dialled = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=choices(CallState), default=CallState.WAITING)
    received_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    seconds = models.PositiveIntegerField(null=True)
    operator_id = models.UUIDField(null=True)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, null=True, related_name="calls")
    recording_sid = models.CharField(max_length=64, blank=True)
    recording_url = EncryptedTextField(context="inquiries.recording", null=True)
    recording_seconds = models.PositiveIntegerField(null=True)
    recording_file_id = models.UUIDField(null=True)
    recording_tries = models.PositiveSmallIntegerField(default=0)
    recording_due_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["recording_due_at"], condition=~models.Q(recording_due_at=None), name="call_recording_due"
            ),
            models.Index(fields=["state", "received_at"]),
            models.Index(fields=["-received_at", "-id"]),
            models.Index(fields=["number_index", "-received_at"]),
        ]


class KnowledgeEntry(Versioned):
    """An entry of the knowledge base as it stands; its wordings are versions."""

    owner_id = models.UUIDField()
    owner_name = models.CharField(max_length=200)
    owner_path = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=choices(EntryState), default=EntryState.DRAFT)
    number = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=200)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, null=True, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    review_months = models.PositiveSmallIntegerField()
    review_due_on = models.DateField()
    review_told_on = models.DateField(null=True)
    search_text = models.TextField(blank=True)
    uses = models.PositiveIntegerField(default=0)
    from_order = models.ForeignKey(Order, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["state", "-uses", "-id"]),
            GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="knowledge_search"),
        ]


class KnowledgeVersion(Entity):
    """A wording of an entry. Never changed."""

    entry = models.ForeignKey(KnowledgeEntry, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    question = models.TextField()
    answer = models.TextField()
    keywords = models.JSONField(default=list)
    law_basis = models.CharField(max_length=500, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    written_by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "number"], name="knowledge_version_once")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]


class Publication(Versioned):
    """An answered inquiry as everybody may read it, after a person has confirmed that it names nobody."""

    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="publication")
    state = models.CharField(max_length=10, choices=choices(PublicationState), default=PublicationState.PROPOSED)
    question = models.TextField()
    answer = models.TextField()
    found = models.JSONField(default=dict)
    unit_name = models.CharField(max_length=200)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, null=True, related_name="+")
    request_type = models.CharField(max_length=12)
    area_code = models.CharField(max_length=12, blank=True)
    unit_says = models.CharField(max_length=12)
    citizen_says_solved = models.BooleanField(null=True)
    asked_on = models.DateField()
    answered_on = models.DateField()
    search_text = models.TextField(blank=True)
    proposed_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "-published_at", "-id"]),
            models.Index(fields=["state", "proposed_at", "id"]),
            GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="publication_search"),
        ]


class Handover(Entity):
    """A shift gives over to the next: what waits, in figures and words. Never changed."""

    centre_id = models.UUIDField()
    by = models.UUIDField()
    by_name = models.CharField(max_length=100)
    note = models.TextField()
    figures = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["centre_id", "-at", "-id"])]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]


class HandoverTaken(Entity):
    """The leader of the next shift confirms what was handed over: a fact beside the first. Never changed."""

    handover = models.OneToOneField(Handover, on_delete=models.PROTECT, related_name="taken")
    by = models.UUIDField()
    by_name = models.CharField(max_length=100)
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]


class ClientKey(Entity):
    """A key of an outside client (Open311). Only its digest is kept."""

    name = models.CharField(max_length=100)
    digest = models.BinaryField(unique=True)
    email = models.CharField(max_length=200, blank=True)
    revoked_at = models.DateTimeField(null=True)


class OpenRequest(Entity):
    """What a token of Open311 stands for, and the client that filed it."""

    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="open_request")
    client = models.ForeignKey(ClientKey, on_delete=models.PROTECT, null=True, related_name="requests")
    token = models.UUIDField(unique=True)


class SignalRule(models.Model):
    """When something is out of the usual: how many within how many hours, or how far above the mean of past weeks."""

    kind = models.CharField(max_length=20)
    threshold = models.PositiveIntegerField()
    hours = models.PositiveIntegerField()
    factor = models.FloatField(default=0)
    effective_from = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "effective_from"], name="signal_rule_once")]


class Signal(Entity):
    """Something that supervision should look at; told once for each kind, key and day."""

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=100)
    day = models.DateField()
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key", "day"], name="signal_once_a_day")]

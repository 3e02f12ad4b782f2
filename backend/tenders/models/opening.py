"""Who may open, and what was opened."""

from __future__ import annotations

import pgtrigger
from django.db import models

from backend.tenders.models.notice import Notice
from backend.tenders.models.project import Section
from kernel.crypto import EncryptedTextField
from kernel.models import Entity


class Opener(Entity):
    """A holder of a share of the section's key. Here stands its digest only, until it is brought to the opening."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="openers")
    person_id = models.UUIDField()
    title = models.CharField(max_length=40)
    share_digest = models.CharField(max_length=64)
    share = EncryptedTextField(context="tenders.share", null=True)
    brought_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["section", "person_id"], name="tender_opener_once")]


class OpeningRecord(Entity):
    """What was read out, signed. One for a section."""

    section = models.OneToOneField(Section, on_delete=models.PROTECT, related_name="record")
    notice = models.OneToOneField(Notice, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()

    class Meta:
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

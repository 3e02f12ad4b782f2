"""Notices and their files. What is published cannot be changed, not even by the database's owner by mistake."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from backend.tenders.models.project import Project
from backend.tenders.types import NoticeKind, NoticeState
from kernel.models import Entity, Versioned


class Notice(Versioned):
    """An announcement about a project and some of its sections. `content` holds what its kind requires."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="notices")
    section_ids = ArrayField(models.UUIDField())
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in NoticeKind])
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in NoticeState])
    title = models.CharField(max_length=300)
    content = models.JSONField(default=dict)
    number = models.CharField(max_length=50, null=True, unique=True)  # noqa: DJ001 - null until it is numbered
    author_id = models.UUIDField(null=True)
    reviewer_id = models.UUIDField(null=True)
    review_note = models.CharField(max_length=500, blank=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["project", "published_at"], name="tender_notice_story"),
            models.Index(
                fields=["published_at", "id"], condition=models.Q(state="published"), name="tender_notice_feed"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="published_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="published"),
            )
        ]


class NoticeFile(Entity):
    """A file that belongs to a notice; added while it is a draft."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="files")
    file_id = models.UUIDField(unique=True)
    filename = models.CharField(max_length=300)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)


class Release(Entity):
    """An OCDS release, as it was written when its notice came out, or as it came from another platform."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="releases")
    notice = models.OneToOneField(Notice, on_delete=models.PROTECT, null=True, related_name="release")
    release_id = models.CharField(max_length=200)
    released_at = models.DateTimeField()
    written_at = models.DateTimeField()
    release = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "release_id"], name="tender_release_once")]
        indexes = [models.Index(fields=["written_at", "id"], name="tender_release_feed")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

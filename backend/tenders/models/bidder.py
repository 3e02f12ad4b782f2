"""Bidders' side: qualification documents, documents taken, questions, objections. Who it was stands sealed."""

from __future__ import annotations

from django.db import models

from backend.tenders.models.notice import Notice
from backend.tenders.models.project import Section
from backend.tenders.types import DocumentKind, ObjectionStage
from kernel.crypto import EncryptedTextField
from kernel.models import Entity


class QualificationDocument(Entity):
    """What a company can show, until when."""

    legal_person_id = models.UUIDField()
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in DocumentKind])
    name = models.CharField(max_length=200)
    number = models.CharField(max_length=80, blank=True)
    expires_on = models.DateField(null=True)
    file_id = models.UUIDField(null=True)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["legal_person_id"], name="tender_qualification_owner")]


class DocumentsTaken(Entity):
    """A company has taken the tender documents. `mark` finds it again; who it is stands in `identity`, sealed."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="takers")
    mark = models.BinaryField(max_length=32)
    identity = EncryptedTextField(context="tenders.taker")
    revision = models.PositiveIntegerField()
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["section", "mark"], name="tender_taken_once")]


class InvitationReply(Entity):
    """An invited company takes part, or not. Kept as sealed as what follows from it."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="replies")
    mark = models.BinaryField(max_length=32)
    identity = EncryptedTextField(context="tenders.invited")
    accepted = models.BooleanField()
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "mark"], name="tender_reply_once")]


class Question(Entity):
    """A question about the documents. Its answer goes to everybody, without the asker's name."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="questions")
    mark = models.BinaryField(max_length=32)
    identity = EncryptedTextField(context="tenders.asker")
    text = models.TextField()
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["section", "asked_at"], name="tender_question_list")]


class Objection(Entity):
    """An objection; while it waits for its answer the procedure stands still (T05, T11)."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="objections")
    stage = models.CharField(max_length=20, choices=[(s.value, s.value) for s in ObjectionStage])
    mark = models.BinaryField(max_length=32)
    identity = EncryptedTextField(context="tenders.objector")
    arguments = EncryptedTextField(context="tenders.objection")
    remedy = EncryptedTextField(context="tenders.objection")
    filed_at = models.DateTimeField()
    due_on = models.DateField()
    answer = EncryptedTextField(context="tenders.objection", null=True)
    upheld = models.BooleanField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["section", "filed_at"], name="tender_objection_list")]

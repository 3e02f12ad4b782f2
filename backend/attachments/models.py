"""Tables of the file store."""

from __future__ import annotations

from django.db import models

from backend.attachments.types import FileState, ScanState
from kernel.crypto import EncryptedTextField
from kernel.models import Entity


class StoredFile(Entity):
    """A file that passed every check, or waits for the virus check. Its bytes lie under its id outside the database."""

    owner_kind = models.CharField(max_length=40)
    owner_id = models.UUIDField()
    uploaded_by = models.UUIDField(null=True)
    actor_kind = models.CharField(max_length=12)
    filename = EncryptedTextField(context="attachments.filename")
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    sent_sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in FileState])
    scan = models.CharField(max_length=12, choices=[(s.value, s.value) for s in ScanState])
    scanned_at = models.DateTimeField(null=True)
    stored_at = models.DateTimeField()
    discarded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["owner_kind", "owner_id"], name="file_owner"),
            models.Index(fields=["uploaded_by"], condition=~models.Q(state="discarded"), name="file_quota"),
            models.Index(fields=["id"], condition=models.Q(state="quarantined"), name="file_waiting_scan"),
        ]


class UploadPolicy(models.Model):
    """What files may be like and how much one person may keep, from a day on until the next row."""

    valid_from = models.DateField(primary_key=True)
    citizen_max_files = models.PositiveIntegerField(default=300)
    citizen_max_bytes = models.BigIntegerField(default=1024**3)
    official_max_files = models.PositiveIntegerField(default=20000)
    official_max_bytes = models.BigIntegerField(default=100 * 1024**3)
    max_pixels = models.PositiveIntegerField(default=50_000_000)
    max_zip_entries = models.PositiveIntegerField(default=500)
    max_zip_ratio = models.PositiveIntegerField(default=100)
    max_unpacked_bytes = models.BigIntegerField(default=200 * 1024**2)
    max_pdf_objects = models.PositiveIntegerField(default=200_000)
    source = models.CharField(max_length=120, blank=True)

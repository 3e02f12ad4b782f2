"""The rules of the day for uploads."""

from __future__ import annotations

from backend.attachments.models import UploadPolicy
from backend.attachments.types import Limits, Quota
from kernel import clock
from kernel.actors import Actor, ActorKind


def _today() -> UploadPolicy:
    today = clock.today()
    found = UploadPolicy.objects.filter(valid_from__lte=today).order_by("-valid_from").first()
    return found or UploadPolicy(valid_from=today)


def limits() -> Limits:
    """What content may be like today."""
    row = _today()
    return Limits(
        max_pixels=row.max_pixels,
        max_zip_entries=row.max_zip_entries,
        max_zip_ratio=row.max_zip_ratio,
        max_unpacked_bytes=row.max_unpacked_bytes,
        max_pdf_objects=row.max_pdf_objects,
    )


def quota_of(actor: Actor) -> Quota:
    """How much this actor may keep today."""
    row = _today()
    if actor.kind is ActorKind.OFFICIAL:
        return Quota(row.official_max_files, row.official_max_bytes)
    return Quota(row.citizen_max_files, row.citizen_max_bytes)

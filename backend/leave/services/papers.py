"""Proofs of a request; read by the person and by those who decide, and by nobody else."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from backend.attachments import services as attachments
from backend.attachments.types import MediaType, StoredFileInfo
from backend.journal.services import record
from backend.leave import store
from backend.leave.models import LeaveRequest, Paper
from backend.leave.services import common
from backend.leave.types import LeaveError, LeaveState
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError

ACCEPTS = [MediaType.PDF.value, MediaType.JPEG.value, MediaType.PNG.value]
OPEN = (LeaveState.ASKED, LeaveState.GRANTED)


def add_paper(*, actor: Actor, request_id: UUID, upload: Any, filename: str) -> Paper:
    """Add a proof to one's own request. Raises NOT_FOUND, NOT_YOURS, STATE, FILES_FULL, and what the store refuses."""
    with transaction.atomic():
        common.check_state(common.own(actor, request_id), *OPEN)
    info = attachments.store(
        actor=actor,
        upload=upload,
        filename=filename,
        accepts=ACCEPTS,
        max_bytes=store.rules_today().max_file_mb * 1024 * 1024,
        owner=(common.SUBJECT, request_id),
    )
    return _keep(actor, request_id, info)


@transaction.atomic
def _keep(actor: Actor, request_id: UUID, info: StoredFileInfo) -> Paper:
    row = common.own(actor, request_id)
    most = store.rules_today().max_files
    if row.state not in OPEN or row.papers.count() >= most:
        attachments.discard(actor=common.SYSTEM, file_id=info.id)
        common.check_state(row, *OPEN)
        raise DomainError(LeaveError.FILES_FULL, most=most)
    paper = Paper.objects.create(
        request=row,
        file_id=info.id,
        filename=info.filename,
        media_type=info.media_type,
        size=info.size,
        at=clock.now(),
    )
    _note(actor, row, "leave.paper_added", paper)
    return paper


@transaction.atomic
def remove_paper(*, actor: Actor, request_id: UUID, file_id: UUID) -> None:
    """Take a proof away while nobody has decided. Raises NOT_FOUND, NOT_YOURS, STATE."""
    row = common.own(actor, request_id)
    common.check_state(row, LeaveState.ASKED)
    paper = row.papers.filter(file_id=file_id).first()
    if paper is None:
        raise DomainError(LeaveError.NOT_FOUND)
    attachments.discard(actor=common.SYSTEM, file_id=file_id)
    _note(actor, row, "leave.paper_removed", paper)
    paper.delete()


def _note(actor: Actor, row: LeaveRequest, action: str, paper: Paper) -> None:
    record(
        actor=actor,
        action=action,
        subject=(common.SUBJECT, row.id),
        organisation_id=row.organisation_id,
        data={"file_id": paper.file_id},
    )

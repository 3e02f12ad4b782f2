"""Scans and annexes of a document."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from backend.attachments import services as attachments
from backend.attachments.types import MediaType, StoredFileInfo
from backend.documents.models import Document, DocumentFile
from backend.documents.services import common
from backend.documents.types import STATE_NAMES, DocumentError, State
from backend.journal.services import record
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError

ACCEPTS = [kind.value for kind in MediaType]
_FIXED = frozenset({State.NUMBERED, State.DISTRIBUTED, State.ARCHIVED, State.VOID})


def add_file(*, actor: Actor, document_id: UUID, upload: Any, filename: str) -> DocumentFile:
    """Add a scan or an annex: who drafts or keeps the document, until it is archived.

    Raises NOT_FOUND, NOT_YOURS, WRONG_STATE, FILES_FULL, SECRET (by the file's name) and what the file store refuses.
    """
    common.refuse_secret(filename)
    with transaction.atomic():
        _changeable(actor, document_id)
    info = attachments.store(
        actor=actor,
        upload=upload,
        filename=filename,
        accepts=ACCEPTS,
        max_bytes=common.rules_today().max_file_mb * 1024 * 1024,
        owner=(common.SUBJECT, document_id),
    )
    return _keep(actor, document_id, info)


@transaction.atomic
def _keep(actor: Actor, document_id: UUID, info: StoredFileInfo) -> DocumentFile:
    document = _changeable(actor, document_id)
    most = common.rules_today().max_files
    if document.files.count() >= most:
        attachments.discard(actor=Actor.system("documents"), file_id=info.id)
        raise DomainError(DocumentError.FILES_FULL, most=most)
    row = DocumentFile.objects.create(
        document=document,
        file_id=info.id,
        filename=info.filename,
        media_type=info.media_type,
        size=info.size,
        at=clock.now(),
    )
    _note(actor, document, "documents.file_added", row)
    return row


@transaction.atomic
def remove_file(*, actor: Actor, document_id: UUID, file_id: UUID) -> None:
    """Take a file away. Raises NOT_FOUND, NOT_YOURS, WRONG_STATE."""
    document = _changeable(actor, document_id)
    row = document.files.filter(file_id=file_id).first()
    if row is None:
        raise DomainError(DocumentError.NOT_FOUND)
    attachments.discard(actor=Actor.system("documents"), file_id=file_id)
    _note(actor, document, "documents.file_removed", row)
    row.delete()


def _changeable(actor: Actor, document_id: UUID) -> Document:
    document = common.locked(actor, document_id, None)
    if document.state in _FIXED:
        raise DomainError(DocumentError.WRONG_STATE, state=STATE_NAMES[State(document.state)].zh)
    if not common.is_clerk(document, actor):
        common.check_drafter(document, actor)
    return document


def _note(actor: Actor, document: Document, action: str, row: DocumentFile) -> None:
    record(
        actor=actor,
        action=action,
        subject=(common.SUBJECT, document.id),
        organisation_id=document.organisation_id,
        data={"file_id": row.file_id},
    )

"""Taking a file in: quarantine, checks, scan, store. A refusal leaves neither bytes nor rows behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, Sum

from backend.attachments import inspection, policy, scanner, vault
from backend.attachments.models import StoredFile
from backend.attachments.rules import clean_name
from backend.attachments.selectors import info_of
from backend.attachments.types import (
    EXTENSIONS,
    IMAGES,
    AttachmentError,
    FileState,
    MediaType,
    ScanState,
    StoredFileInfo,
)
from backend.journal.services import record
from kernel import clock
from kernel.actors import Actor, ActorKind
from kernel.errors import DomainError
from kernel.ids import uuid7


@dataclass(frozen=True, slots=True)
class _Checked:
    path: Path
    media_type: MediaType
    size: int
    sha256: str
    sent_sha256: str
    scan: ScanState


def store(
    *,
    actor: Actor,
    upload: Any,
    filename: str,
    accepts: Sequence[str] = (),
    max_bytes: int,
    owner: tuple[str, UUID],
) -> StoredFileInfo:
    """Take a file in for `owner` (the caller has checked that the actor may add to it).

    `upload` is a Django UploadedFile, an open binary file or an iterator of bytes; `accepts` lists media types (empty:
    all the store knows). Call it outside a transaction where possible: checking takes time. Pictures are written
    anew without metadata; other files stay byte for byte. With a scanner configured that does not answer, the file
    is kept `quarantined` and cannot be read.

    Raises AttachmentError: TOO_LARGE, EMPTY, TYPE_UNKNOWN, TYPE_NOT_ACCEPTED, DAMAGED, IMAGE_TOO_BIG,
    ACTIVE_CONTENT, ARCHIVE_BOMB, POLYGLOT, INFECTED, QUOTA.
    """
    _check_quota(actor, 0)
    file_id = uuid7()
    raw, clean = vault.quarantine_path(file_id), vault.quarantine_path(file_id, ".clean")
    try:
        checked = _check(upload, raw, clean, accepts, max_bytes)
        return _keep(actor, file_id, checked, filename, owner)
    finally:
        raw.unlink(missing_ok=True)
        clean.unlink(missing_ok=True)


def _check(upload: Any, raw: Path, clean: Path, accepts: Sequence[str], max_bytes: int) -> _Checked:
    received = vault.receive(upload, raw, max_bytes)
    media_type = inspection.inspect(raw, received.head, clean, policy.limits())
    if accepts and media_type.value not in accepts:
        accepted = "、".join(_name_of(kind) for kind in accepts)
        raise DomainError(AttachmentError.TYPE_NOT_ACCEPTED, accepted=accepted)
    scan = _scan(raw)
    if media_type not in IMAGES:
        return _Checked(raw, media_type, received.size, received.sha256, received.sha256, scan)
    size, sha256 = vault.digest_of(clean)
    return _Checked(clean, media_type, size, sha256, received.sha256, scan)


def _name_of(kind: str) -> str:
    known = {media_type.value: extension for media_type, extension in EXTENSIONS.items()}
    return known.get(kind, kind).lstrip(".")


def _scan(path: Path) -> ScanState:
    if not settings.CLAMD_ADDRESS:
        return ScanState.UNSCANNED
    answer = scanner.scan(path, settings.CLAMD_ADDRESS)
    if answer is scanner.Answer.INFECTED:
        raise DomainError(AttachmentError.INFECTED)
    if answer is scanner.Answer.TOO_LARGE:
        raise DomainError(AttachmentError.ARCHIVE_BOMB)
    return ScanState.CLEAN if answer is scanner.Answer.CLEAN else ScanState.PENDING


def _keep(actor: Actor, file_id: UUID, checked: _Checked, filename: str, owner: tuple[str, UUID]) -> StoredFileInfo:
    target: Path | None = None
    try:
        with transaction.atomic():
            _lock_quota(actor)
            _check_quota(actor, checked.size)
            row = _write_row(actor, file_id, checked, filename, owner)
            target = vault.keep(checked.path, file_id)
    except BaseException:
        if target is not None:
            target.unlink(missing_ok=True)
        raise
    return info_of(row)


def _write_row(actor: Actor, file_id: UUID, checked: _Checked, filename: str, owner: tuple[str, UUID]) -> StoredFile:
    moment = clock.now()
    row = StoredFile.objects.create(
        id=file_id,
        owner_kind=owner[0],
        owner_id=owner[1],
        uploaded_by=actor.user_id,
        actor_kind=actor.kind.value,
        filename=clean_name(filename, checked.media_type),
        media_type=checked.media_type.value,
        size=checked.size,
        sha256=checked.sha256,
        sent_sha256=checked.sent_sha256,
        state=FileState.QUARANTINED if checked.scan is ScanState.PENDING else FileState.READY,
        scan=checked.scan,
        scanned_at=moment if checked.scan is ScanState.CLEAN else None,
        stored_at=moment,
    )
    _journal(actor, row, "attachments.stored")
    return row


def _lock_quota(actor: Actor) -> None:
    if actor.user_id is not None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 37))", [str(actor.user_id)])


def _check_quota(actor: Actor, coming: int) -> None:
    if actor.user_id is None:
        return
    quota = policy.quota_of(actor)
    kept = (
        StoredFile.objects.filter(uploaded_by=actor.user_id)
        .exclude(state=FileState.DISCARDED)
        .aggregate(files=Count("id"), size=Sum("size"))
    )
    if kept["files"] >= quota.max_files or (kept["size"] or 0) + coming > quota.max_bytes:
        raise DomainError(AttachmentError.QUOTA)


@transaction.atomic
def discard(*, actor: Actor, file_id: UUID) -> None:
    """Remove a file's bytes; its row stays as the record that it was there. Discarding twice changes nothing.

    Only who uploaded it, or the system, may. Raises NOT_FOUND for everybody else.
    """
    row = StoredFile.objects.select_for_update().filter(pk=file_id).first()
    if row is None or not (actor.kind is ActorKind.SYSTEM or (actor.user_id and actor.user_id == row.uploaded_by)):
        raise DomainError(AttachmentError.NOT_FOUND)
    if row.state == FileState.DISCARDED:
        return
    row.state = FileState.DISCARDED
    row.discarded_at = clock.now()
    row.save(update_fields=["state", "discarded_at"])
    _journal(actor, row, "attachments.discarded")
    path = vault.store_path(file_id)
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


@transaction.atomic
def note_read(*, actor: Actor, file_id: UUID, organisation_id: UUID | None = None) -> None:
    """Journal that somebody was given a file to read. Raises NOT_FOUND."""
    row = StoredFile.objects.filter(pk=file_id).first()
    if row is None:
        raise DomainError(AttachmentError.NOT_FOUND)
    _journal(actor, row, "attachments.read", organisation_id)


def _journal(actor: Actor, row: StoredFile, action: str, organisation_id: UUID | None = None) -> None:
    record(
        actor=actor,
        action=action,
        subject=(row.owner_kind, row.owner_id),
        organisation_id=organisation_id,
        data={
            "file_id": row.id,
            "media_type": row.media_type,
            "size": row.size,
            "sha256": row.sha256,
            "scan": row.scan,
        },
    )

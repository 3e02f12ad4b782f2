"""Reading stored files. The caller has checked that the reader may see what the file belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from backend.attachments import vault
from backend.attachments.models import StoredFile
from backend.attachments.rules.delivery import delivery
from backend.attachments.types import AttachmentError, ByteRange, Delivery, FileState, ScanState, StoredFileInfo
from kernel.errors import DomainError


def info(file_id: UUID) -> StoredFileInfo:
    """What is known of a file that has not been discarded. Raises NOT_FOUND."""
    row = StoredFile.objects.filter(pk=file_id).exclude(state=FileState.DISCARDED).first()
    if row is None:
        raise DomainError(AttachmentError.NOT_FOUND)
    return info_of(row)


def files_of(owner: tuple[str, UUID]) -> list[StoredFileInfo]:
    """The files of an owner that have not been discarded, oldest first."""
    rows = StoredFile.objects.filter(owner_kind=owner[0], owner_id=owner[1]).exclude(state=FileState.DISCARDED)
    return [info_of(row) for row in rows.order_by("id")]


def stream(file_id: UUID, byte_range: ByteRange | None = None) -> Iterator[bytes]:
    """The bytes of a file, or a range of them, in chunks. Raises NOT_FOUND, QUARANTINED before the first byte."""
    found = info(file_id)
    if found.state is not FileState.READY:
        raise DomainError(AttachmentError.QUARANTINED)
    if not vault.store_path(file_id).exists():
        raise DomainError(AttachmentError.NOT_FOUND)
    return vault.read(file_id, byte_range)


def serve(file_id: UUID, range_header: str | None = None) -> tuple[Delivery, Iterator[bytes]]:
    """How a file is to be answered (status, safe headers) and its bytes. Raises NOT_FOUND, QUARANTINED, BAD_RANGE."""
    answer = delivery(info(file_id), range_header)
    return answer, stream(file_id, answer.byte_range)


def info_of(row: StoredFile) -> StoredFileInfo:
    """The plain value of a stored row."""
    return StoredFileInfo(
        id=row.id,
        owner_kind=row.owner_kind,
        owner_id=row.owner_id,
        sha256=row.sha256,
        sent_sha256=row.sent_sha256,
        size=row.size,
        media_type=row.media_type,
        filename=row.filename or "",
        state=FileState(row.state),
        scan=ScanState(row.scan),
        uploaded_by=row.uploaded_by,
    )

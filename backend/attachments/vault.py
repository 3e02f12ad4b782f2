"""Where the bytes lie: a quarantine for what is being checked, and the store. Names are ids, never a person's."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from backend.attachments.rules import Tripwire
from backend.attachments.types import AttachmentError, ByteRange
from kernel.errors import DomainError

CHUNK = 64 * 1024
_HEAD = 4096
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Received:
    """Bytes that came in: where they are, how many, their digest and beginning."""

    path: Path
    size: int
    sha256: str
    head: bytes


def quarantine_path(file_id: UUID, suffix: str = "") -> Path:
    """Where a file is checked."""
    return _folder("quarantine") / f"{file_id}{suffix}"


def store_path(file_id: UUID) -> Path:
    """Where a stored file lies."""
    name = file_id.hex
    return Path(settings.ATTACHMENTS_ROOT) / "files" / name[-2:] / name[-4:-2] / str(file_id)


def _folder(name: str) -> Path:
    folder = Path(settings.ATTACHMENTS_ROOT) / name
    folder.mkdir(parents=True, exist_ok=True, mode=0o750)
    return folder


def chunks_of(upload: Any) -> Iterator[bytes]:
    """The bytes of an upload in chunks: a Django UploadedFile, an open binary file, or an iterator of bytes."""
    if hasattr(upload, "chunks"):
        yield from upload.chunks(CHUNK)
    elif hasattr(upload, "read"):
        while chunk := upload.read(CHUNK):
            yield chunk
    else:
        yield from upload


def receive(upload: Any, path: Path, max_bytes: int) -> Received:
    """Write an upload into quarantine, reading at most one chunk beyond the limit.

    Raises TOO_LARGE (also by the announced size, before reading), EMPTY, INFECTED for the EICAR test file.
    """
    announced = getattr(upload, "size", None)
    if isinstance(announced, int) and announced > max_bytes:
        raise _too_large(max_bytes)
    digest, tripwire, size, head = hashlib.sha256(), Tripwire(), 0, b""
    with path.open("wb") as file:
        for chunk in chunks_of(upload):
            size += len(chunk)
            if size > max_bytes:
                raise _too_large(max_bytes)
            head = head if len(head) >= _HEAD else (head + chunk)[:_HEAD]
            digest.update(chunk)
            tripwire.feed(chunk)
            file.write(chunk)
    if size == 0:
        raise DomainError(AttachmentError.EMPTY)
    if tripwire.tripped:
        raise DomainError(AttachmentError.INFECTED)
    return Received(path, size, digest.hexdigest(), head)


def _too_large(max_bytes: int) -> DomainError:
    return DomainError(AttachmentError.TOO_LARGE, megabytes=f"{max_bytes / _MEGABYTE:g}")


def digest_of(path: Path) -> tuple[int, str]:
    """Size and SHA-256 of a file."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return size, digest.hexdigest()


def keep(path: Path, file_id: UUID) -> Path:
    """Move a checked file into the store, durably."""
    target = store_path(file_id)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    path.chmod(0o640)
    with path.open("rb") as file:
        os.fsync(file.fileno())
    path.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return target


def read(file_id: UUID, byte_range: ByteRange | None = None) -> Iterator[bytes]:
    """The bytes of a stored file, or a range of them, in chunks."""
    with store_path(file_id).open("rb") as file:
        left = None
        if byte_range is not None:
            file.seek(byte_range.first)
            left = byte_range.length
        while chunk := file.read(CHUNK if left is None else min(CHUNK, left)):
            left = None if left is None else left - len(chunk)
            yield chunk

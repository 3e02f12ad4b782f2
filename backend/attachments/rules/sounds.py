"""Voice notes: told by their structure, refused when they carry pictures or are something else as well."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from backend.attachments.rules.content import ZIP_END
from backend.attachments.types import AttachmentError, MediaType
from kernel.errors import DomainError

_BOXES_WITH_BOXES = frozenset({b"moov", b"trak", b"mdia"})
_MAX_BOXES = 10_000
_HEAD_BYTES = 4096


def check_sound(file: BinaryIO, media_type: MediaType) -> MediaType:
    """Whether the file is sound of this type and nothing else. Raises DAMAGED, ACTIVE_CONTENT, POLYGLOT."""
    _CHECKS[media_type](file)
    file.seek(0, 2)
    file.seek(max(0, file.tell() - 70_000))
    if ZIP_END in file.read():
        raise DomainError(AttachmentError.POLYGLOT)
    return media_type


def _check_mp4(file: BinaryIO) -> None:
    handlers = set(_handlers(file, _size(file)))
    if not handlers:
        raise DomainError(AttachmentError.DAMAGED)
    if handlers - {b"soun", b"mdir", b"meta"}:
        raise DomainError(AttachmentError.ACTIVE_CONTENT)


def _handlers(file: BinaryIO, end: int) -> Iterator[bytes]:
    """The kinds of the tracks of an MP4, found by walking its boxes."""
    waiting = [(0, end)]
    for _ in range(_MAX_BOXES):
        if not waiting:
            return
        start, stop = waiting.pop()
        if start + 8 > stop:
            continue
        length, kind, body = _box(file, start, stop)
        waiting.append((start + length, stop))
        if kind in _BOXES_WITH_BOXES:
            waiting.append((body, start + length))
        elif kind == b"hdlr":
            file.seek(body + 8)
            yield file.read(4)
    raise DomainError(AttachmentError.ARCHIVE_BOMB)


def _box(file: BinaryIO, start: int, stop: int) -> tuple[int, bytes, int]:
    file.seek(start)
    head = file.read(16)
    length, kind, body = int.from_bytes(head[:4]), head[4:8], start + 8
    if length == 1:
        length, body = int.from_bytes(head[8:16]), start + 16
    length = length or stop - start
    if length < 8 or start + length > stop:
        raise DomainError(AttachmentError.DAMAGED)
    return length, kind, body


def _check_wav(file: BinaryIO) -> None:
    head = _head(file)
    declared = int.from_bytes(head[4:8], "little") + 8
    if head[12:16] not in {b"fmt ", b"JUNK", b"LIST"} or b"data" not in head or declared > _size(file) + 1:
        raise DomainError(AttachmentError.DAMAGED)
    if _size(file) > declared + 1:
        raise DomainError(AttachmentError.POLYGLOT)


def _check_ogg(file: BinaryIO) -> None:
    head = _head(file)
    if not (b"OpusHead" in head[:64] or b"\x01vorbis" in head[:64]):
        raise DomainError(AttachmentError.DAMAGED)
    if b"\x80theora" in head:
        raise DomainError(AttachmentError.ACTIVE_CONTENT)


def _check_webm(file: BinaryIO) -> None:
    head = _head(file)
    if b"webm" not in head[:64] or not (b"A_OPUS" in head or b"A_VORBIS" in head):
        raise DomainError(AttachmentError.DAMAGED)
    if b"V_VP" in head or b"V_AV1" in head or b"V_MPEG" in head:
        raise DomainError(AttachmentError.ACTIVE_CONTENT)


def _head(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read(_HEAD_BYTES)


def _size(file: BinaryIO) -> int:
    return file.seek(0, 2)


_CHECKS = {
    MediaType.M4A: _check_mp4,
    MediaType.WAV: _check_wav,
    MediaType.OGG: _check_ogg,
    MediaType.WEBM: _check_webm,
}

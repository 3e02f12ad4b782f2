"""Office files are zip archives: every byte is counted while it is unpacked, because headers lie."""

from __future__ import annotations

import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from backend.attachments.rules.content import ZIP_END, ZIP_LOCAL, Tripwire
from backend.attachments.types import AttachmentError, Limits, MediaType
from kernel.errors import DomainError

_CHUNK = 64 * 1024
_END_BYTES = 22
_DIRECTORY_BYTES_AN_ENTRY = 1024
_NESTED = (ZIP_LOCAL, ZIP_END, b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"MZ", b"\x7fELF", b"%PDF-")
_ACTIVE_NAMES = re.compile(r"(vbaproject|vbadata|activex|macrosheets|/embeddings/|oleobject)", re.IGNORECASE)
_ACTIVE_TEXT = re.compile(
    rb"macroEnabled|vbaProject|attachedTemplate|ms-office\.activeX|<!ENTITY|DDEAUTO", re.IGNORECASE
)
_MAIN_PARTS = {"word/document.xml": MediaType.DOCX, "xl/workbook.xml": MediaType.XLSX}


def check_archive(file: BinaryIO, limits: Limits) -> MediaType:
    """Check an office file whole and tell which it is.

    Raises TYPE_UNKNOWN for other archives, ARCHIVE_BOMB, ACTIVE_CONTENT (macros, embedded files), POLYGLOT (something
    before or behind the archive), INFECTED, DAMAGED (encrypted, overlapping, sizes that lie, names that leave the
    folder, links).
    """
    size = file.seek(0, os.SEEK_END)
    _check_end(file, size, limits)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError, struct.error, UnicodeDecodeError) as exc:
        raise DomainError(AttachmentError.DAMAGED) from exc
    if len(entries) > limits.max_zip_entries:
        raise DomainError(AttachmentError.ARCHIVE_BOMB)
    kind = _kind_of(entries)
    _check_layout(entries)
    budget = min(limits.max_unpacked_bytes, size * limits.max_zip_ratio)
    for entry in entries:
        _check_entry(entry)
        budget -= _unpack(file, entry, budget)
    return kind


def _check_end(file: BinaryIO, size: int, limits: Limits) -> None:
    if size < _END_BYTES:
        raise DomainError(AttachmentError.DAMAGED)
    file.seek(size - _END_BYTES)
    end = file.read(_END_BYTES)
    if not end.startswith(ZIP_END) or end[-2:] != b"\x00\x00":
        raise DomainError(AttachmentError.POLYGLOT)
    _, here, count, length, offset = struct.unpack("<HHHII", end[6:20])
    if count > limits.max_zip_entries or length > limits.max_zip_entries * _DIRECTORY_BYTES_AN_ENTRY:
        raise DomainError(AttachmentError.ARCHIVE_BOMB)
    if here != count or offset + length + _END_BYTES != size:
        raise DomainError(AttachmentError.POLYGLOT)


def _kind_of(entries: list[zipfile.ZipInfo]) -> MediaType:
    names = {entry.filename for entry in entries}
    kinds = [kind for part, kind in _MAIN_PARTS.items() if part in names]
    if len(kinds) != 1 or "[Content_Types].xml" not in names:
        raise DomainError(AttachmentError.TYPE_UNKNOWN)
    return kinds[0]


def _check_layout(entries: list[zipfile.ZipInfo]) -> None:
    if len({entry.filename.lower() for entry in entries}) != len(entries):
        raise DomainError(AttachmentError.DAMAGED)
    reached = 0
    for entry in sorted(entries, key=lambda e: e.header_offset):
        if entry.header_offset < reached:
            raise DomainError(AttachmentError.ARCHIVE_BOMB)
        reached = entry.header_offset + 30 + entry.compress_size


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    outside = name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")
    encrypted = bool(entry.flag_bits & 0x1)
    unusual = entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    if outside or encrypted or unusual or stat.S_ISLNK(entry.external_attr >> 16):
        raise DomainError(AttachmentError.DAMAGED)
    if _ACTIVE_NAMES.search(name):
        raise DomainError(AttachmentError.ACTIVE_CONTENT)


def _unpack(file: BinaryIO, entry: zipfile.ZipInfo, budget: int) -> int:
    tripwire, checksum, total, tail = Tripwire(), 0, 0, b""
    is_text = entry.filename.lower().endswith((".xml", ".rels"))
    for chunk in _real_bytes(file, entry):
        if total == 0 and chunk.startswith(_NESTED):
            raise DomainError(AttachmentError.ACTIVE_CONTENT)
        total += len(chunk)
        if total > budget:
            raise DomainError(AttachmentError.ARCHIVE_BOMB)
        checksum = zlib.crc32(chunk, checksum)
        tripwire.feed(chunk)
        if is_text and _ACTIVE_TEXT.search(tail + chunk):
            raise DomainError(AttachmentError.ACTIVE_CONTENT)
        tail = chunk[-64:]
    if tripwire.tripped:
        raise DomainError(AttachmentError.INFECTED)
    if total != entry.file_size or checksum != entry.CRC:
        raise DomainError(AttachmentError.DAMAGED)
    return total


def _real_bytes(file: BinaryIO, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """What the entry really unpacks to, in bounded chunks, whatever its headers say."""
    file.seek(entry.header_offset)
    header = file.read(30)
    if len(header) < 30 or not header.startswith(ZIP_LOCAL):
        raise DomainError(AttachmentError.DAMAGED)
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    if file.read(name_length).decode("utf-8", "replace") != entry.filename:
        raise DomainError(AttachmentError.DAMAGED)
    file.seek(extra_length, os.SEEK_CUR)
    packed = _limited(file, entry.compress_size)
    yield from packed if entry.compress_type == zipfile.ZIP_STORED else _inflate(packed)


def _limited(file: BinaryIO, length: int) -> Iterator[bytes]:
    while length > 0:
        chunk = file.read(min(_CHUNK, length))
        if not chunk:
            raise DomainError(AttachmentError.DAMAGED)
        length -= len(chunk)
        yield chunk


def _inflate(packed: Iterator[bytes]) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for chunk in packed:
            waiting = chunk
            while waiting:
                yield from filter(None, [inflater.decompress(waiting, _CHUNK)])
                waiting = inflater.unconsumed_tail
        yield from filter(None, [inflater.flush()])
    except zlib.error as exc:
        raise DomainError(AttachmentError.DAMAGED) from exc
    if not inflater.eof or inflater.unused_data:
        raise DomainError(AttachmentError.DAMAGED)

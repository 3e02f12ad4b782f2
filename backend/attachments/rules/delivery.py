"""Handing a file out: byte ranges and the headers that keep it inert."""

from __future__ import annotations

import re
from urllib.parse import quote

from backend.attachments.types import AttachmentError, ByteRange, Delivery, StoredFileInfo
from kernel.errors import DomainError

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def parse_range(header: str | None, size: int) -> ByteRange | None:
    """The one byte range a `Range` header asks for; None when there is none or it is not understood (send all).

    Several ranges are answered with the whole file. Raises RANGE, with `Content-Range`, outside the file.
    """
    match = _RANGE.fullmatch((header or "").strip())
    if match is None or match.group(0) == "bytes=-":
        return None
    first, last = match.groups()
    if not first:
        wanted = ByteRange(max(0, size - int(last)), size - 1)
    else:
        wanted = ByteRange(int(first), min(int(last), size - 1) if last else size - 1)
    if last and first and int(last) < int(first):
        return None
    if wanted.first >= size or wanted.length < 1:
        raise DomainError(AttachmentError.RANGE, headers={"Content-Range": f"bytes */{size}"})
    return wanted


def delivery(info: StoredFileInfo, range_header: str | None = None) -> Delivery:
    """Status and headers of a download: always an attachment, never sniffed, run, framed or kept by a cache."""
    wanted = parse_range(range_header, info.size)
    headers = {
        "Content-Type": info.media_type,
        "Content-Length": str(wanted.length if wanted else info.size),
        "Content-Disposition": f"attachment; filename=\"file\"; filename*=UTF-8''{quote(info.filename, safe='')}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-site",
        "Cache-Control": "private, no-store",
        "Accept-Ranges": "bytes",
        "ETag": f'"{info.sha256}"',
    }
    if wanted is not None:
        headers["Content-Range"] = f"bytes {wanted.first}-{wanted.last}/{info.size}"
    return Delivery(status=206 if wanted else 200, headers=headers, byte_range=wanted)

"""What a file is by its first bytes, and what must never pass."""

from __future__ import annotations

from backend.attachments.types import MediaType

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
ZIP_LOCAL = b"PK\x03\x04"
ZIP_END = b"PK\x05\x06"
_RIFF = {b"WEBP": MediaType.WEBP, b"WAVE": MediaType.WAV}


def sniff(head: bytes) -> MediaType | str | None:
    """The type by signature at offset 0: a media type, `zip` for an office candidate, None for anything else."""
    if head.startswith(b"%PDF-"):
        return MediaType.PDF
    if head.startswith(b"\xff\xd8\xff"):
        return MediaType.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return MediaType.PNG
    if head[:4] == b"RIFF" and head[8:12] in _RIFF:
        return _RIFF[head[8:12]]
    if head[4:8] == b"ftyp":
        return MediaType.M4A
    if head.startswith((b"OggS", b"\x1aE\xdf\xa3")):
        return MediaType.OGG if head.startswith(b"O") else MediaType.WEBM
    return "zip" if head.startswith(ZIP_LOCAL) else None


class Tripwire:
    """Watches a stream for the EICAR test string, also across chunk borders."""

    def __init__(self) -> None:
        self.tripped = False
        self._tail = b""

    def feed(self, chunk: bytes) -> None:
        """Look at the next chunk."""
        window = self._tail + chunk
        self.tripped = self.tripped or EICAR in window
        self._tail = window[-(len(EICAR) - 1) :]

"""Opens a strange file in a process of its own, with bounded memory, time and output.

`python -m backend.attachments.inspector` reads a job as JSON from standard input and writes the outcome as JSON to
standard output. A parser that is broken by a crafted file takes only this process with it.
"""

from __future__ import annotations

import json
import mmap
import resource
import sys
import warnings
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image, ImageOps, UnidentifiedImageError

from backend.attachments.rules import check_archive
from backend.attachments.rules.content import ZIP_END
from backend.attachments.rules.sounds import check_sound
from backend.attachments.types import SOUNDS, AttachmentError, Limits, MediaType
from kernel.errors import DomainError

BASE_BYTES = 192 * 1024**2
BYTES_A_PIXEL = 16
SOURCE_COPIES = 8
CPU_SECONDS = 30
OUTPUT_BYTES = 128 * 1024**2
_FORMATS = {MediaType.JPEG: "JPEG", MediaType.PNG: "PNG", MediaType.WEBP: "WEBP"}
_ACTIVE_KEYS = frozenset({"/JS", "/EmbeddedFiles", "/EF", "/AA", "/XFA", "/RichMediaContent", "/RichMediaSettings"})
_ACTIVE_ACTIONS = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Rendition", "/Movie", "/Sound"}
)
_ACTIVE_TYPES = frozenset({"/EmbeddedFile"})
_MAX_DEPTH = 40


def inspect_image(source: Path, target: Path, media_type: MediaType, limits: Limits) -> MediaType:
    """Decode a picture, turn it upright, and write it anew: nothing but pixels survives."""
    Image.MAX_IMAGE_PIXELS = limits.max_pixels
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(source, formats=[_FORMATS[media_type]]) as picture:
            if picture.width * picture.height > limits.max_pixels:
                raise DomainError(AttachmentError.IMAGE_TOO_BIG)
            ImageOps.exif_transpose(picture, in_place=True)
            _write_pixels(picture, target, media_type)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as exc:
        raise DomainError(AttachmentError.IMAGE_TOO_BIG) from exc
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as exc:
        raise DomainError(AttachmentError.DAMAGED) from exc
    return media_type


def _write_pixels(picture: Image.Image, target: Path, media_type: MediaType) -> None:
    seen_through = "A" in picture.getbands() or "transparency" in picture.info
    mode = "RGB" if media_type is MediaType.JPEG or not seen_through else "RGBA"
    pixels = picture if picture.mode in {"L", mode} else picture.convert(mode)
    pixels.info = {}
    options: dict[str, Any] = {"quality": 90} if media_type is not MediaType.PNG else {}
    pixels.save(target, format=_FORMATS[media_type], exif=b"", icc_profile=None, **options)


def inspect_pdf(source: Path, limits: Limits) -> MediaType:
    """Refuse a PDF that acts, carries files, or is an archive as well. The bytes stay as sent (signatures hold)."""
    _refuse_second_nature(source)
    try:
        with pikepdf.open(source) as pdf:
            if pdf.is_encrypted or len(pdf.pages) == 0:
                raise DomainError(AttachmentError.DAMAGED)
            if len(pdf.objects) > limits.max_pdf_objects:
                raise DomainError(AttachmentError.ARCHIVE_BOMB)
            for item in pdf.objects:
                _refuse_active(item, 0)
            _refuse_opening_action(pdf.Root.get("/OpenAction"))
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, RuntimeError, RecursionError) as exc:
        raise DomainError(AttachmentError.DAMAGED) from exc
    return MediaType.PDF


def _refuse_second_nature(source: Path) -> None:
    with source.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        end = content.rfind(b"%%EOF")
        if end < 0:
            raise DomainError(AttachmentError.DAMAGED)
        if content.rfind(ZIP_END) > 0 and content.rfind(b"PK\x01\x02") > 0:
            raise DomainError(AttachmentError.POLYGLOT)
        if len(content[end + 5 :].strip(b"\r\n\x00 \t")) > 0:
            raise DomainError(AttachmentError.POLYGLOT)


def _refuse_active(item: Any, depth: int) -> None:
    if depth > _MAX_DEPTH:
        raise DomainError(AttachmentError.DAMAGED)
    if isinstance(item, pikepdf.Array):
        for child in item:
            _descend(child, depth)
    elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        keys = set(item.keys())
        if keys & _ACTIVE_KEYS or str(item.get("/S")) in _ACTIVE_ACTIONS or str(item.get("/Type")) in _ACTIVE_TYPES:
            raise DomainError(AttachmentError.ACTIVE_CONTENT)
        for key in keys:
            _descend(item.get(key), depth)


def _descend(child: Any, depth: int) -> None:
    if isinstance(child, pikepdf.Object) and not child.is_indirect:
        _refuse_active(child, depth + 1)


def _refuse_opening_action(action: Any) -> None:
    if isinstance(action, pikepdf.Dictionary) and str(action.get("/S")) != "/GoTo":
        raise DomainError(AttachmentError.ACTIVE_CONTENT)


def inspect(job: dict[str, Any]) -> MediaType:
    """Do one job: `{"kind", "source", "target", "limits"}`. Raises DomainError for a refusal."""
    source, limits = Path(job["source"]), Limits(**job["limits"])
    if job["kind"] == "zip":
        with source.open("rb") as file:
            return check_archive(file, limits)
    media_type = MediaType(job["kind"])
    if media_type is MediaType.PDF:
        return inspect_pdf(source, limits)
    if media_type in SOUNDS:
        with source.open("rb") as file:
            return check_sound(file, media_type)
    return inspect_image(source, Path(job["target"]), media_type, limits)


def _memory_for(job: dict[str, Any]) -> int:
    if job["kind"] in set(_FORMATS):
        return BASE_BYTES + BYTES_A_PIXEL * job["limits"]["max_pixels"]
    return BASE_BYTES + SOURCE_COPIES * Path(job["source"]).stat().st_size


def _bound(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT_BYTES, OUTPUT_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Read the job, work, answer."""
    job = json.load(sys.stdin)
    _bound(_memory_for(job))
    try:
        answer = {"media_type": inspect(job).value}
    except DomainError as refusal:
        answer = {"refused": refusal.code.name}
    except MemoryError:
        answer = {"refused": AttachmentError.ARCHIVE_BOMB.name}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()

"""Names, types, ranges and headers of files (reliability F37)."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.attachments.rules import EICAR, Tripwire, clean_name, delivery, parse_range, sniff
from backend.attachments.types import ByteRange, FileState, MediaType, ScanState, StoredFileInfo
from kernel.errors import DomainError

INFO = StoredFileInfo(
    id=UUID(int=1),
    owner_kind="case",
    owner_id=UUID(int=2),
    sha256="ab" * 32,
    sent_sha256="ab" * 32,
    size=1000,
    media_type="application/pdf",
    filename='营业执照"; x=y.pdf',
    state=FileState.READY,
    scan=ScanState.UNSCANNED,
    uploaded_by=None,
)


@pytest.mark.parametrize(
    ("raw", "media_type", "clean"),
    [
        ("身份证.jpg", MediaType.JPEG, "身份证.jpg"),
        ("身份证.JPEG", MediaType.JPEG, "身份证.jpg"),
        ("../../etc/passwd", MediaType.PDF, "passwd.pdf"),
        ("C:\\Users\\张三\\证明.pdf", MediaType.PDF, "证明.pdf"),
        ("a\x00b.pdf", MediaType.PDF, "ab.pdf"),
        ("cod\u202egpj.exe", MediaType.PNG, "codgpj_exe.png"),
        ("shell.php.jpg", MediaType.JPEG, "shell_php.jpg"),
        ("evil.html", MediaType.PDF, "evil_html.pdf"),
        ("2026.1.3证明.pdf", MediaType.PDF, "2026.1.3证明.pdf"),
        ("", MediaType.PDF, "文件.pdf"),
        ("...", MediaType.PDF, "文件.pdf"),
        ("con.pdf", MediaType.PDF, "文件con.pdf"),
        ("a<b>|c?.docx", MediaType.DOCX, "a_b__c.docx"),
    ],
)
def test_names_become_harmless(raw: str, media_type: MediaType, clean: str) -> None:
    """Folders, NUL, direction overrides, double extensions, signs of shells."""
    assert clean_name(raw, media_type) == clean


@given(st.text(max_size=400), st.sampled_from(list(MediaType)))
def test_no_name_gets_through_unclean(raw: str, media_type: MediaType) -> None:
    """Whatever comes in: short, printable, no folder, the right extension."""
    clean = clean_name(raw, media_type)
    assert 4 < len(clean) <= 120
    assert not set(clean) & set('/\\\x00<>:"|?*')
    assert all(sign.isprintable() or sign.isspace() for sign in clean)
    assert clean.rpartition(".")[0].strip(" .")


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (b"%PDF-1.7\n", MediaType.PDF),
        (b"\n%PDF-1.7", None),
        (b"\xff\xd8\xff\xe0", MediaType.JPEG),
        (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", MediaType.WEBP),
        (b"PK\x03\x04", "zip"),
        (b"GIF89a/*", None),
        (b"<svg xmlns=", None),
        (b"<!DOCTYPE html>", None),
        (b"MZ\x90", None),
        (b"\x7fELF", None),
        (b"#!/bin/sh", None),
        (b"\xd0\xcf\x11\xe0", None),
        (b"", None),
    ],
)
def test_types_go_by_the_first_bytes(head: bytes, found: object) -> None:
    """Only what the store can check is known."""
    assert sniff(head) == found


@given(st.binary(max_size=100), st.integers(0, 80), st.integers(1, 30))
def test_eicar_is_seen_across_chunks(before: bytes, cut: int, size: int) -> None:
    """However the stream is cut."""
    stream = before + EICAR + before
    wire = Tripwire()
    wire.feed(stream[:cut])
    for start in range(cut, len(stream), size):
        wire.feed(stream[start : start + size])
    assert wire.tripped
    innocent = Tripwire()
    innocent.feed(before + EICAR[:-1])
    assert not innocent.tripped


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        (None, None),
        ("", None),
        ("bytes=0-0", ByteRange(0, 0)),
        ("bytes=0-", ByteRange(0, 999)),
        ("bytes=990-", ByteRange(990, 999)),
        ("bytes=990-5000", ByteRange(990, 999)),
        ("bytes=-10", ByteRange(990, 999)),
        ("bytes=-5000", ByteRange(0, 999)),
        ("bytes=5-4", None),
        ("bytes=0-1,5-6", None),
        ("lines=0-1", None),
        ("bytes=-", None),
        ("bytes=a-b", None),
    ],
)
def test_ranges(header: str | None, wanted: ByteRange | None) -> None:
    """One range is served, what is not understood gets the whole file."""
    assert parse_range(header, 1000) == wanted


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=5000-6000", "bytes=-0"])
def test_ranges_outside_the_file(header: str) -> None:
    """416 with the size."""
    with pytest.raises(DomainError) as refusal:
        parse_range(header, 1000)
    assert (refusal.value.status, refusal.value.headers) == (416, {"Content-Range": "bytes */1000"})


def test_headers_keep_a_file_inert() -> None:
    """Attachment, nosniff, sandbox, not cached; the name cannot break out of its header."""
    whole = delivery(INFO)
    assert whole.status == 200
    assert whole.headers["X-Content-Type-Options"] == "nosniff"
    assert whole.headers["Content-Security-Policy"].startswith("sandbox")
    assert whole.headers["Cache-Control"] == "private, no-store"
    disposition = whole.headers["Content-Disposition"]
    assert disposition.startswith("attachment;")
    assert disposition.isascii()
    assert "x=y" not in disposition
    part = delivery(INFO, "bytes=10-19")
    assert (part.status, part.headers["Content-Length"]) == (206, "10")
    assert part.headers["Content-Range"] == "bytes 10-19/1000"

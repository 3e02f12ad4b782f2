"""F37: every abusive upload is refused with its code, and leaves neither bytes nor rows."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from backend.attachments.models import StoredFile
from backend.attachments.rules import EICAR
from backend.attachments.types import StoredFileInfo
from backend.journal.models import JournalLine
from kernel.errors import DomainError
from tests.attachments.conftest import MEGABYTE, bytes_in
from tests.factories import attachments as files

pytestmark = pytest.mark.django_db
HandIn = Callable[..., StoredFileInfo]


def _symlink() -> bytes:
    info = zipfile.ZipInfo("word/link")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return files.office_with(info, b"/etc/passwd")


def _encrypted() -> bytes:
    whole = bytearray(files.office({"word/x.xml": b"x"}))
    place = whole.rindex(b"word/x.xml") - 46 + 8
    whole[place] |= 1
    return bytes(whole)


BOMB = files.office({"word/media/zero.bin": b"\x00" * (60 * MEGABYTE)})
MANY = files.office({f"word/p{n}.xml": b"" for n in range(600)})
MACRO_TYPE = b'<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
CASES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "file_empty"),
    "html as jpg": (b"<!DOCTYPE html><script>alert(1)</script>", "file_type_unsupported"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "file_type_unsupported"),
    "php": (b"<?php system($_GET[0]);", "file_type_unsupported"),
    "windows program": (b"MZ" + b"\x00" * 200, "file_type_unsupported"),
    "linux program": (b"\x7fELF" + b"\x00" * 200, "file_type_unsupported"),
    "old office": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "file_type_unsupported"),
    "gif with script": (b"GIF89a/*" + b"\x00" * 20 + b"*/=1;alert(1)", "file_type_unsupported"),
    "jpeg of nothing": (b"\xff\xd8\xff\xe0" + b"\x00" * 100, "file_damaged"),
    "half a png": (files.picture("PNG", (300, 300))[:2000], "file_damaged"),
    "pixel flood": (files.png_header(50_000, 50_000), "image_too_many_pixels"),
    "eicar": (EICAR, "file_infected"),
    "eicar behind a picture": (files.picture() + EICAR, "file_infected"),
    "eicar in docx": (files.office({"word/x.xml": EICAR}), "file_infected"),
    "pdf open script": (files.pdf("open_script"), "file_active_content"),
    "pdf launch": (files.pdf("open_launch"), "file_active_content"),
    "pdf open address": (files.pdf("open_uri"), "file_active_content"),
    "pdf named script": (files.pdf("names_script"), "file_active_content"),
    "pdf page action": (files.pdf("page_action"), "file_active_content"),
    "pdf embedded file": (files.pdf("embedded"), "file_active_content"),
    "pdf annotation script": (files.pdf("annotation"), "file_active_content"),
    "pdf dynamic form": (files.pdf("xfa"), "file_active_content"),
    "pdf chained action": (files.pdf("chained"), "file_active_content"),
    "pdf that swells": (files.swelling_pdf(300), "file_damaged"),
    "pdf with password": (files.pdf("encrypted"), "file_damaged"),
    "pdf cut short": (files.pdf()[:200], "file_damaged"),
    "pdf and zip": (files.pdf() + files.office(), "file_mixed_types"),
    "pdf and script": (files.pdf() + b"<script>alert(1)</script>", "file_mixed_types"),
    "plain zip": (files.office(main="readme.txt"), "file_type_unsupported"),
    "both office kinds": (files.office({files.SHEET: b"<x/>"}), "file_type_unsupported"),
    "macro": (files.office({"word/vbaProject.bin": b"\x00"}), "file_active_content"),
    "macro by type": (files.office({"word/t.xml": MACRO_TYPE}), "file_active_content"),
    "embedded object": (files.office({"word/embeddings/oleObject1.bin": b"x"}), "file_active_content"),
    "nested zip": (files.office({"word/media/in.bin": files.office()}), "file_active_content"),
    "program inside": (files.office({"word/media/x.png": b"MZ\x90"}), "file_active_content"),
    "external template": (files.office({"word/_rels/s.rels": b'Type="x/attachedTemplate"'}), "file_active_content"),
    "xml entities": (files.office({"word/y.xml": b'<!DOCTYPE a [<!ENTITY b "c">]>'}), "file_active_content"),
    "zip slip": (files.office({"../../evil.xml": b"x"}), "file_damaged"),
    "absolute name": (files.office({"/etc/cron.d/x": b"x"}), "file_damaged"),
    "symlink": (_symlink(), "file_damaged"),
    "encrypted zip": (_encrypted(), "file_damaged"),
    "zip bomb": (BOMB, "file_unpacks_too_large"),
    "too many entries": (MANY, "file_unpacks_too_large"),
    "sizes that lie": (files.lying_office(5 * MEGABYTE, 10), "file_unpacks_too_large"),
    "a size that lies a little": (files.lying_office(900, 10), "file_damaged"),
    "overlapping entries": (files.overlapping_office(), "file_unpacks_too_large"),
    "something before the zip": (b"PK\x03\x04junk" + files.office(), "file_mixed_types"),
    "something behind the zip": (files.office() + b"<script>", "file_mixed_types"),
}


@pytest.mark.parametrize("case", CASES, ids=lambda name: name.replace(" ", "-"))
def test_refused_and_nothing_left(case: str, hand_in: HandIn, folder: Path) -> None:
    """The right code, a remedy in both languages, and no trace."""
    data, code = CASES[case]
    with pytest.raises(DomainError) as refusal:
        hand_in(data, "照片.jpg")
    assert refusal.value.code.code == code
    for language in ("zh-hans", "en"):
        assert "{" not in refusal.value.code.spec.detail.render(language, **refusal.value.params)
    assert bytes_in(folder) == []
    assert not StoredFile.objects.exists()
    assert not JournalLine.objects.filter(action="attachments.stored").exists()


def test_an_endless_stream_stops_at_the_limit(hand_in: HandIn, folder: Path) -> None:
    """10 GB without a length: refused after the limit and at most one chunk more."""
    taken = 0

    def endless() -> Iterator[bytes]:
        nonlocal taken
        for _ in range(160 * 1024):
            taken += 65536
            yield b"\xff\xd8\xff" + b"\x00" * 65533

    with pytest.raises(DomainError) as refusal:
        hand_in(endless(), max_bytes=2 * MEGABYTE)
    assert refusal.value.status == 413
    assert refusal.value.params["megabytes"] == "2"
    assert taken <= 2 * MEGABYTE + 65536
    assert bytes_in(folder) == []


def test_an_announced_length_is_refused_unread(hand_in: HandIn, folder: Path) -> None:
    """With a length, not one byte is read."""

    class Announced(io.BytesIO):
        size = 10 * 1024 * MEGABYTE

        def read(self, *_: object) -> bytes:
            raise AssertionError("read although too large")

    with pytest.raises(DomainError) as refusal:
        hand_in(Announced())
    assert refusal.value.status == 413
    assert bytes_in(folder) == []


def test_what_is_not_accepted_here(hand_in: HandIn, folder: Path) -> None:
    """A good file of a kind this material does not take."""
    with pytest.raises(DomainError) as refusal:
        hand_in(files.pdf(), accepts=["image/jpeg", "image/png"])
    assert refusal.value.code.code == "file_type_not_accepted"
    assert refusal.value.params == {"accepted": "jpg、png"}
    assert bytes_in(folder) == []


def test_an_upload_that_breaks_off_leaves_nothing(hand_in: HandIn, folder: Path) -> None:
    """The phone lost its network in the middle."""

    def broken() -> Iterator[bytes]:
        yield files.pdf()[:100]
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        hand_in(broken())
    assert bytes_in(folder) == []


def test_a_failure_in_the_database_leaves_no_bytes(
    hand_in: HandIn, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Row, line and bytes come together or not at all."""

    def fail(**_: object) -> None:
        raise RuntimeError("journal down")

    monkeypatch.setattr("backend.attachments.services.storing.record", fail)
    with pytest.raises(RuntimeError):
        hand_in(files.pdf())
    assert bytes_in(folder) == []
    assert not StoredFile.objects.exists()

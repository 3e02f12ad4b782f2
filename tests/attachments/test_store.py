"""Issue 2, section 6, Materials: streamed in, cleaned, counted, handed out by range, removed."""

from __future__ import annotations

import hashlib
import io
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PIL import Image

from backend.attachments import selectors, services
from backend.attachments.models import StoredFile, UploadPolicy
from backend.attachments.types import ByteRange, FileState, ScanState, StoredFileInfo
from backend.journal.models import JournalLine
from kernel import clock
from kernel.actors import Actor, ActorKind
from kernel.errors import DomainError
from kernel.ids import uuid7
from tests.attachments.conftest import bytes_in
from tests.factories import attachments as files

pytestmark = pytest.mark.django_db
HandIn = Callable[..., StoredFileInfo]


def body(file_id: UUID, wanted: ByteRange | None = None) -> bytes:
    """All bytes that are handed out."""
    return b"".join(selectors.stream(file_id, wanted))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_pictures_lose_everything_but_their_pixels(hand_in: HandIn, kind: str) -> None:
    """No GPS, no description, upright; found by content whatever the name says."""
    sent = files.picture(kind, secret="家庭住址SECRET")
    info = hand_in(sent, "../照片.php.pdf")
    got = body(info.id)
    image = Image.open(io.BytesIO(got))
    assert (image.format, image.size, dict(image.getexif())) == (kind, (40, 60), {})
    assert b"SECRET" not in got
    assert (info.size, info.sha256) == (len(got), hashlib.sha256(got).hexdigest())
    assert info.sent_sha256 == hashlib.sha256(sent).hexdigest()
    assert info.filename.startswith("照片_php.")
    assert info.scan is ScanState.UNSCANNED


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (files.pdf(), "application/pdf"),
        (files.pdf("open_page"), "application/pdf"),
        (files.office(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (files.office(main=files.SHEET), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_documents_stay_byte_for_byte(hand_in: HandIn, data: bytes, media_type: str) -> None:
    """So that a signature in them still holds."""
    info = hand_in(data, accepts=[media_type])
    assert info.media_type == media_type
    assert body(info.id) == data


def test_a_part_of_a_file(hand_in: HandIn) -> None:
    """Both ends of a range are included."""
    data = files.pdf()
    info = hand_in(data)
    assert body(info.id, ByteRange(5, 14)) == data[5:15]
    assert body(info.id, ByteRange(len(data) - 1, len(data) - 1)) == data[-1:]


def test_the_name_is_encrypted_at_rest_and_absent_from_the_journal(hand_in: HandIn) -> None:
    """Names of files hold names of people."""
    info = hand_in(files.pdf(), "张建国身份证.pdf")
    row = StoredFile.objects.filter(pk=info.id).extra(select={"raw": "filename"}).get()
    assert info.filename == "张建国身份证.pdf"
    assert "张建国".encode() not in bytes(row.raw)
    line = JournalLine.objects.get(action="attachments.stored")
    assert (line.subject_id, "张建国" in line.data) == (info.owner_id, False)
    assert info.sha256 in line.data


def test_one_person_cannot_fill_the_disk(hand_in: HandIn) -> None:
    """The quota is a row, holds per person, and discarding frees it."""
    UploadPolicy.objects.create(valid_from=clock.today(), citizen_max_files=2)
    first = hand_in(files.pdf())
    hand_in(files.pdf())
    with pytest.raises(DomainError) as refusal:
        hand_in(files.pdf())
    assert refusal.value.code.code == "file_quota_exceeded"
    other = Actor(ActorKind.CITIZEN, user_id=uuid7())
    hand_in(files.pdf(), actor=other)
    services.discard(actor=Actor(ActorKind.CITIZEN, user_id=first.uploaded_by), file_id=first.id)
    hand_in(files.pdf())


def test_discarding(hand_in: HandIn, citizen: Actor, folder: Path, django_capture_on_commit_callbacks: Any) -> None:
    """Only the uploader; the bytes go after commit, the record that they were there stays."""
    info = hand_in(files.pdf())
    for stranger in (Actor(ActorKind.CITIZEN, user_id=uuid7()), Actor.anonymous()):
        with pytest.raises(DomainError) as refusal:
            services.discard(actor=stranger, file_id=info.id)
        assert refusal.value.status == 404
    assert len(body(info.id)) == info.size
    with django_capture_on_commit_callbacks(execute=True):
        services.discard(actor=citizen, file_id=info.id)
        services.discard(actor=citizen, file_id=info.id)
    assert bytes_in(folder) == []
    with pytest.raises(DomainError):
        selectors.stream(info.id)
    assert StoredFile.objects.get(pk=info.id).sha256 == info.sha256
    assert JournalLine.objects.filter(action="attachments.discarded").count() == 1


def test_bytes_without_a_row_are_swept(hand_in: HandIn, folder: Path) -> None:
    """What a crash left behind goes after an hour, what is kept stays."""
    info = hand_in(files.pdf())
    for path in (folder / "quarantine" / "x", folder / "files" / "aa" / "bb" / str(uuid7())):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"left")
    assert services.remove_leftovers() == 0
    long_ago = time.time() - 7200
    for path in bytes_in(folder):
        os.utime(path, (long_ago, long_ago))
    assert services.remove_leftovers() == 2
    assert len(body(info.id)) == info.size


class StubClamd(threading.Thread):
    """Answers INSTREAM as clamd does, and keeps what it was sent."""

    def __init__(self, answer: bytes) -> None:
        super().__init__(daemon=True)
        self.answer, self.seen = answer, b""
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"tcp://127.0.0.1:{self.listener.getsockname()[1]}"

    def run(self) -> None:
        """Serve until the listener is closed."""
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as stream:
                assert stream.read(10) == b"zINSTREAM\0"
                while length := int.from_bytes(stream.read(4), "big"):
                    self.seen += stream.read(length)
                connection.sendall(self.answer + b"\0")


@pytest.fixture
def clamd(settings: Any) -> Iterator[Callable[[bytes], StubClamd]]:
    """Start a scanner that gives this answer."""
    running: list[StubClamd] = []

    def start(answer: bytes) -> StubClamd:
        stub = StubClamd(answer)
        stub.start()
        running.append(stub)
        settings.CLAMD_ADDRESS = stub.address
        return stub

    yield start
    for stub in running:
        stub.listener.close()


def test_a_clean_file_passes_the_scanner(hand_in: HandIn, clamd: Callable[[bytes], StubClamd]) -> None:
    """It saw the very bytes that came in."""
    stub = clamd(b"stream: OK")
    data = files.picture()
    info = hand_in(data)
    assert (info.state, info.scan) == (FileState.READY, ScanState.CLEAN)
    assert stub.seen == data


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"stream: Win.Test.EICAR_HDB-1 FOUND", "file_infected"),
        (b"INSTREAM size limit exceeded. ERROR", "file_unpacks_too_large"),
    ],
)
def test_an_infected_file_is_not_kept(
    hand_in: HandIn, clamd: Callable[[bytes], StubClamd], folder: Path, answer: bytes, code: str
) -> None:
    """Neither is one the scanner could not read whole."""
    clamd(answer)
    with pytest.raises(DomainError) as refusal:
        hand_in(files.pdf())
    assert refusal.value.code.code == code
    assert bytes_in(folder) == []
    assert not StoredFile.objects.exists()


def test_with_the_scanner_down_nobody_reads_the_file(
    hand_in: HandIn, clamd: Callable[[bytes], StubClamd], settings: Any
) -> None:
    """Kept, but quarantined; passed when the scanner is back."""
    settings.CLAMD_ADDRESS = "tcp://127.0.0.1:1"
    info = hand_in(files.pdf())
    assert (info.state, info.scan) == (FileState.QUARANTINED, ScanState.PENDING)
    with pytest.raises(DomainError) as refusal:
        selectors.stream(info.id)
    assert refusal.value.code.code == "file_in_quarantine"
    assert services.rescan_quarantined() == 0
    clamd(b"some unclear answer")
    assert services.rescan_quarantined() == 0
    clamd(b"stream: OK")
    assert services.rescan_quarantined() == 1
    assert len(body(info.id)) == info.size


def test_a_quarantined_file_that_proves_infected_is_destroyed(
    hand_in: HandIn,
    clamd: Callable[[bytes], StubClamd],
    settings: Any,
    folder: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    """The row says why it is gone."""
    settings.CLAMD_ADDRESS = "tcp://127.0.0.1:1"
    info = hand_in(files.pdf())
    clamd(b"stream: X FOUND")
    with django_capture_on_commit_callbacks(execute=True):
        services.rescan_quarantined()
    row = StoredFile.objects.get(pk=info.id)
    assert (row.state, row.scan) == (FileState.DISCARDED, ScanState.INFECTED)
    assert bytes_in(folder) == []

"""Voice notes are told by their structure: sound and nothing else passes (F37)."""

from __future__ import annotations

import io

import pytest

from backend.attachments.rules import sniff
from backend.attachments.rules.content import ZIP_END
from backend.attachments.rules.sounds import check_sound
from backend.attachments.types import AttachmentError, MediaType
from kernel.errors import DomainError
from tests.factories.inquiries import voice


def box(kind: bytes, body: bytes) -> bytes:
    return (len(body) + 8).to_bytes(4) + kind + body


def m4a(handler: bytes = b"soun") -> bytes:
    track = box(b"trak", box(b"mdia", box(b"hdlr", b"\0" * 8 + handler + b"\0" * 12)))
    return box(b"ftyp", b"M4A \0\0\0\0") + box(b"moov", track) + box(b"mdat", b"\0" * 64)


OGG = b"OggS\0\x02" + b"\0" * 20 + b"\x01\x13OpusHead" + b"\0" * 200
WEBM = b"\x1aE\xdf\xa3\x9fB\x82\x84webm" + b"\0" * 40 + b"A_OPUS" + b"\0" * 200
GOOD = {MediaType.M4A: m4a(), MediaType.WAV: voice(), MediaType.OGG: OGG, MediaType.WEBM: WEBM}


@pytest.mark.parametrize("kind", GOOD)
def test_sound_passes_as_what_it_is(kind: MediaType) -> None:
    assert sniff(GOOD[kind][:64]) is kind
    assert check_sound(io.BytesIO(GOOD[kind]), kind) is kind


@pytest.mark.parametrize(
    ("kind", "content", "code"),
    [
        (MediaType.M4A, m4a(b"vide"), AttachmentError.ACTIVE_CONTENT),
        (MediaType.M4A, box(b"ftyp", b"isom\0\0\0\0"), AttachmentError.DAMAGED),
        (MediaType.M4A, m4a()[:-20], AttachmentError.DAMAGED),
        (MediaType.M4A, m4a() + box(b"free", ZIP_END), AttachmentError.POLYGLOT),
        (MediaType.WAV, voice() + b"<script>" * 10, AttachmentError.POLYGLOT),
        (MediaType.WAV, b"RIFF\0\0\0\0WAVE" + b"\0" * 60, AttachmentError.DAMAGED),
        (MediaType.OGG, OGG + b"\x80theora", AttachmentError.ACTIVE_CONTENT),
        (MediaType.WEBM, WEBM + b"V_VP9", AttachmentError.ACTIVE_CONTENT),
        (MediaType.WEBM, WEBM.replace(b"A_OPUS", b"xxxxxx"), AttachmentError.DAMAGED),
    ],
)
def test_what_is_more_or_less_than_sound_is_refused(kind: MediaType, content: bytes, code: AttachmentError) -> None:
    with pytest.raises(DomainError) as refused:
        check_sound(io.BytesIO(content), kind)
    assert refused.value.code is code

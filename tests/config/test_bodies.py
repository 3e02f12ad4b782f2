"""F22: a photograph whose sending breaks off is not taken for a whole one, nor kept under its Idempotency-Key."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import UnreadablePostError

from config.bodies import WholeBody, whole_bodies


class Trickle(io.BytesIO):
    """Gives at most three octets at a time, as sockets may."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(3 if size is None or size < 0 else min(size, 3))


def request_of(body: bytes, announced: int, kind: str = "application/json") -> WSGIRequest:
    made: list[WSGIRequest] = []

    def application(environ: dict[str, Any], _: Any) -> list[bytes]:
        made.append(WSGIRequest(environ))
        return []

    environ = {
        "REQUEST_METHOD": "POST",
        "CONTENT_TYPE": kind,
        "CONTENT_LENGTH": str(announced),
        "wsgi.input": io.BytesIO(body),
    }
    whole_bodies(application)(environ, None)
    return made[0]


def form(content: bytes) -> bytes:
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    return head + content + b"\r\n--x--\r\n"


def test_whole_body_is_read_however_it_trickles_in() -> None:
    body = WholeBody(Trickle(b"0123456789"), 10)
    assert (body.read(4), body.read(), body.read(1)) == (b"0123", b"456789", b"")


def test_whole_form_is_taken() -> None:
    whole = form(b"picture")
    assert request_of(whole, len(whole), "multipart/form-data; boundary=x").FILES["file"].read() == b"picture"


def test_body_that_breaks_off_is_not_taken() -> None:
    with pytest.raises(UnreadablePostError):
        request_of(b'{"a": 1', 8).read()


@pytest.mark.parametrize("arrived", [1, 90, 100, -1])
def test_form_that_breaks_off_is_not_taken(arrived: int) -> None:
    whole = form(b"picture" * 20)
    with pytest.raises(UnreadablePostError):
        assert request_of(whole[:arrived], len(whole), "multipart/form-data; boundary=x").FILES

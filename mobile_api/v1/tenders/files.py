"""Bytes: files that go out, steps of ciphertext that come in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Any
from urllib.parse import quote

from django.http import StreamingHttpResponse
from rest_framework.parsers import BaseParser

from backend.attachments.types import Delivery
from backend.tenders.types import MAX_STEPS_BYTES
from kernel.errors import CommonError, DomainError


class StepsParser(BaseParser):
    """Ciphertext as it is, never more than one call may carry."""

    media_type = "application/octet-stream"

    def parse(self, stream: IO[bytes], media_type: Any = None, parser_context: Any = None) -> Any:
        """The bytes. Raises DomainError 413 beyond the limit."""
        data = stream.read(MAX_STEPS_BYTES + 1)
        if len(data) > MAX_STEPS_BYTES:
            raise DomainError(CommonError.TOO_LARGE)
        return data


def delivered(found: tuple[Delivery, Iterable[bytes]]) -> StreamingHttpResponse:
    """A stored file with the headers that keep browsers from running it."""
    delivery, content = found
    response = StreamingHttpResponse(content, status=delivery.status)
    for name, value in delivery.headers.items():
        response[name] = value
    return response


def attachment(name: str, content: Iterable[bytes], media_type: str, size: int | None = None) -> StreamingHttpResponse:
    """Bytes as a download."""
    response = StreamingHttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    if size is not None:
        response["Content-Length"] = str(size)
    return response

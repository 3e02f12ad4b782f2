"""A request whose body breaks off before its announced length is no request.

The server hands over what arrived, and nothing tells a cut photograph from a short one: it would be judged, and the
refusal kept under the Idempotency-Key with which the phone sends the whole photograph again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]


class _Stream(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...

    def readline(self, size: int = -1, /) -> bytes: ...


def whole_bodies(application: Application) -> Application:
    """The same application; reading a body that breaks off raises OSError, which Django makes UnreadablePostError."""

    def checked(environ: Environ, start_response: Any) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or ""
        if length.isdigit() and "wsgi.input" in environ:
            environ["wsgi.input"] = WholeBody(environ["wsgi.input"], int(length))
        return application(environ, start_response)

    return checked


class WholeBody:
    """A body of a known length, in octets."""

    def __init__(self, stream: _Stream, length: int) -> None:
        self._stream = stream
        self._left = length

    def read(self, size: int = -1, /) -> bytes:
        """So many octets, or all. Raises OSError when the body ends before they came."""
        wanted = self._left if size is None or size < 0 else min(size, self._left)
        parts = []
        while wanted:
            part = self._came(self._stream.read(wanted))
            wanted -= len(part)
            parts.append(part)
        return b"".join(parts)

    def readline(self, size: int = -1, /) -> bytes:
        """The next line. Raises OSError when the body ends before it came."""
        return self._came(self._stream.readline(size)) if self._left else b""

    def _came(self, part: bytes) -> bytes:
        if not part:
            raise OSError(f"the body broke off {self._left} octets before its end")
        self._left -= len(part)
        return part

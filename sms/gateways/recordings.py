"""Sound of phone calls, fetched from where the provider keeps it (Twilio's Recordings resource, 2026)."""

from __future__ import annotations

import re
import time
from typing import BinaryIO
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from requests import RequestException, Response, Session
from urllib3.exceptions import HTTPError

from sms.gateways.http import CONNECT_SECONDS, Call, TrackedAdapter, call_within
from sms.types import RecordingGoneError, RecordingLaterError

TOTAL_SECONDS = 60.0
CHUNK_BYTES = 64 * 1024
_PATH = re.compile(r"/2010-04-01/Accounts/[A-Za-z0-9]{1,40}/Recordings/[A-Za-z0-9]{1,40}")
_GONE = frozenset({400, 404, 410})


def fetch(url: str, target: BinaryIO, max_bytes: int) -> None:
    """Write the sound behind a `RecordingUrl` as WAV. Name and password go to the configured address and nowhere else:
    of what the provider says only the path is taken, and no redirect is followed.

    Raises RecordingLaterError when another try may help, RecordingGoneError when none will.
    """
    path = urlsplit(url).path.removesuffix(".wav")
    if not _PATH.fullmatch(path):
        raise RecordingGoneError("address")
    base = urlsplit(settings.TWILIO_API_BASE)
    try:
        with call_within(TOTAL_SECONDS) as call, Session() as session:
            session.mount("http://", TrackedAdapter())
            session.mount("https://", TrackedAdapter())
            answer = session.get(
                urlunsplit((base.scheme, base.netloc, f"{path}.wav", "", "")),
                auth=(settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN),
                timeout=(CONNECT_SECONDS, TOTAL_SECONDS),
                allow_redirects=False,
                stream=True,
            )
            _check(answer)
            _copy(answer, target, max_bytes, call)
    except (RequestException, HTTPError, OSError) as exc:
        raise RecordingLaterError(type(exc).__name__) from exc


def _check(answer: Response) -> None:
    if answer.status_code in _GONE:
        raise RecordingGoneError(str(answer.status_code))
    if answer.status_code != 200:
        raise RecordingLaterError(str(answer.status_code))


def _copy(answer: Response, target: BinaryIO, max_bytes: int, call: Call) -> None:
    written = 0
    for chunk in answer.iter_content(CHUNK_BYTES):
        written += len(chunk)
        if written > max_bytes:
            raise RecordingGoneError("too large")
        target.write(chunk)
    if call.expired or time.monotonic() > call.ends_at:
        raise RecordingLaterError("deadline")

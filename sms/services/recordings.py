"""The sound of calls that came over the provider's lines."""

from __future__ import annotations

from typing import BinaryIO

from sms.gateways import recordings


def fetch_recording(*, url: str, target: BinaryIO, max_bytes: int) -> None:
    """Write the recording of a call, as WAV, into an open file. Takes up to a minute: never inside a transaction.

    Raises RecordingLaterError, RecordingGoneError (`sms.types`).
    """
    recordings.fetch(url, target, max_bytes)

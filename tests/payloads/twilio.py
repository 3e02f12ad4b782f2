"""Webhook forms as Twilio sends them, signed by our own code, not by the library we verify with."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit


def new_sid(prefix: str = "SM") -> str:
    """A sid in the shape of Twilio's."""
    return prefix + secrets.token_hex(16)


def sign(token: str, url: str, pairs: Iterable[tuple[str, str]]) -> str:
    """The signature by Twilio's published rule: URL, then each name and value sorted by name, HMAC-SHA1, base64."""
    text = url + "".join(name + value for name, value in sorted(pairs))
    return base64.b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()).decode()


@dataclass
class Hook:
    """A webhook request: where it goes, its fields, its signature."""

    url: str
    pairs: list[tuple[str, str]]
    signature: str
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Path and query."""
        parts = urlsplit(self.url)
        return parts.path + (f"?{parts.query}" if parts.query else "")

    @property
    def body(self) -> str:
        """The form, encoded."""
        return urlencode(self.pairs)


def inbound_fields(account: str, *, sender: str, to: str, text: str, sid: str | None = None) -> dict[str, str]:
    """The fields of an inbound text, as recorded from Twilio's documentation (2026), with random ids."""
    sid = sid or new_sid()
    return {
        "ToCountry": "CN",
        "ToState": "",
        "SmsMessageSid": sid,
        "NumMedia": "0",
        "ToCity": "",
        "FromZip": "",
        "SmsSid": sid,
        "FromState": "",
        "SmsStatus": "received",
        "FromCity": "",
        "Body": text,
        "FromCountry": "CN",
        "To": to,
        "ToZip": "",
        "NumSegments": "1",
        "MessageSid": sid,
        "AccountSid": account,
        "From": sender,
        "ApiVersion": "2010-04-01",
    }


def status_fields(account: str, *, sid: str, status: str, to: str, sender: str, code: str = "") -> dict[str, str]:
    """The fields of a status report; `ErrorCode` is there only on failures."""
    fields = {
        "SmsSid": sid,
        "SmsStatus": status,
        "MessageStatus": status,
        "To": to,
        "MessageSid": sid,
        "AccountSid": account,
        "From": sender,
        "ApiVersion": "2010-04-01",
    }
    return {**fields, "ErrorCode": code} if code else fields


def recording_fields(account: str, *, call_sid: str, sid: str, url: str, seconds: int) -> dict[str, str]:
    """The fields of a report that a call's recording is complete, as in Twilio's documentation (2026)."""
    return {
        "AccountSid": account,
        "CallSid": call_sid,
        "RecordingSid": sid,
        "RecordingUrl": url,
        "RecordingStatus": "completed",
        "RecordingDuration": str(seconds),
        "RecordingChannels": "1",
        "RecordingStartTime": "Mon, 23 Nov 2026 01:00:00 +0000",
        "RecordingSource": "DialVerb",
        "RecordingTrack": "both",
    }


def hook(token: str, url: str, fields: dict[str, str] | list[tuple[str, str]]) -> Hook:
    """Sign fields for an address."""
    pairs = list(fields.items()) if isinstance(fields, dict) else fields
    return Hook(url, pairs, sign(token, url, pairs))

"""The call itself: signed, guarded against private addresses, bounded in time, following nothing."""

from __future__ import annotations

from requests import RequestException
from urllib3.exceptions import HTTPError

from backend.partners import rules
from backend.partners.types import Answer, Call
from kernel import egress

LONGEST_WAIT = 24 * 3600.0
_READ_BYTES = 2048


def call(outgoing: Call) -> Answer:
    """Post one webhook. Never raises; without an answer the status is 0 and the detail says why."""
    body = outgoing.body.encode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "suqian-gov-webhooks/1",
        "webhook-id": outgoing.message_id,
        "webhook-timestamp": str(outgoing.timestamp),
        "webhook-signature": rules.sign(outgoing.secrets, outgoing.message_id, outgoing.timestamp, outgoing.body),
    }
    seconds = outgoing.timeout_seconds
    with egress.exchange(guarded=True, seconds=seconds) as running:
        try:
            with egress.session() as session:
                answer = session.post(
                    outgoing.url, data=body, headers=headers, timeout=(egress.CONNECT_SECONDS, seconds),
                    allow_redirects=False, stream=True,
                )  # fmt: skip
                answer.raw.read(_READ_BYTES)
        except (RequestException, HTTPError, OSError, ValueError) as exc:
            return Answer(0, "private_address" if running.refused_address else type(exc).__name__)
        if running.expired:
            return Answer(0, "timeout")
    return Answer(answer.status_code, answer.reason or "", _asked(answer.headers.get("Retry-After")))


def _asked(value: str | None) -> float | None:
    text = (value or "").strip()
    return min(float(text[:9]), LONGEST_WAIT) if text.isascii() and text.isdigit() else None

"""What goes to a push service, and when again. A push service sees no content of a case."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from backend.push.types import Kind, Urgency

MAX_TTL = 28 * 24 * 3600
MAX_HOLD = 3600.0
MAX_TITLE = 60
MAX_BODY = 120
_TOPIC = re.compile(r"[A-Za-z0-9_-]{1,32}")
_NAME = re.compile(r"[A-Za-z0-9_.~-]{1,64}")


def show_payload(*, title: str, body: str, link: str, notification_id: str, badge: int | None) -> dict[str, str]:
    """What a device gets to show: id and link to fetch the content by, a short title, the number of unread notices."""
    payload = {"kind": Kind.SHOW.value, "id": notification_id, "title": title[:MAX_TITLE], "link": link}
    if body:
        payload["body"] = body[:MAX_BODY]
    return payload if badge is None else {**payload, "badge": str(badge)}


def clear_payload(*, notification_ids: Sequence[str], badge: int) -> dict[str, str]:
    """What takes notices off a screen: their ids (none: all of them), and the number still unread."""
    return {"kind": Kind.CLEAR.value, "ids": ",".join(notification_ids), "badge": str(badge)}


def smallest(payload: dict[str, str]) -> dict[str, str]:
    """The message reduced to "open the app" (after 413)."""
    return {"kind": payload["kind"], "id": payload.get("id", "")}


def topic(collapse_key: str) -> str:
    """A collapse key as RFC 8030 Topic: at most 32 URL-safe signs. Raises ValueError for any other."""
    if not _TOPIC.fullmatch(collapse_key):
        raise ValueError("a collapse key has 1 to 32 signs of A-Z a-z 0-9 _ -")
    return collapse_key


def checked_topic(name: str) -> str:
    """The name of a topic. Raises ValueError for one that is not 1 to 64 signs of A-Z a-z 0-9 _ . ~ -"""
    if not _NAME.fullmatch(name):
        raise ValueError("a topic has 1 to 64 signs of A-Z a-z 0-9 _ . ~ -")
    return name


def clamp_ttl(seconds: int) -> int:
    """Time to live in seconds, between 0 and four weeks."""
    return min(max(seconds, 0), MAX_TTL)


def next_try(delays: Sequence[int], failures: int, now: datetime) -> datetime:
    """When to try again after `failures` (≥ 1) failed tries; the last delay repeats."""
    return now + timedelta(seconds=delays[min(failures, len(delays)) - 1])


def retry_after(value: str | None, answered_at: str | None) -> float | None:
    """Seconds asked for by Retry-After, between 1 and 3600; a date is measured against the answer's own Date."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return min(max(float(text[:9]), 1.0), MAX_HOLD)
    until, since = _http_date(text), _http_date(answered_at or "")
    return None if until is None or since is None else min(max((until - since).total_seconds(), 1.0), MAX_HOLD)


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def fcm_priority(urgency: Urgency) -> str:
    """FCM knows two priorities; only what cannot wait wakes a sleeping phone."""
    return "high" if urgency is Urgency.HIGH else "normal"


def is_push_key(text: str, size: int, first: int | None = None) -> bool:
    """Whether a URL-safe base64 text holds so many bytes (an uncompressed P-256 point begins with 4)."""
    try:
        raw = base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (ValueError, binascii.Error, UnicodeError):
        return False
    return len(raw) == size and (first is None or raw[0] == first)

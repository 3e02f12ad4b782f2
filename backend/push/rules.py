"""What goes to a push service, and when again. A push service sees no content of a case."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from backend.push.types import Kind, Urgency

MAX_TTL = 28 * 24 * 3600
MAX_HOLD = 3600.0
MAX_TITLE = 60
MAX_BODY = 120
_TOPIC = re.compile(r"[A-Za-z0-9_-]{1,32}")
_NAT64 = ip_network("64:ff9b::/96")


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


# -- addresses


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a browser's push service is."""

    scheme: str
    host: str
    port: int

    @property
    def origin(self) -> str:
        """Scheme and host, the port only when it is not the usual one: also VAPID's audience."""
        usual = {"https": 443, "http": 80}[self.scheme]
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == usual else f":{self.port}")


def read_endpoint(url: str) -> Endpoint | None:
    """The parts of an http(s) address without user and fragment; None for anything else."""
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").rstrip(".")
        host.encode("ascii")
    except (ValueError, UnicodeError):
        return None
    if parts.scheme not in {"https", "http"} or not host or "@" in parts.netloc or parts.fragment:
        return None
    if any(sign <= " " or sign in '\\"<>^`{|}' for sign in url):
        return None
    return Endpoint(parts.scheme, host, port or {"https": 443, "http": 80}[parts.scheme])


def is_public(address: str) -> bool:
    """Whether an IP address is on the open internet, looking through the forms that wrap one address in another."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = _wrapped(found) if isinstance(found, IPv6Address) else None
    if inner is not None:
        return is_public(str(inner))
    return found.is_global and not found.is_multicast and not found.is_reserved


def _wrapped(address: IPv6Address) -> IPv4Address | None:
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)


def is_named(allow: Sequence[str], host: str, port: int, address: str) -> bool:
    """Whether the operator lets this through: an entry is a host, an address or a network, with or without a port."""
    return any(_names(entry, host, port, address) for entry in allow)


def _names(entry: str, host: str, port: int, address: str) -> bool:
    bare = entry.strip().rpartition("://")[2].rstrip("/") if "://" in entry else entry.strip()
    name, _, wanted = bare.rpartition(":") if bare.count(":") == 1 or bare.startswith("[") else (bare, "", "")
    name = (name or bare).strip("[]")
    if wanted and wanted != str(port):
        return False
    if name.lower() == host.lower():
        return True
    try:
        return bool(address) and ip_address(address) in ip_network(name, strict=False)
    except ValueError:
        return False


def is_push_key(text: str, size: int, first: int | None = None) -> bool:
    """Whether a URL-safe base64 text holds so many bytes (an uncompressed P-256 point begins with 4)."""
    try:
        raw = base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (ValueError, binascii.Error, UnicodeError):
        return False
    return len(raw) == size and (first is None or raw[0] == first)

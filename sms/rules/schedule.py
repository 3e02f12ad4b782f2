"""When a text goes, goes again, waits for the morning, or is given up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from sms.types import SendingPolicy

SHANGHAI = ZoneInfo("Asia/Shanghai")
LONGEST_HOLD = 3600.0
JITTER = 0.2


def after_quiet(policy: SendingPolicy, moment: datetime) -> datetime:
    """`moment`, or the end of the quiet hours it falls into. The start is quiet, the end is not (21:00–08:00)."""
    start, end = policy.quiet_from, policy.quiet_until
    if start is None or end is None or start == end:
        return moment
    wall = moment.astimezone(SHANGHAI)
    clock = wall.time()
    quiet = start <= clock < end if start < end else clock >= start or clock < end
    if not quiet:
        return moment
    opening = wall.replace(hour=end.hour, minute=end.minute, second=0, microsecond=0)
    if opening <= wall:
        opening += timedelta(days=1)
    return opening.astimezone(UTC)


def next_try(policy: SendingPolicy, failures: int, now: datetime, *, spread: float = 0.0) -> datetime:
    """When to try again after `failures` (≥ 1) failed tries: the policy's delay, up to 20 % later by `spread` (0–1)."""
    delay = policy.delays[min(failures, len(policy.delays)) - 1]
    return after_quiet(policy, now + delay * (1 + JITTER * min(max(spread, 0.0), 1.0)))


def is_over(give_up_at: datetime, due_at: datetime) -> bool:
    """Whether a try at `due_at` would come too late to be of use."""
    return due_at >= give_up_at


def give_up_time(policy: SendingPolicy, queued_at: datetime) -> datetime:
    """The moment after which no try is begun. A text held back by quiet hours has its budget from their end on."""
    return after_quiet(policy, queued_at) + policy.give_up


def retry_after(value: str | None, answered_at: str | None) -> float | None:
    """Seconds asked for by a Retry-After header, between 1 and 3600; None without a usable one.

    The header is a number of seconds or an HTTP date; a date is measured against the Date header of the same answer, so
    that no clock of ours takes part.
    """
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return min(max(float(text[:9]), 1.0), LONGEST_HOLD)
    until, since = _http_date(text), _http_date(answered_at or "")
    if until is None or since is None:
        return None
    return min(max((until - since).total_seconds(), 1.0), LONGEST_HOLD)


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

"""Limits of the kind "so many in so many seconds"."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` in any `seconds`."""

    count: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Reached:
    """A limit that is reached, and when it lets through again."""

    limit: Limit
    free_at: datetime


def parse_limits(spec: str) -> tuple[Limit, ...]:
    """Read `1/60,5/3600`: once in 60 seconds, five times in an hour. Raises ValueError for anything else."""
    limits = []
    for part in spec.split(","):
        count, _, seconds = part.strip().partition("/")
        limits.append(Limit(int(count), int(seconds)))
    return tuple(limits)


def reached(limits: Sequence[Limit], times: Sequence[datetime], now: datetime) -> Reached | None:
    """The limit that keeps longest from doing it again at `now`; None when none does. `times` in any order."""
    found = [hit for limit in limits if (hit := _hit(limit, times, now)) is not None]
    return max(found, key=lambda hit: hit.free_at, default=None)


def _hit(limit: Limit, times: Sequence[datetime], now: datetime) -> Reached | None:
    window = timedelta(seconds=limit.seconds)
    recent = sorted((moment for moment in times if moment > now - window), reverse=True)
    if len(recent) < limit.count:
        return None
    free_at = recent[limit.count - 1] + window if limit.count else now + window
    return Reached(limit, free_at)


def network_of(address: str) -> str:
    """The neighbourhood of an address: /24 of IPv4, /48 of IPv6. What is no address is its own neighbourhood."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network(f"{address}/{24 if parsed.version == 4 else 48}", strict=False))


def source_of(address: str) -> str:
    """What one subscriber line looks like: an IPv4 address, a /64 of IPv6."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return address if parsed.version == 4 else str(ipaddress.ip_network(f"{address}/64", strict=False))

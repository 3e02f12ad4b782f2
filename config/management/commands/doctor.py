"""`manage.py doctor`: one line for each thing that keeps the system well; exit code 1 when something is not."""

from __future__ import annotations

import shutil
import socket
import ssl
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from psycopg_pool import PoolTimeout

from backend.operations import selectors
from config import health
from sms.selectors import credit

OLD_SECONDS, FREE_PERCENT, CERTIFICATE_DAYS = 120.0, 10, 21
OTP_SECONDS = 30.0


class Command(BaseCommand):
    """Look at everything and say what is wrong in words a caretaker understands."""

    help = "Check database, Valkey, waiting messages, carriers, workers, SMS credit, clock, disk and certificates"

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the findings; raise CommandError when one is bad."""
        bad = 0
        for name, check in CHECKS.items():
            try:
                ok, words = check()
            except (DatabaseError, PoolTimeout, OSError) as exc:
                ok, words = False, type(exc).__name__
            bad += not ok
            self.stdout.write(f"  {'ok  ' if ok else 'BAD '} {name:<14} {words}")
        if bad:
            raise CommandError(f"{bad} of {len(CHECKS)} need attention: docs/runbooks/recovery.md")


Finding = tuple[bool, str]


def _database() -> Finding:
    started = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        version = cursor.fetchone()[0]
    return True, f"PostgreSQL {version}, answers in {(time.perf_counter() - started) * 1000:.0f} ms"


def _valkey() -> Finding:
    ok = bool(health._valkey()["ok"])  # noqa: SLF001 - the same look as /readyz
    return ok, "answers" if ok else "does not answer"


def _outbox() -> Finding:
    found = selectors.channels()["events"]
    parked = sum(found["parked"].values())
    ok = found["oldest_seconds"] < OLD_SECONDS and not parked
    return ok, f"oldest event {found['oldest_seconds']:.0f} s, parked {parked}"


def _texts() -> Finding:
    rows = selectors.channels()["texts"]
    late = [row for row in rows if row["oldest_seconds"] > (OTP_SECONDS if row["purpose"] == "otp" else OLD_SECONDS)]
    words = ", ".join(f"{row['purpose']} {row['number']} (oldest {row['oldest_seconds']:.0f} s)" for row in rows)
    return not late, words or "nothing waits"


def _carriers() -> Finding:
    rows = selectors.channels()["carriers"]
    words = ", ".join(f"{row['gateway']} {row['share']} % {row['circuit']}" for row in rows)
    return any(row["circuit"] != "open" for row in rows), words


def _webhooks() -> Finding:
    found = selectors.channels()["webhooks"]
    ok = not found["parked"] and not found["disabled"]
    return ok, f"waiting {found['number']}, parked {found['parked']}, endpoints disabled {found['disabled']}"


def _workers() -> Finding:
    rows = selectors.channels()["queues"]
    silent = [row["queue"] for row in rows if row["silent_seconds"] is None or row["silent_seconds"] > OLD_SECONDS]
    if not rows:
        return False, "the relay has never knocked"
    return not silent, f"silent: {', '.join(silent)}" if silent else f"{len(rows)} queues answer"


def _credit() -> Finding:
    found = credit()
    return found.is_enough, found.words


def _clock() -> Finding:
    skew = float(str(health._clock()["skew_seconds"]))  # noqa: SLF001 - the same look as /readyz
    return abs(skew) < health.MAX_SKEW_SECONDS, f"{skew:+.3f} s against the database"


def _disk() -> Finding:
    places = {str(Path(place).anchor or "/") for place in (settings.ATTACHMENTS_ROOT, Path.cwd())}
    free = min(100 * usage.free // usage.total for usage in map(shutil.disk_usage, places))
    return free >= FREE_PERCENT, f"{free} % free"


def _certificates() -> Finding:
    names = {urlsplit(url).hostname: urlsplit(url).port or 443 for url in _secure_addresses()}
    if not names:
        return True, "no https address of ours"
    days = {name: _days_left(name, port) for name, port in names.items() if name}
    return min(days.values()) >= CERTIFICATE_DAYS, ", ".join(f"{name} {left} days" for name, left in days.items())


def _secure_addresses() -> list[str]:
    return [url for url in (settings.PUBLIC_BASE_URL, settings.REALTIME_PUBLIC_URL) if url.startswith(("https", "wss"))]


def _days_left(host: str, port: int) -> int:
    context = ssl.create_default_context()
    with socket.create_connection((host, port), 3) as plain, context.wrap_socket(plain, server_hostname=host) as tls:
        expires = str((tls.getpeercert() or {})["notAfter"])
    return (datetime.fromtimestamp(ssl.cert_time_to_seconds(expires), UTC) - datetime.now(UTC)).days


CHECKS: dict[str, Callable[[], Finding]] = {
    "database": _database,
    "valkey": _valkey,
    "events": _outbox,
    "texts": _texts,
    "carriers": _carriers,
    "webhooks": _webhooks,
    "workers": _workers,
    "sms credit": _credit,
    "clock": _clock,
    "disk": _disk,
    "certificates": _certificates,
}

"""`python -m tests.faults [NAME …]`: put each fault into a running product and print what became of it.

A line for each: how often it was injected, how long until all was well again, what was lost, what came twice. Exit
code 1 when anything was lost or doubled.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import django

from tests.faults import carriers, partners, processes
from tests.faults.rig import Finding, Rig, rig


def _later(module: str, name: str) -> Callable[[Rig], Finding]:
    """A fault that needs the product's own code, which can be read only once Django knows the product."""

    def fault(running: Rig) -> Finding:
        found: Finding = getattr(import_module(f"tests.faults.{module}"), name)(running)
        return found

    return fault


FAULTS: dict[str, Callable[[Rig], Finding]] = {
    "killed_after_taking": processes.killed_after_taking,
    "killed_before_taking": processes.killed_before_taking,
    "stopped_child": processes.stopped_child,
    "relay_killed": processes.relay_killed,
    "broker_frozen": processes.broker_frozen,
    "broker_killed": processes.broker_killed,
    "database_killed": processes.database_killed,
    "deaf_worker": processes.deaf_worker,
    "asked_to_wait": carriers.asked_to_wait,
    "one_down": carriers.one_down,
    "both_down": carriers.both_down,
    "answers_lost": carriers.answers_lost,
    "smpp_resets": carriers.smpp_resets,
    "refused_for_good": carriers.refused_for_good,
    "repeated_webhooks": carriers.repeated_webhooks,
    "reports_in_any_order": carriers.reports_in_any_order,
    "forged_webhooks": carriers.forged_webhooks,
    "partner_in_trouble": partners.partner_in_trouble,
    "beats_doubled_and_frozen": _later("deadlines", "beats_doubled_and_frozen"),
    "rating_garbage": _later("ratings", "rating_garbage"),
    "rating_conflicts": _later("ratings", "rating_conflicts"),
    "web_killed_after_commit": _later("requests", "web_killed_after_commit"),
    "costly_requests": _later("requests", "costly_requests"),
    "socket_abuse": _later("sockets", "socket_abuse"),
    "canaries": _later("leaks", "canaries"),
}
_PROCESSES = set(list(FAULTS)[:8])


def main() -> int:
    """Run the named faults, or all."""
    wanted = sys.argv[1:] or list(FAULTS)
    unknown = set(wanted) - set(FAULTS)
    if unknown:
        print(f"  no such fault: {', '.join(sorted(unknown))}; there are {', '.join(FAULTS)}", file=sys.stderr)
        return 2
    started = time.monotonic()
    with rig() as running:
        enter(running.product.var)
        print(f"  {'fault':<22} injected  recovered in  lost  doubled", flush=True)
        good = [play(running, name) for name in wanted]
    print(f"  {sum(good)} of {len(good)} good, {time.monotonic() - started:.0f} s", flush=True)
    return 0 if all(good) else 1


def enter(var: Path) -> None:
    """Set Django up on the product's database, with its keys."""
    tell = "import json, os; print(json.dumps(dict(os.environ)))"
    script = ["/bin/sh", "-c", '. "$0" && exec "$@"', str(var / "env.sh"), sys.executable, "-c", tell]
    os.environ.update(json.loads(subprocess.run(script, check=True, capture_output=True, text=True).stdout))
    os.environ.update(SMS_QUIET_HOURS_OFF="1", EGRESS_ALLOW="127.0.0.1", LOG_LEVEL="ERROR")
    django.setup()
    logging.disable(logging.ERROR)  # that the database is away is what was asked for


def play(running: Rig, name: str) -> bool:
    """One fault; a line about it."""
    if name in _PROCESSES:
        running.share(100)
    found = FAULTS[name](running)
    remarks = "; ".join([found.note, *found.wrong]).strip("; ")
    print(
        f"  {name:<22} {found.injected:>8}  {found.seconds:>10.1f} s  {found.lost:>4}  {found.doubled:>7}"
        f"  {'' if found.is_good else 'BAD '}{remarks}",
        flush=True,
    )
    return found.is_good


if __name__ == "__main__":
    sys.exit(main())

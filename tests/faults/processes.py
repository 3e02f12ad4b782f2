"""Faults of our own processes and services (F01, F02, F04, F05, F06, F08)."""

from __future__ import annotations

import subprocess
import sys
import time
from random import Random

import redis

from tests.embedded.survivors import descendants
from tests.faults.rig import Finding, Rig

TEXTS, KILLS = 12, 4


def killed_after_taking(rig: Rig) -> Finding:
    """F01: the worker dies after the carrier took the text, before it answered."""
    return _killed(rig, "after")


def killed_before_taking(rig: Rig) -> Finding:
    """F02: the worker dies with the call begun, before the carrier took anything."""
    return _killed(rig, "before")


def _killed(rig: Rig, moment: str) -> Finding:
    done, among = [], Random(1)

    def kill() -> None:
        if len(done) >= KILLS:
            return
        done.append(1)
        if len(done) % 2:
            rig.product.kill_child("worker", among)
        else:
            rig.product.kill("worker")
        if moment == "before":
            raise ConnectionAbortedError

    setattr(rig.twilio, moment, kill)
    try:
        numbers = rig.queue(TEXTS)
        finding = rig.settle(numbers, KILLS)
    finally:
        setattr(rig.twilio, moment, None)
    finding.injected = len(done)
    return finding


def relay_killed(rig: Rig) -> Finding:
    """The relay dies three times while texts wait to be handed over."""
    numbers = []
    for _ in range(3):
        numbers += rig.queue(5)
        rig.product.kill("relay")
    return rig.settle(numbers, 3)


def broker_frozen(rig: Rig) -> Finding:
    """F04: Valkey stands still for 20 s while 60 texts are queued."""
    import threading  # noqa: PLC0415 - only here

    thread = threading.Thread(target=rig.freeze, args=("Valkey", 20.0))
    thread.start()
    time.sleep(0.5)
    started = time.monotonic()
    numbers = rig.queue(60)
    queued = time.monotonic() - started
    thread.join()
    finding = rig.settle(numbers, 1, f"60 queued in {queued:.1f} s meanwhile")
    if finding.seconds > 60:
        finding.wrong.append("more than 60 s")
    return finding


def broker_killed(rig: Rig) -> Finding:
    """F05: Valkey dies, comes back, is emptied, and loses its subscribers' connections."""
    numbers = rig.queue(10)
    rig.product.kill("Valkey")
    numbers += rig.queue(10)
    time.sleep(3)
    with redis.Redis.from_url(_broker(rig)) as client:
        client.flushall()
        client.execute_command("CLIENT", "KILL", "TYPE", "pubsub")
    numbers += rig.queue(10)
    return rig.settle(numbers, 3)


def database_killed(rig: Rig) -> Finding:
    """F06: PostgreSQL dies at once, twice, while texts are queued."""
    numbers = rig.queue(10)
    for _ in range(2):
        rig.product.kill("PostgreSQL")
        numbers += rig.queue(10)
    return rig.settle(numbers, 2)


def deaf_worker(rig: Rig) -> Finding:
    """F05: a worker that is up but no longer listens to its queue: found by unanswered knocks and started again."""
    before = rig.product.known["pids"]["codes"]
    time.sleep(12)
    _control(rig, "cancel_consumer", "otp")
    started = time.monotonic()
    rig.until(lambda: rig.product.known["pids"].get("codes", before) != before)
    noticed = time.monotonic() - started
    numbers = rig.queue(5, "otp")
    finding = rig.settle(numbers, 1, f"ended itself after {noticed:.0f} s")
    if rig.product.known["pids"].get("codes") == before:
        finding.wrong.append("never noticed")
    return finding


def stopped_child(rig: Rig) -> Finding:
    """F08: a worker's child is killed again and again while it works; the others go on."""
    numbers = rig.queue(30)
    among, done = Random(2), 0
    for _ in range(4):
        time.sleep(0.5)
        if descendants(rig.product.known["pids"].get("worker", 0)):
            rig.product.kill_child("worker", among)
            done += 1
    return rig.settle(numbers, done)


def _broker(rig: Rig) -> str:
    line = next(one for one in (rig.product.var / "env.sh").read_text().splitlines() if "REDIS_URL" in one)
    return line.split("=", 1)[1].strip("'\"")


def _control(rig: Rig, command: str, queue: str) -> None:
    arguments = [sys.executable, "-m", "celery", "-A", "config.celery", "control", command, queue]
    subprocess.run(
        ["/bin/sh", "-c", '. "$0" && exec "$@"', str(rig.product.var / "env.sh"), *arguments],
        check=False,
        capture_output=True,
    )

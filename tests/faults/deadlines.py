"""Faults of what is due at a time (F07)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from config.celery import app
from tests.e2e.product import ROOT
from tests.factories import workflow
from tests.faults.rig import Finding, Rig

START, LIMIT = "2026-09-21", 3  # three working days from a Monday
DUE = workflow.moment("2026-09-24T17:30")
EACH, SWEEPS, SLEEP_SECONDS = 60, 12, 40
_TOLD = "SELECT subject_id::text, data->>'due_at' FROM kernel_outboxevent WHERE type = 'workflow.deadline_expired'"


def beats_doubled_and_frozen(rig: Rig) -> Finding:
    """F07: two beats and a dozen sweeps at once, one worker killed; then neither beat nor relay for a while."""
    with _second_beat(rig):
        subjects = _open(EACH)
        for _ in range(SWEEPS):
            app.send_task("workflow.sweep_deadlines", queue="default")
        rig.product.kill("worker")
        rig.until(lambda: not _missing(rig, subjects))
    time.sleep(5)  # what was asked for before has been done
    asleep = [rig.product.known["pids"][name] for name in ("beat", "relay")]
    _signal(asleep, signal.SIGSTOP)
    try:
        late = _open(EACH)
        time.sleep(SLEEP_SECONDS)
        waited = len(_missing(rig, late))
    finally:
        _signal(asleep, signal.SIGCONT)
    took = rig.until(lambda: not _missing(rig, late))
    told = _told(rig, subjects | late)
    finding = Finding(
        injected=SWEEPS + 3,
        seconds=took,
        lost=len(_missing(rig, subjects | late)),
        doubled=sum(count > 1 for count in Counter(subject for subject, _ in told).values()),
        note=f"{waited} of {EACH} passed while nobody looked",
    )
    if {due for _, due in told} != {DUE.isoformat()}:
        finding.wrong.append("not told with the true due time")
    if took > 60:
        finding.wrong.append("more than 60 s")
    return finding


def _signal(processes: list[int], number: signal.Signals) -> None:
    for process in processes:
        os.kill(process, number)


def _open(count: int) -> set[str]:
    subjects = [workflow.subject() for _ in range(count)]
    for subject in subjects:
        workflow.deadline(subject, START, LIMIT)
    return {str(subject[1]) for subject in subjects}


def _told(rig: Rig, subjects: set[str]) -> list[tuple[Any, ...]]:
    return [row for row in rig.product.query(_TOLD) if row[0] in subjects]


def _missing(rig: Rig, subjects: set[str]) -> set[str]:
    return subjects - {subject for subject, _ in _told(rig, subjects)}


@contextmanager
def _second_beat(rig: Rig) -> Iterator[None]:
    schedule = str(rig.product.var / "second-schedule")
    command = [sys.executable, "-m", "celery", "-A", "config.celery", "beat", "--schedule", schedule, "--pidfile="]
    beat = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        beat.terminate()
        beat.wait(20)

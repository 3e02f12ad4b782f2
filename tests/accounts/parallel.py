"""Doing the same thing many times at once, each in a thread with its own database connection."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection

from kernel.errors import DomainError

Result = TypeVar("Result")


def at_once(acts: Iterable[Callable[[], Result]], *, workers: int = 8) -> list[Result | str]:
    """Start all acts together; each gives its result, or the code with which it was refused."""
    jobs = list(acts)
    gate = threading.Barrier(min(workers, len(jobs)))

    def run(index: int, act: Callable[[], Result]) -> Result | str:
        if index < gate.parties:
            gate.wait(10)
        try:
            return act()
        except DomainError as exc:
            return exc.code.code
        finally:
            connection.close()

    with ThreadPoolExecutor(gate.parties) as pool:
        return [job.result(60) for job in [pool.submit(run, index, act) for index, act in enumerate(jobs)]]

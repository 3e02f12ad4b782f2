"""The relay's loop: wait for a commit anywhere (or two seconds), hand over, pump, again. Survives database restarts."""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

import psycopg
from django.db import DatabaseError, connection

from kernel import outbox

logger = logging.getLogger(__name__)

POLL_SECONDS = 2.0
BATCH = 200


class Relay:
    """One relay process; as many as wanted may run beside each other."""

    def __init__(self, stop: threading.Event) -> None:
        self.stop = stop
        self._next_run: dict[str, float] = {}

    def run(self) -> None:
        """Work until `stop` is set. A lost database is waited for, never fatal."""
        while not self.stop.is_set():
            try:
                with self._listen() as listener:
                    self._serve(listener)
            except (DatabaseError, psycopg.Error) as exc:
                logger.warning("relay_lost_database", extra={"error": type(exc).__name__})
                connection.close()
                self.stop.wait(1.0)

    def _serve(self, listener: psycopg.Connection[Any]) -> None:
        while not self.stop.is_set():
            self._work()
            list(listener.notifies(timeout=POLL_SECONDS, stop_after=1))

    def _listen(self) -> psycopg.Connection[Any]:
        """A connection of its own: one from the pool would keep listening after it was given back."""
        params = connection.get_connection_params()
        params.pop("pool", None)
        listener = psycopg.connect(**params, autocommit=True)
        listener.execute("LISTEN kernel_wake")
        return listener

    def _work(self) -> None:
        while not self.stop.is_set():
            worked = outbox.run_pending(BATCH)
            self._pump(woken=worked > 0)
            if worked < BATCH:
                return

    def _pump(self, *, woken: bool) -> None:
        moment = time.monotonic()
        for pump in outbox.pumps():
            if not woken and moment < self._next_run.get(pump.name, 0.0):
                continue
            self._next_run[pump.name] = moment + pump.every.total_seconds()
            try:
                pump.run()
            except (DatabaseError, psycopg.Error):
                raise
            except Exception:
                logger.exception("pump_failed", extra={"pump": pump.name})

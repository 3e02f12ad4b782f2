"""The whole product as real processes in a folder of its own, to be driven from outside and killed in parts."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from config.embedded import ports
from tests.services_plugin import OWN_VARIABLES

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 90


class Product:
    """A running installation."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.output = var / "output.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, command: str = "run") -> None:
        """Start the parent; with `run`, wait until it says where everything is."""
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "config.embedded", command],
                cwd=ROOT,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + START_SECONDS
        while command == "run" and not (self.var / "running.json").exists():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.1)

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in OWN_VARIABLES}
        return {
            **kept,
            "SUQIAN_VAR": str(self.var),
            "WEB_PORT": str(ports.pick()),
            "REALTIME_PORT": str(ports.pick()),
            "EGRESS_ALLOW": ports.HOST,
        }

    @property
    def known(self) -> dict[str, Any]:
        """What `running.json` says now."""
        found: dict[str, Any] = json.loads((self.var / "running.json").read_text())
        return found

    def kill(self, name: str) -> None:
        """SIGKILL one process; the parent starts it again."""
        os.kill(self.known["pids"][name], signal.SIGKILL)

    def query(self, statement: str) -> list[tuple[Any, ...]]:
        """Ask the database directly."""
        with psycopg.connect(self.known["database_url"], connect_timeout=5) as connection:
            return connection.execute(statement).fetchall()

    def stop(self) -> None:
        """Ask the parent to stop, as Ctrl-C does."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(60)

    def said(self) -> str:
        """What the parent printed."""
        return self.output.read_text(errors="replace")


@contextmanager
def product() -> Iterator[Product]:
    """An installation that is gone after the block."""
    var = Path(tempfile.mkdtemp(prefix="suqian-e2e-"))
    var.chmod(0o755)
    running = Product(var)
    try:
        yield running
    finally:
        running.stop()
        shutil.rmtree(var, ignore_errors=True)

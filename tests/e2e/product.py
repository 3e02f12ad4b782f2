"""The whole product as real processes in a folder of its own, to be driven from outside and killed in parts."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any, LiteralString

import psycopg

from config.embedded import ports
from tests.embedded.survivors import descendants, lives
from tests.services_plugin import OWN_VARIABLES

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 240.0


class Product:
    """A running installation."""

    def __init__(self, var: Path, settings: Mapping[str, str]) -> None:
        self.var = var
        self.settings = {"WEB_PORT": str(ports.pick()), "REALTIME_PORT": str(ports.pick()), **settings}
        self.output = var / "output.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, command: str = "run") -> None:
        """Start the parent; with `run`, wait until it says where everything is."""
        (self.var / "running.json").unlink(missing_ok=True)
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
            "EGRESS_ALLOW": ports.HOST,
            **self.settings,
        }

    @property
    def known(self) -> dict[str, Any]:
        """What `running.json` says now."""
        found: dict[str, Any] = json.loads((self.var / "running.json").read_text())
        return found

    def kill(self, name: str) -> None:
        """SIGKILL one process and its own children at once; the parent starts it again."""
        os.killpg(self._running(name), signal.SIGKILL)

    def kill_child(self, name: str, among: Random) -> None:
        """SIGKILL one child of a process: a granian or Celery worker, a server process of PostgreSQL."""
        deadline = time.monotonic() + START_SECONDS
        while not (children := sorted(descendants(self._running(name)))):
            assert time.monotonic() < deadline, f"{name} has no children"
            time.sleep(0.05)
        os.kill(among.choice(children), signal.SIGKILL)

    def kill_parent(self) -> None:
        """SIGKILL the parent of everything; returns when it is dead. Its children are ended by kernel and warden."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def _running(self, name: str) -> int:
        """The process id of a part, when it runs; waits for one that is being started again."""
        deadline = time.monotonic() + START_SECONDS
        while True:
            process: int = self.known["pids"].get(name, 0)
            if process and lives(process):
                return process
            assert time.monotonic() < deadline, f"{name} is not started again\n{self.said()}"
            time.sleep(0.05)

    def query(self, statement: LiteralString, values: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """Ask the database directly."""
        with psycopg.connect(self.known["database_url"], connect_timeout=5) as connection:
            return connection.execute(statement, values).fetchall()

    def change(self, statement: LiteralString, values: Mapping[str, Any] | None = None) -> int:
        """Change the database directly, as only the passing of time may; returns how many rows."""
        with psycopg.connect(self.known["database_url"], connect_timeout=5) as connection:
            return connection.execute(statement, values).rowcount

    def accounts(self) -> list[dict[str, Any]]:
        """The demo accounts with their passwords and TOTP secrets."""
        found: list[dict[str, Any]] = json.loads((self.var / "accounts.json").read_text())
        return found

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `manage.py` as an operator would, with what `env.sh` exports."""
        return subprocess.run(
            ["/bin/sh", "-c", '. "$0" && exec "$@"', str(self.var / "env.sh"), sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env={**self._environment(), "LOG_LEVEL": "WARNING"},
            capture_output=True,
            text=True,
            check=False,
        )

    def stop(self) -> None:
        """Ask the parent to stop, as Ctrl-C does."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(60)

    def said(self) -> str:
        """What the parent printed."""
        return self.output.read_text(errors="replace")


def _prepared() -> Path:
    """A stopped installation with tables and demo city, made once a run by whoever comes first; for copying."""
    shared = Path(os.environ["SUQIAN_TEST_SERVICES"])
    var = shared / "prepared"
    with (shared / "preparing.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (var / "done").exists():
            var.mkdir(exist_ok=True)
            var.chmod(0o755)
            first = Product(var, {})
            first.start("prepare")
            assert first.process is not None
            assert first.process.wait(START_SECONDS) == 0, first.said()
            (var / "done").touch()
    return var


def copy_prepared(var: Path) -> None:
    """Put a stopped installation into this folder: data with its owners and the secrets, not the ports."""
    subprocess.run(["cp", "-a", f"{_prepared()}/.", str(var)], check=True)
    for name in ("output.log", "running.lock", "postgres/ports.json", "valkey/ports.json"):
        (var / name).unlink(missing_ok=True)


@contextmanager
def product(**settings: str) -> Iterator[Product]:
    """An installation with these environment variables, gone after the block."""
    var = Path(tempfile.mkdtemp(prefix="suqian-e2e-"))
    var.chmod(0o755)
    if "SUQIAN_TEST_SERVICES" in os.environ:
        copy_prepared(var)
    running = Product(var, settings)
    try:
        yield running
    finally:
        running.stop()
        shutil.rmtree(var, ignore_errors=True)

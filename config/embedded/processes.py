"""What keeps running: the product's own processes and the two services, each started again when it dies."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from config.embedded import children, ports
from config.embedded.faults import ServiceError
from config.embedded.services import Service

BACKOFF_SECONDS = (0.2, 1.0, 3.0, 10.0)
CALM_SECONDS = 60.0
MAX_FAILED_STARTS = 6


@dataclass(slots=True)
class Pause:
    """How long to wait before the next start: longer after each death, short again after a calm minute."""

    deaths: int = 0
    started: float = 0.0
    due: float = 0.0

    def begin(self) -> None:
        """It has been started."""
        self.started = time.monotonic()

    def after_death(self) -> float:
        """It has died; returns the seconds until the next start."""
        now = time.monotonic()
        self.deaths = 1 if now - self.started > CALM_SECONDS else self.deaths + 1
        seconds = BACKOFF_SECONDS[min(self.deaths, len(BACKOFF_SECONDS)) - 1]
        self.due = now + seconds
        return seconds

    def is_over(self) -> bool:
        """Whether it may be started now."""
        return time.monotonic() >= self.due


@dataclass(slots=True)
class Process:
    """One process of the product."""

    name: str
    command: list[str]
    environment: Mapping[str, str]
    folder: Path
    log: Path
    child: subprocess.Popen[bytes] | None = None
    pause: Pause = field(default_factory=Pause)

    @property
    def pid(self) -> int | None:
        """The child's process id while there is one."""
        return self.child.pid if self.child is not None else None

    def start(self) -> None:
        """Start it now."""
        self.child = children.spawn(
            self.command,
            log=self.log,
            environment=self.environment,
            folder=str(self.folder),
            death_signal=signal.SIGTERM,
        )
        self.pause.begin()

    def tend(self, tell: Callable[[str], None]) -> None:
        """Notice a death, end what it left behind, tell, and start again when the pause is over."""
        if self.child is not None and self.child.poll() is not None:
            children.bury(self.child)
            seconds = self.pause.after_death()
            tell(f"{self.name} ended ({_ending(self.child)}), starting it again in {seconds} s; log: {self.log}")
            self.child = None
        if self.child is None and self.pause.is_over():
            self.start()

    def ask_to_stop(self) -> None:
        """Send SIGTERM and do not wait."""
        if self.child is not None and self.child.poll() is None:
            self.child.terminate()

    def finish(self, patience: float) -> None:
        """Wait for the end, at most `patience` seconds, then kill."""
        if self.child is not None:
            children.stop(self.child, patience=patience)
            self.child = None


@dataclass(slots=True)
class KeptService:
    """PostgreSQL or Valkey, on the port that it had first."""

    name: str
    start_on: Callable[[int | None], Service]
    service: Service | None = None
    port: int | None = None
    pause: Pause = field(default_factory=Pause)

    @property
    def pid(self) -> int | None:
        """The child's process id while there is one."""
        return self.service.pid if self.service is not None else None

    def start(self) -> str:
        """Start it now; returns its address. Raises ServiceError."""
        self.service = self.start_on(self.port)
        self.port = ports.of(self.service.url)
        self.pause.begin()
        return self.service.url

    def tend(self, tell: Callable[[str], None]) -> None:
        """Like `Process.tend`. Raises ServiceError when it cannot be started several times in a row."""
        if self.service is not None and not self.service.alive():
            children.bury(self.service.process)
            seconds = self.pause.after_death()
            tell(f"{self.name} ended ({_ending(self.service.process)}), starting it again in {seconds} s")
            self.service = None
        if self.service is None and self.pause.is_over():
            try:
                self.start()
            except ServiceError as exc:
                self._bear(exc, tell)

    def _bear(self, exc: ServiceError, tell: Callable[[str], None]) -> None:
        seconds = self.pause.after_death()
        if self.pause.deaths >= MAX_FAILED_STARTS:
            raise exc
        tell(f"{self.name} did not start, trying again in {seconds} s: {str(exc).strip().splitlines()[-1]}")

    def finish(self) -> None:
        """End it, gently first."""
        if self.service is not None:
            self.service.stop()
            self.service = None


def _ending(process: subprocess.Popen[bytes]) -> str:
    code = process.returncode
    return f"signal {signal.Signals(-code).name}" if code and code < 0 else f"code {code}"


def product(
    folder: Path, var: Path, environment: Mapping[str, str], web_port: int, realtime_port: int
) -> list[Process]:
    """The processes of the product in the order they are started."""
    python = sys.executable
    granian = [python, "-m", "granian", "--host", ports.HOST, "--log-level", "warning", "--respawn-failed-workers",
               "--workers-kill-timeout", "4"]  # fmt: skip
    celery = [python, "-m", "celery", "-A", "config.celery"]
    worker = [*celery, "worker", "--pool", "prefork", "--loglevel", "WARNING", "--without-gossip", "--without-mingle"]
    commands = {
        "web": [*granian, "--interface", "wsgi", "--no-ws", "--port", str(web_port), "--workers", "2",
                "--blocking-threads", "8", "--backlog", "1024", "config.wsgi:application"],
        "realtime": [*granian, "--interface", "asgi", "--port", str(realtime_port), "--workers", "1",
                     "config.asgi:application"],
        "relay": [python, "manage.py", "relay"],
        "worker": [*worker, "--concurrency", "2", "--queues", "statutory,bulk,files,default"],
        "codes": [*worker, "--concurrency", "1", "--queues", "otp", "--hostname", "codes@%h"],
        "beat": [*celery, "beat", "--loglevel", "WARNING", "--schedule", str(var / "beat-schedule"), "--pidfile="],
    }  # fmt: skip
    if environment.get("SMPP_HOST"):
        commands["smpp"] = [python, "manage.py", "smpp_receiver"]
    calling = {"STATEMENT_TIMEOUT_MS": "60000", "REMAP_SIGTERM": "SIGQUIT"}
    own = {"worker": calling, "codes": calling}
    return [
        Process(name, command, {**environment, **own.get(name, {})}, folder, var / "log" / f"{name}.log")
        for name, command in commands.items()
    ]

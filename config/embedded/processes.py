"""The product's own processes: what they are called with, and how they are kept running."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from config.embedded import children, ports

BACKOFF_SECONDS = (0.2, 1.0, 3.0, 10.0)
CALM_SECONDS = 60.0


@dataclass(slots=True)
class Process:
    """One process of the product, restarted with growing pauses when it dies."""

    name: str
    command: list[str]
    environment: Mapping[str, str]
    folder: Path
    log: Path
    child: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    deaths: int = 0
    due: float = field(default=0.0)

    def start(self) -> None:
        """Start it now."""
        self.child = children.spawn(
            self.command,
            log=self.log,
            environment=self.environment,
            folder=str(self.folder),
            death_signal=signal.SIGTERM,
        )
        self.started = time.monotonic()

    def tend(self, tell: Callable[[str], None]) -> None:
        """Notice a death, tell of it, and start again when the pause is over."""
        now = time.monotonic()
        if self.child is not None and self.child.poll() is not None:
            self.deaths = 1 if now - self.started > CALM_SECONDS else self.deaths + 1
            pause = BACKOFF_SECONDS[min(self.deaths, len(BACKOFF_SECONDS)) - 1]
            tell(f"{self.name} ended with {self.child.returncode}, starting again in {pause} s (log: {self.log})")
            self.child, self.due = None, now + pause
        if self.child is None and now >= self.due:
            self.start()

    def stop(self, patience: float) -> None:
        """End it, gently first."""
        if self.child is not None:
            children.stop(self.child, signal.SIGTERM, patience=patience)


def product(
    folder: Path, var: Path, environment: Mapping[str, str], web_port: int, realtime_port: int
) -> list[Process]:
    """The processes of the product in the order they are started."""
    python = sys.executable
    granian = [python, "-m", "granian", "--host", ports.HOST, "--no-ws", "--log-level", "warning"]
    commands = {
        "web": [*granian, "--interface", "wsgi", "--port", str(web_port), "--workers", "2",
                "--blocking-threads", "8", "--backlog", "1024", "--respawn-failed-workers", "config.wsgi:application"],
        "realtime": [python, "-m", "granian", "--host", ports.HOST, "--interface", "asgi", "--port", str(realtime_port),
                     "--workers", "1", "--log-level", "warning", "--respawn-failed-workers", "config.asgi:application"],
        "relay": [python, "manage.py", "relay"],
        "worker": [python, "-m", "celery", "-A", "config.celery", "worker", "--pool", "prefork", "--concurrency", "2",
                   "--queues", "otp,statutory,bulk,files,default", "--loglevel", "WARNING", "--without-gossip",
                   "--without-mingle"],
        "beat": [python, "-m", "celery", "-A", "config.celery", "beat", "--loglevel", "WARNING",
                 "--schedule", str(var / "beat-schedule"), "--pidfile="],
    }  # fmt: skip
    own = {"worker": {"STATEMENT_TIMEOUT_MS": "60000", "REMAP_SIGTERM": "SIGQUIT"}}
    return [
        Process(name, command, {**environment, **own.get(name, {})}, folder, var / "log" / f"{name}.log")
        for name, command in commands.items()
    ]

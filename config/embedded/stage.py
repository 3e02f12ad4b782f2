"""One installation on one machine: services, migrations, demo city, processes; up in order, down in order."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from config.embedded import keys, ports, processes, services

START_SECONDS = 60.0


class StageError(RuntimeError):
    """The installation could not be started; the message says why and what to do."""


class Stage:
    """Starts and tends everything. Use `running()`; children end with this process whatever ends it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.var = Path(os.environ.get("SUQIAN_VAR", folder / "var"))
        self.environment: dict[str, str] = {}
        self.services: list[services.Service] = []
        self.processes: list[processes.Process] = []
        self.base_url = self.realtime_url = ""
        self.stopping = False

    @contextmanager
    def running(self) -> Iterator[Stage]:
        """Everything up inside the block, everything down after it."""
        with self._only_one():
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, self._asked_to_stop)
            try:
                self._start()
                yield self
            finally:
                self._stop()

    @contextmanager
    def _only_one(self) -> Iterator[None]:
        self.var.mkdir(parents=True, exist_ok=True)
        with (self.var / "running.lock").open("a+") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as exc:
                raise StageError(f"already running in this folder ({_content(lock)})") from exc
            lock.truncate(0)
            lock.write(f"process {os.getpid()}")
            lock.flush()
            yield

    def _asked_to_stop(self, number: int, _: Any) -> None:
        if not self.stopping:
            self.stopping = True
            raise KeyboardInterrupt

    def tell(self, line: str) -> None:
        """One line to whoever started us."""
        print(f"  {line}", flush=True)

    def _start(self) -> None:
        started = time.monotonic()
        (self.var / "running.json").unlink(missing_ok=True)
        self._prepare_environment()
        self._start_services()
        self.manage("migrate", "--noinput", "-v", "0")
        self.manage("seed_demo")
        self.processes = processes.product(
            self.folder,
            self.var,
            self.environment,
            web_port=_port(self.base_url),
            realtime_port=_port(self.realtime_url),
        )
        for process in self.processes:
            process.start()
        self._await_ready()
        self._note()
        self.tell(f"ready after {time.monotonic() - started:.1f} s")

    def _prepare_environment(self) -> None:
        web = self._free_port("WEB_PORT", 8000)
        realtime = self._free_port("REALTIME_PORT", max(8001, web + 1))
        self.base_url = f"http://{ports.HOST}:{web}"
        self.realtime_url = f"ws://{ports.HOST}:{realtime}/ws/v1/events"
        defaults = {
            **keys.installation_keys(self.var / "keys.json"),
            "DJANGO_SETTINGS_MODULE": "config.settings.embedded",
            "PUBLIC_BASE_URL": self.base_url,
            "REALTIME_PUBLIC_URL": self.realtime_url,
            "WEB_ORIGINS": f"{self.base_url},http://localhost:{web}",
            "JOURNAL_ANCHOR_PATH": str(self.var / "anchors" / "journal.jsonl"),
            "ATTACHMENTS_ROOT": str(self.var / "attachments"),
            "PYTHONUNBUFFERED": "1",
        }
        self.environment = {**defaults, **os.environ}

    def _free_port(self, variable: str, standard: int) -> int:
        wanted = int(os.environ.get(variable, standard))
        port = ports.next_free(wanted)
        if port != wanted:
            self.tell(f"port {wanted} is taken, using {port} ({variable} chooses another)")
        return port

    def _start_services(self) -> None:
        if "DATABASE_URL" not in os.environ:
            service = services.start_postgres(self.var / "postgres")
            self.services.append(service)
            self.environment["DATABASE_URL"] = service.url
        if "REDIS_URL" not in os.environ:
            service = services.start_valkey(self.var / "valkey")
            self.services.append(service)
            self.environment["REDIS_URL"] = service.url

    def manage(self, *arguments: str) -> str:
        """Run one `manage.py` command and return what it printed. Raises StageError with its output when it fails."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=self.folder,
            env={**self.environment, "STATEMENT_TIMEOUT_MS": "60000", "LOG_LEVEL": "WARNING"},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise StageError(f"manage.py {' '.join(arguments)} failed:\n{done.stdout[-2000:]}{done.stderr[-3000:]}")
        return done.stdout

    def accounts(self) -> list[dict[str, Any]]:
        """The demo accounts with their passwords and TOTP secrets."""
        found: list[dict[str, Any]] = json.loads(self.manage("demo_accounts", "--json"))
        return found

    def _await_ready(self) -> None:
        realtime = self.realtime_url.replace("ws://", "http://").removesuffix("/ws/v1/events")
        waiting = [f"{self.base_url}/readyz", f"{realtime}/healthz"]
        deadline = time.monotonic() + START_SECONDS
        while waiting:
            self.tend()
            waiting = [url for url in waiting if not _is_ok(url)]
            if time.monotonic() > deadline:
                raise StageError(f"not ready after {START_SECONDS:.0f} s: {', '.join(waiting)}; see {self.var / 'log'}")
            time.sleep(0.1)

    def _pids(self) -> dict[str, int]:
        own = {process.name: process.child.pid for process in self.processes if process.child is not None}
        return own | {service.name: service.pid for service in self.services}

    def _note(self) -> None:
        """Keep in `var/running.json` (owner only) where everything is, for tools and tests on this machine."""
        note = self.var / "running.json"
        note.touch(mode=0o600)
        known = {"base_url": self.base_url, "realtime_url": self.realtime_url, "pids": self._pids()}
        note.write_text(json.dumps({**known, "database_url": self.environment["DATABASE_URL"]}))

    def tend(self) -> None:
        """Look after every process and service once; a dead one is started again."""
        before = self._pids()
        self._tend_services()
        for process in self.processes:
            process.tend(self.tell)
        if before != self._pids():
            self._note()

    def _tend_services(self) -> None:
        for index, service in enumerate(self.services):
            if not service.alive():
                self.tell(f"{service.name} ended, starting it again")
                port = _port(service.url.rsplit("/", 1)[0])
                start = services.start_postgres if service.name == "PostgreSQL" else services.start_valkey
                folder = "postgres" if service.name == "PostgreSQL" else "valkey"
                self.services[index] = start(self.var / folder, port=port)

    def stay(self) -> None:
        """Tend everything until told to stop."""
        while not self.stopping:
            self.tend()
            time.sleep(0.2)

    def _stop(self) -> None:
        self.stopping = True
        for process in self.processes:
            if process.child is not None and process.child.poll() is None:
                process.child.terminate()
        for process in self.processes:
            process.stop(patience=8.0)
        for service in reversed(self.services):
            service.stop()


def _content(lock: IO[str]) -> str:
    lock.seek(0)
    return lock.read().strip() or "another process"


def _port(url: str) -> int:
    return int(url.split("//", 1)[1].rsplit("@", 1)[-1].split("/", 1)[0].rsplit(":", 1)[1])


def _is_ok(url: str) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False

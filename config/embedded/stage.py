"""One installation on one machine: services, migrations, demo city, processes; up in order, down in order."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from config.embedded import keys, lock, ports, prepared, processes, services
from config.embedded.faults import StageError as StageError

START_SECONDS = 180.0
STOP_SECONDS = 8.0
OWN_VARIABLES = "SUQIAN_OWN_VARIABLES"


class Stage:
    """Starts and tends everything. Use `running()`; children end with this process whatever ends it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.var = Path(os.environ.get("SUQIAN_VAR") or folder / "var").resolve()
        self.given = _given(os.environ)
        self.environment: dict[str, str] = {}
        self.services: list[processes.KeptService] = []
        self.processes: list[processes.Process] = []
        self.base_url = self.realtime_url = ""
        self.stopping = False

    @contextmanager
    def running(self, *, product: bool = True, database: bool = True) -> Iterator[Stage]:
        """Everything up inside the block, everything down after it; without `product` the two services only,
        without `database` with nothing brought up to date in them."""
        with self.locked():
            self._hear_signals()
            try:
                self._start(product, database or product)
                yield self
            finally:
                self._stop()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Nobody else starts, and nobody else has started, this installation inside the block."""
        with lock.only_one(self.var, self.tell, self._where):
            yield

    def _where(self) -> str:
        try:
            return f" at {json.loads((self.var / 'running.json').read_text())['base_url']}"
        except (OSError, ValueError, KeyError):
            return ""

    def _hear_signals(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._asked_to_stop)
        if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # nohup
            signal.signal(signal.SIGHUP, self._asked_to_stop)

    def _asked_to_stop(self, number: int, _: Any) -> None:
        if not self.stopping:
            self.stopping = True
            raise KeyboardInterrupt

    def tell(self, line: str) -> None:
        """One line to whoever started us."""
        print(f"  {line}", flush=True)

    def _start(self, product: bool, database: bool) -> None:
        started = time.monotonic()
        (self.var / "running.json").unlink(missing_ok=True)
        self._prepare_environment()
        self._start_services()
        if database:
            self._prepare_database()
        if product:
            self._start_processes()
        self._note()
        self.tell(f"ready after {time.monotonic() - started:.1f} s")

    def _prepare_environment(self) -> None:
        web = self._free_port("WEB_PORT", 8000)
        realtime = self._free_port("REALTIME_PORT", max(8001, web + 1), but=web)
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
            "PYTHONUTF8": "1",
        }
        self.environment = {**defaults, **self.given}

    def _free_port(self, variable: str, standard: int, *, but: int = 0) -> int:
        wanted = self.given.get(variable, str(standard)).strip()
        if not wanted.isdigit() or not 0 < int(wanted) < 65536:
            raise StageError(f"{variable} is not a port: {wanted}")
        port = ports.next_free(int(wanted), but=but)
        if port != int(wanted):
            self.tell(f"port {wanted} is taken, using {port} ({variable} chooses another)")
        return port

    def _start_services(self) -> None:
        kept = {
            "DATABASE_URL": processes.KeptService(
                "PostgreSQL", lambda port: services.start_postgres(self.var / "postgres", port=port)
            ),
            "REDIS_URL": processes.KeptService(
                "Valkey", lambda port: services.start_valkey(self.var / "valkey", port=port)
            ),
        }
        for variable, service in kept.items():
            if variable not in self.given:
                self.services.append(service)
                self.environment[variable] = service.start()

    def _prepare_database(self) -> None:
        """Tables and demo city; skipped when our own database already holds those of exactly this code."""
        url, own = self.environment["DATABASE_URL"], "DATABASE_URL" not in self.given
        if not own:
            self._reach(url)
        accounts, mark = self.var / "accounts.json", prepared.mark(self.folder, self.environment)
        if own and accounts.exists() and prepared.is_marked(url, mark):
            return
        self.tell("bringing tables and demo city up to date")
        _write_privately(accounts, self.manage("prepare_demo"))
        if own:
            prepared.write_mark(url, mark)

    def _reach(self, url: str) -> None:
        try:
            psycopg.connect(url, connect_timeout=5).close()
        except psycopg.Error as exc:
            raise StageError(f"the database of DATABASE_URL cannot be used: {str(exc).strip()}") from exc

    def _start_processes(self) -> None:
        self.processes = processes.product(
            self.folder, self.var, self.environment, ports.of(self.base_url), ports.of(self.realtime_url)
        )
        for process in self.processes:
            process.start()
        self._await_ready()

    def manage(self, *arguments: str) -> str:
        """Run one `manage.py` command and return what it printed. Raises StageError with its output when it fails."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=self.folder,
            env={**self.environment, "STATEMENT_TIMEOUT_MS": "60000", "LOG_LEVEL": "WARNING"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if done.returncode:
            raise StageError(f"manage.py {' '.join(arguments)} failed:\n{done.stdout[-2000:]}{done.stderr[-3000:]}")
        return done.stdout

    def accounts(self) -> list[dict[str, Any]]:
        """The demo accounts with their passwords and TOTP secrets."""
        found: list[dict[str, Any]] = json.loads((self.var / "accounts.json").read_text())
        return found

    def _await_ready(self) -> None:
        realtime = self.realtime_url.replace("ws://", "http://").removesuffix("/ws/v1/events")
        waiting = [f"{self.base_url}/healthz", f"{self.base_url}/readyz", f"{realtime}/healthz"]
        deadline = time.monotonic() + START_SECONDS
        while waiting:
            self.tend()
            waiting = [url for url in waiting if not _is_ok(url)]
            if time.monotonic() > deadline:
                raise StageError(f"not ready after {START_SECONDS:.0f} s: {', '.join(waiting)}; see {self.var / 'log'}")
            time.sleep(0.1)

    def _pids(self) -> dict[str, int]:
        return {one.name: one.pid for one in self._kept() if one.pid is not None}

    def _kept(self) -> list[processes.Process | processes.KeptService]:
        return [*self.services, *self.processes]

    def _note(self) -> None:
        """Keep where everything is, for tools and shells on this machine; readable by the owner only.

        `var/running.json` for programs, `var/env.sh` for `. var/env.sh && .venv/bin/python manage.py …`.
        """
        known = {"base_url": self.base_url, "realtime_url": self.realtime_url, "pids": self._pids()}
        own = {name: value for name, value in sorted(self.environment.items()) if name not in self.given}
        exports = "".join(f"export {name}={shlex.quote(value)}\n" for name, value in own.items())
        exports += f"export {OWN_VARIABLES}={shlex.quote(' '.join(own))}\n"
        _write_privately(self.var / "env.sh", exports)
        _write_privately(
            self.var / "running.json", json.dumps({**known, "database_url": self.environment["DATABASE_URL"]})
        )

    def tend(self) -> None:
        """Look after every process and service once; a dead one is started again."""
        before = self._pids()
        for one in self._kept():
            one.tend(self.tell)
        if before != self._pids() and (self.var / "running.json").exists():
            self._note()

    def stay(self) -> None:
        """Tend everything until told to stop."""
        while not self.stopping:
            self.tend()
            time.sleep(0.2)

    def during(self, work: Callable[[], int]) -> int:
        """Do `work` in a thread of its own while everything is tended; returns what it returned, or raises its fault.

        The children are spawned here and not there: the kernel ends them with the thread that spawned them.
        """
        results: list[int] = []
        faults: list[BaseException] = []

        def act() -> None:
            try:
                results.append(work())
            except BaseException as exc:
                faults.append(exc)

        actor = threading.Thread(target=act, daemon=True)
        actor.start()
        while actor.is_alive():
            self.tend()
            actor.join(0.2)
        if faults:
            raise faults[0]
        return results[0]

    def _stop(self) -> None:
        self.stopping = True
        deadline = time.monotonic() + STOP_SECONDS
        for process in self.processes:
            process.ask_to_stop()
        for process in self.processes:
            process.finish(max(0.1, deadline - time.monotonic()))
        for service in reversed(self.services):
            service.finish()
        (self.var / "running.json").unlink(missing_ok=True)


def _given(environment: Mapping[str, str]) -> dict[str, str]:
    """What the user sets; not what `var/env.sh` of an earlier start has put into the shell."""
    own = environment.get(OWN_VARIABLES, "").split()
    return {name: value for name, value in environment.items() if value.strip() and name not in own}


def _write_privately(path: Path, content: str) -> None:
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    fresh.write_text(content)
    fresh.replace(path)


def _is_ok(url: str) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False

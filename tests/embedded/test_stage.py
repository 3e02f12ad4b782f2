"""The whole installation under one parent: told about ports and doubles, mended when a part dies, gone when the parent
is, however it went."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from config.embedded import ports
from tests.e2e.product import copy_prepared
from tests.embedded.survivors import await_gone, descendants
from tests.services_plugin import OWN_VARIABLES

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 240.0
UNBORROWED = 20_000
"""From here to 30,000 no system takes ports for outgoing connections: a neighbour stays free until somebody listens."""


_started: list[subprocess.Popen[bytes]] = []


@pytest.fixture
def var() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="suqian-stage-"))
    made.chmod(0o755)
    copy_prepared(made)
    yield made
    for process in _started:
        process.kill()
        process.wait()
    _started.clear()
    shutil.rmtree(made, ignore_errors=True)


def _command(var: Path, *arguments: str, web_port: int) -> dict[str, Any]:
    kept = {name: value for name, value in os.environ.items() if name not in OWN_VARIABLES}
    environment = {**kept, "SUQIAN_VAR": str(var), "WEB_PORT": str(web_port), "REALTIME_PORT": str(ports.pick())}
    return {"args": [sys.executable, "-m", "config.embedded", *arguments], "cwd": ROOT, "env": environment}


def _start(var: Path, output: Path, **options: Any) -> subprocess.Popen[bytes]:
    with output.open("wb") as stream:
        process = subprocess.Popen(**options, stdin=subprocess.DEVNULL, stdout=stream, stderr=subprocess.STDOUT)
    _started.append(process)
    _until(lambda: "Ctrl-C stops everything" in output.read_text() or process.poll() is not None, seconds=START_SECONDS)
    assert process.poll() is None, output.read_text()
    return process


def _until(true: Callable[[], bool], *, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def _known(var: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((var / "running.json").read_text())
    return found


def _is_ready(var: Path) -> bool:
    try:
        with urllib.request.urlopen(f"{_known(var)['base_url']}/readyz", timeout=3) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def test_a_run_from_start_to_kill_and_again(var: Path) -> None:
    with socket.socket() as taken:
        wanted = ports.next_free(UNBORROWED + os.getpid() % 10_000)
        taken.bind((ports.HOST, wanted))
        taken.listen()
        output = var / "first.log"
        parent = _start(var, output, **_command(var, "run", web_port=wanted))
    assert f"port {wanted} is taken, using" in output.read_text()
    for private in ("keys.json", "running.json", "accounts.json", "env.sh"):
        assert (var / private).stat().st_mode & 0o077 == 0

    _second_is_told_where_the_first_is(var)
    for name in ("web", "worker", "Valkey", "PostgreSQL"):
        _dies_and_is_mended(var, name, output)
    with psycopg.connect(_known(var)["database_url"], autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS n")

    family = descendants(parent.pid)
    parent.kill()
    parent.wait()
    again = _starts_at_once_and_finds_everything(var)
    await_gone(family, seconds=0.5)

    family = descendants(again.pid)
    again.kill()
    again.wait()
    await_gone(family)


def _second_is_told_where_the_first_is(var: Path) -> None:
    before = _known(var)
    second = subprocess.run(
        **_command(var, "run", web_port=ports.pick()), capture_output=True, text=True, timeout=30, check=False
    )
    assert second.returncode == 1
    assert (
        f"already running here as process {(var / 'running.lock').read_text()} at {before['base_url']}" in second.stderr
    )
    assert _known(var) == before


def _dies_and_is_mended(var: Path, name: str, output: Path) -> None:
    process = _known(var)["pids"][name]
    orphans = descendants(process) if name in {"web", "worker"} else set[int]()
    os.kill(process, signal.SIGKILL)
    _until(lambda: f"{name} ended (signal SIGKILL), starting it again" in output.read_text(), seconds=10)
    _until(lambda: _known(var)["pids"].get(name, process) != process, seconds=30)
    await_gone(orphans, seconds=1)
    _until(lambda: _is_ready(var), seconds=30)


def _starts_at_once_and_finds_everything(var: Path) -> subprocess.Popen[bytes]:
    """Started by a shell that is its parent, as make is: killing that shell ends everything, too."""
    options = _command(var, "run", "--with-parent", web_port=ports.pick())
    options["args"] = ["/bin/sh", "-c", '"$@" & wait', "sh", *options["args"]]
    output = var / "second.log"
    shell = _start(var, output, **options)
    assert "bringing tables" not in output.read_text()
    with psycopg.connect(_known(var)["database_url"]) as connection:
        assert connection.execute("SELECT n FROM kept").fetchone() == (42,)
    assert _is_ready(var)
    return shell

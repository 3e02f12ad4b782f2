"""Child processes that never outlive their parent, not even one that was killed outright.

Two nets: the kernel signals a child when its parent ends (Linux), and a warden ends whole process groups, so that a
child's own children go too.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from config.embedded import warden

_PR_SET_PDEATHSIG = 1
LOG_LIMIT_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Account:
    """The unprivileged user that a service runs as; None fields mean: whoever we are."""

    uid: int | None = None
    gid: int | None = None

    def own(self, path: Path) -> None:
        """Give a file or folder to this user."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


NOBODY = Account(65534, 65534)


def unprivileged(folder: Path) -> Account:
    """Who a service on `folder` runs as: ourselves; for root, the folder's owner, or `nobody` when that is root."""
    if os.geteuid() != 0:
        return Account()
    owner = folder.stat() if folder.exists() else None
    return NOBODY if owner is None or owner.st_uid == 0 else Account(owner.st_uid, owner.st_gid)


class Warden:
    """The parent's end of the warden."""

    def __init__(self, holding: tuple[int, ...] = ()) -> None:
        """Start it; it keeps the descriptors `holding` open until everything has ended."""
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", str(Path(warden.__file__).resolve())],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
            pass_fds=holding,
        )

    def begins(self, group: int, number: int) -> None:
        """A group has begun; the warden opens with `number`, or with patience when it is 0."""
        self._tell(f"+ {group} {number}\n")

    def ends(self, group: int) -> None:
        """A group has ended."""
        self._tell(f"- {group}\n")

    def _tell(self, line: str) -> None:
        if self._process.stdin is not None:
            with suppress(BrokenPipeError):
                os.write(self._process.stdin.fileno(), line.encode())


_wardens: dict[int, Warden] = {}


def guard(*, holding: tuple[int, ...] = ()) -> Warden:
    """This process's warden, started on first use."""
    if os.getpid() not in _wardens:
        _wardens[os.getpid()] = Warden(holding)
    return _wardens[os.getpid()]


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
    if log.exists() and log.stat().st_size > LOG_LIMIT_BYTES:
        log.replace(log.with_suffix(".log.1"))
    watcher = guard()
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    with log.open("ab") as output:
        process = subprocess.Popen(
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=dict(environment) if environment is not None else None,
            preexec_fn=_preparation(account, death_signal, prctl),  # noqa: PLW1509 - allocates and locks nothing
            process_group=0,
        )
    watcher.begins(process.pid, 0 if prctl is not None else death_signal)
    return process


def _preparation(account: Account, death_signal: int, prctl: Callable[[int, int], int] | None) -> Callable[[], None]:
    parent = os.getpid()

    def prepare() -> None:
        if account.gid is not None and account.uid is not None:
            os.setgroups([])
            os.setgid(account.gid)
            os.setuid(account.uid)
        if prctl is not None:  # after setuid, which clears it
            prctl(_PR_SET_PDEATHSIG, death_signal)
        if os.getppid() != parent:
            os._exit(1)

    return prepare


def end_with_parent(number: int = signal.SIGTERM) -> None:
    """Have the kernel send `number` to this very process when its parent ends (Linux; nothing happens elsewhere)."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(_PR_SET_PDEATHSIG, number)


def stop(process: subprocess.Popen[bytes], *signals: int, patience: float = 10.0) -> None:
    """Send each signal in turn, waiting `patience` seconds after each; at the end SIGKILL to what is left of the group.

    Without signals it only waits, for a child that has been told already.
    """
    for number in signals or (0,):
        if process.poll() is not None:
            break
        process.send_signal(number)
        with suppress(subprocess.TimeoutExpired):
            process.wait(patience)
    bury(process)


def bury(process: subprocess.Popen[bytes]) -> None:
    """Kill what is left of a child's process group, and forget it."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    guard().ends(process.pid)

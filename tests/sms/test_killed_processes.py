"""Real relay and worker processes, killed with SIGKILL around the call: 0 lost, 0 doubled, settled ≤ 60 s (F01, F02).

The stub kills the worker itself: after it has taken a message and before it answers (F01), or when the request has come
in but before it takes the message (F02's neighbour, one step later). Another worker is started at once, as `make run`
does.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection

from sms.models import Attempt, Message
from tests.factories.sms import queue_notice, random_mobile
from tests.stubs.twilio import StubTwilio

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).resolve().parent.parent.parent
MESSAGES = 12
KILLS = ("taken", "requested")
"""The moments at which the worker dies, one after the other."""


class Worker:
    """A Celery worker in a process group of its own, started again after each kill."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self.kills = 0
        self.processes: list[subprocess.Popen[bytes]] = []
        self._lock = threading.Lock()

    def start(self) -> None:
        """Start one."""
        self.processes.append(_spawn(self.environment, "celery", "-A", "config.celery", "worker", "--concurrency", "2",
                                     "--queues", "otp,statutory,bulk,files,default", "--loglevel", "ERROR",
                                     "--without-gossip", "--without-mingle"))  # fmt: skip

    def kill(self) -> None:
        """SIGKILL main process and children, then start another."""
        with self._lock:
            self.kills += 1
            os.killpg(self.processes[-1].pid, signal.SIGKILL)
            self.processes[-1].wait()
            self.start()

    def stop(self) -> None:
        """End all that is left."""
        for process in self.processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _spawn(environment: dict[str, str], *arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", *arguments] if arguments[0] == "celery" else [sys.executable, *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)


@pytest.fixture
def environment(twilio: StubTwilio, settings: Any) -> dict[str, str]:
    """What the processes see: the test database, the stub, a broker database of their own."""
    database = connection.settings_dict
    url = f"postgresql://{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
        "DATABASE_URL": url,
        "REDIS_URL": django_settings.REDIS_URL.rsplit("/", 1)[0] + "/9",
        "SMS_GATEWAY": "twilio",
        "TWILIO_API_BASE": twilio.base,
        "LEASE_SECONDS": "15",
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
    }


@pytest.fixture
def worker(environment: dict[str, str]) -> Iterator[Worker]:
    """Relay and worker, running."""
    worker = Worker(environment)
    worker.start()
    relay = _spawn(environment, "manage.py", "relay")
    yield worker
    os.killpg(relay.pid, signal.SIGKILL)
    relay.wait()
    worker.stop()


def until(condition: Callable[[], bool], seconds: float) -> None:
    started = time.monotonic()
    while not condition():
        if time.monotonic() - started > seconds:
            states = list(Message.objects.values_list("state", "reason", "crashes"))
            raise AssertionError(f"not within {seconds} s: {states}")
        time.sleep(0.2)


def test_killed_workers_lose_and_double_nothing(
    worker: Worker, twilio: StubTwilio, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = twilio.create

    def deadly(fields: dict[str, str]) -> dict[str, Any]:
        moment = KILLS[worker.kills] if worker.kills < len(KILLS) and fields["Attempt"] == "1" else ""
        if moment == "requested":
            worker.kill()
            raise ConnectionAbortedError
        message = create(fields)
        if moment:
            worker.kill()
        return message

    monkeypatch.setattr(twilio, "create", deadly)
    ids = [queue_notice(random_mobile()) for _ in range(MESSAGES)]
    until(lambda: worker.kills == len(KILLS), 120)
    until(lambda: Message.objects.filter(state="accepted").count() == MESSAGES, 60)
    accepted = [line["to"] for line in twilio.accepted()]
    assert len(accepted) == len(set(accepted)) == MESSAGES
    assert Message.objects.filter(pk__in=ids, maybe_duplicate=False).count() == MESSAGES
    assert set(Attempt.objects.filter(state="accepted").values_list("sid", flat=True)) == {
        line["sid"] for line in twilio.accepted()
    }

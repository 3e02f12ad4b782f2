"""A thread in each worker's main process: one that is alive, idle and deaf ends itself, so that it is started again.

After a reconnect to the broker a consumer can be up without ever getting a task (kombu's known silent stall). A look at
the process sees nothing; an unanswered knock does.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from datetime import datetime
from typing import Any

from celery.signals import worker_ready
from celery.worker import state
from django.db import DatabaseError, connection
from psycopg_pool import PoolTimeout

from backend.operations.selectors import silent_queues
from kernel import clock

logger = logging.getLogger(__name__)

LOOK_SECONDS = 5.0


@worker_ready.connect
def watch(sender: Any = None, **_: Any) -> None:
    """Begin to watch when the worker is up."""
    queues = {queue.name for queue in sender.task_consumer.queues}
    threading.Thread(target=_watch, args=(queues,), daemon=True, name="watchdog").start()


def _watch(queues: set[str]) -> None:
    started_at: datetime | None = None
    while True:
        time.sleep(LOOK_SECONDS)
        try:
            started_at = started_at or clock.now()
            if not state.active_requests and silent_queues(queues, started_at):
                logger.error("worker_silent", extra={"queues": sorted(queues)})
                os.kill(os.getpid(), signal.SIGKILL)
        except (DatabaseError, PoolTimeout):
            started_at = None
        finally:
            connection.close()

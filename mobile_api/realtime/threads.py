"""Blocking work (database, Valkey) of the WebSocket process: few threads, so few connections of the pool."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from channels.db import database_sync_to_async

Result = TypeVar("Result")
THREADS = 4

_executor = ThreadPoolExecutor(THREADS, thread_name_prefix="realtime")


async def in_thread(work: Callable[..., Result], *args: Any) -> Result:
    """Run `work` in one of the threads; its database connection goes back to the pool afterwards."""
    return await database_sync_to_async(work, thread_sensitive=False, executor=_executor)(*args)

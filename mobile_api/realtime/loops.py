"""Loops that outlive the services they depend on."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable

logger = logging.getLogger(__name__)

FIRST_PAUSE = 0.2
LONGEST_PAUSE = 5.0
CALM_AFTER = 30.0


async def for_ever(loop: Callable[[], Awaitable[None]]) -> None:
    """Run a loop; after a fault wait (longer each time, with jitter, at most five seconds) and run it again."""
    pause = FIRST_PAUSE
    while True:
        started = asyncio.get_running_loop().time()
        try:
            await loop()
        except Exception as exc:
            logger.warning("realtime_loop_failed", extra={"task": loop.__name__, "error": type(exc).__name__})
        if asyncio.get_running_loop().time() - started > CALM_AFTER:
            pause = FIRST_PAUSE
        await asyncio.sleep(pause * random.uniform(0.5, 1.5))
        pause = min(pause * 2, LONGEST_PAUSE)

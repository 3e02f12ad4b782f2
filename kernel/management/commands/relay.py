"""`manage.py relay`: the process that hands events to subscribers and runs the pumps."""

from __future__ import annotations

import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand

from kernel.relay import Relay

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Run the relay until told to stop."""

    help = "Hand waiting events to their subscribers; woken by the database, and every two seconds."

    def handle(self, *args: Any, **options: Any) -> None:
        """Loop until SIGTERM or SIGINT."""
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        Relay(stop).run()

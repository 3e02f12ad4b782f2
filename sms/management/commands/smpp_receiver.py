"""`manage.py smpp_receiver`: listen to the SMSC for reports and texts until SIGTERM."""

from __future__ import annotations

import signal
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from sms.receiver import listen


class Command(BaseCommand):
    """Run the receiver."""

    help = "Listen to the SMSC of SMPP_HOST for status reports and texts"

    def handle(self, *args: Any, **options: Any) -> None:
        """Until SIGTERM or SIGINT, at most three seconds after it."""
        if not settings.SMPP_HOST:
            raise CommandError("SMPP_HOST is not set")
        over: list[bool] = []
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: over.append(True))
        listen(lambda: bool(over))

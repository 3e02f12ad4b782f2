"""`manage.py play_tender`: a whole tender from notice to contract notice, as its people would live it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from backend.tenders.play import Play


class Command(BaseCommand):
    """Play a tender with eight bidders; nothing of it stays unless asked for."""

    help = "Play a tender from notice to contract notice. Undone at the end unless --keep. Refused in production."

    def add_arguments(self, parser: CommandParser) -> None:
        """--keep"""
        parser.add_argument("--keep", action="store_true", help="leave the played tender in the database")

    def handle(self, *args: Any, **options: Any) -> None:
        """Play; CommandError when a promise was not kept."""
        if settings.PRODUCTION:
            raise CommandError("The played tender is not for production.")
        play = Play(self.stdout.write)
        with transaction.atomic():
            play.run()
            if not options["keep"]:
                transaction.set_rollback(True)
        if play.broken:
            raise CommandError("; ".join(play.broken))
        self.stdout.write(f"{play.kept} promises kept")

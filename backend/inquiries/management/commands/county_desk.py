"""`manage.py county_desk open|close CODE [--day YYYY-MM-DD]`: a county answers its own calls, or no longer."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backend.inquiries import services
from kernel.actors import Actor
from kernel.errors import DomainError


class Command(BaseCommand):
    """Opens or closes a county's desk of the hotline."""

    help = "Send the orders of a county to a desk of its own from a day on, or back to the city's."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options."""
        parser.add_argument("act", choices=["open", "close"])
        parser.add_argument("code", help="of the county's government, as 321323")
        parser.add_argument("--day", type=date.fromisoformat, default=None, help="YYYY-MM-DD; today without it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run."""
        actor, code, day = Actor.system("county_desk"), options["code"], options["day"]
        try:
            if options["act"] == "open":
                services.open_county_desk(actor=actor, code=code, since=day)
            else:
                services.close_county_desk(actor=actor, code=code, until=day)
        except DomainError as refused:
            raise CommandError(str(refused)) from refused

"""`manage.py open311_key NAME`: a key for an outside client, shown once."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from backend.inquiries.services import issue_key
from kernel.actors import Actor


class Command(BaseCommand):
    """Issues a key."""

    help = "Issue a key for an outside client of Open311."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options."""
        parser.add_argument("name")
        parser.add_argument("--email", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run."""
        self.stdout.write(issue_key(actor=Actor.system("open311_key"), name=options["name"], email=options["email"]))

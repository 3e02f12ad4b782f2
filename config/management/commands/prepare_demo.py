"""`manage.py prepare_demo`: tables, demo city and its accounts in one process, for embedded installations only."""

from __future__ import annotations

from io import StringIO
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from config.management.commands.seed_demo import demo_seed


class Command(BaseCommand):
    """What `migrate`, `seed_demo` and `demo_accounts --json` do; printing only what the last one prints."""

    help = "Migrate, load the demo city and print its accounts as JSON. Refused in production."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """One start of Python instead of three: the first start of an installation is waited for."""
        demo_seed()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("seed_demo", stdout=StringIO())
        call_command("demo_accounts", "--json", stdout=self.stdout)

"""`manage.py openapi`: draw the contract from the views into openapi/openapi.yaml, or check that it is up to date."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mobile_api.v1.contract.generation import UnclearContractError, contract_path, generate


class Command(BaseCommand):
    """Writes the contract; with --check only compares."""

    help = "Write openapi/openapi.yaml from the views (--check: only compare)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options."""
        parser.add_argument("--check", action="store_true", help="compare, write nothing; exit 1 when they differ")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run."""
        try:
            text = generate()
        except UnclearContractError as exc:
            raise CommandError(f"the views leave the contract unclear:\n{exc}") from exc
        path = contract_path()
        if not options["check"]:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
            self.stdout.write(f"wrote {path}")
        elif not path.exists() or path.read_text() != text:
            raise CommandError("openapi/openapi.yaml does not match the views: run `make openapi` and commit it")

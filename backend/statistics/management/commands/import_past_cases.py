"""`manage.py import_past_cases FILE --source NAME [--commit]`: figures of the system before, for an unbroken series."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from backend.statistics.services import COLUMNS, import_past, read_past
from kernel.actors import Actor
from kernel.errors import DomainError


class Command(BaseCommand):
    """Dry run unless told to commit. Rows with a fault are told and left out; known references stay as they are."""

    help = f"Take past cases in from a CSV file with the columns {', '.join(COLUMNS)}; no names, no numbers of people."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", required=True, help="name of the system the cases come from")
        parser.add_argument("--commit", action="store_true", help="write; without it only show what would happen")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, import, report."""
        try:
            cases = read_past(options["file"].read_bytes())
            with transaction.atomic():
                actor = Actor.system("import_past_cases")
                report = import_past(actor=actor, source=options["source"], cases=cases)
                transaction.set_rollback(not options["commit"])
        except OSError as error:
            raise CommandError(f"无法打开 {options['file']}：{error.strerror}") from error
        except DomainError as error:
            raise CommandError(error.code.spec.detail.render("zh-hans", **error.params)) from error
        for number, reason in report.refused.items():
            self.stdout.write(f"未收 第{number}条：{reason}")
        self.stdout.write(f"共 {report.total} 条，新增 {report.taken}，已有 {report.known}，未收 {len(report.refused)}")
        if not options["commit"]:
            self.stdout.write("试运行，没有写入；确认后加 --commit 再执行。")

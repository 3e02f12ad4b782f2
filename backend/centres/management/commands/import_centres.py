"""`manage.py import_centres FILE… [--commit]`: take the plans of service centres in."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from backend.centres.services import load_centres
from backend.centres.types import CentreImport
from kernel.actors import Actor
from kernel.errors import DomainError, FieldError


class Command(BaseCommand):
    """Dry run unless told to commit. Several files go in together or not at all."""

    help = "Take descriptions of service centres (JSON) in. A dry run unless --commit is given."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("files", type=Path, nargs="+")
        parser.add_argument("--commit", action="store_true", help="write; without it only show what would happen")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, import, report."""
        try:
            documents = [json.loads(path.read_text(encoding="utf-8")) for path in options["files"]]
            with transaction.atomic():
                reports = load_centres(actor=Actor.system("import_centres"), documents=documents)
                transaction.set_rollback(not options["commit"])
        except (OSError, json.JSONDecodeError) as error:
            raise CommandError(f"无法读取文件：{error}") from error
        except DomainError as error:
            faults = "\n".join(_line(fault) for fault in error.errors)
            raise CommandError(f"{error.code.spec.title.render('zh-hans')}\n{faults}") from error
        for report in reports:
            self._tell(report)
        if not options["commit"]:
            self.stdout.write("试运行，没有写入；确认后加 --commit 再执行。")

    def _tell(self, report: CentreImport) -> None:
        done = "新增" if report.is_new else "更新" if report.is_changed else "未变"
        self.stdout.write(f"{done} {report.code} {report.name}：{report.windows} 个窗口")
        for code in report.unknown_items:
            self.stdout.write(f"提示 事项 {code} 不在总库中，未列入窗口")


def _line(fault: FieldError) -> str:
    return f"{fault.pointer} {fault.detail.render('zh-hans')}"

"""`manage.py import_powers FILE [--commit] [--parent CODE]`: take a published catalogue in."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backend.powers.rules.catalogue_csv import Fault, UnreadableFileError
from backend.powers.services import ImportReport, import_catalogue
from kernel.actors import Actor
from kernel.errors import DomainError


class Command(BaseCommand):
    """Dry run unless told to commit. Exit code 0 even when rows are refused: the rest went in, and each is told."""

    help = "Take a published catalogue file (CSV) into the power repository. A dry run unless --commit is given."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--commit", action="store_true", help="write; without it only show what would happen")
        parser.add_argument("--parent", default="", help="code of the organisation above those not known yet")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, import, report."""
        path: Path = options["file"]
        try:
            report = import_catalogue(
                actor=Actor.system("import_powers"),
                raw=path.read_bytes(),
                file_name=path.name,
                commit=options["commit"],
                parent_code=options["parent"],
            )
        except OSError as error:
            raise CommandError(f"无法打开 {path}：{error.strerror}") from error
        except UnreadableFileError as error:
            raise CommandError(f"无法读取 {path.name}：{error}") from error
        except DomainError as error:
            raise CommandError(error.code.spec.detail.render("zh-hans", **error.params)) from error
        self._tell(path.name, report)

    def _tell(self, name: str, report: ImportReport) -> None:
        for fault in report.faults:
            self.stdout.write(_line(fault))
        for info in report.organisations:
            self.stdout.write(f"新单位 {info.code} {info.name}（区划 {info.region_code}）")
        counts = f"新增 {report.created}，更新 {report.updated}，未变 {report.unchanged}，未收 {report.refused}"
        self.stdout.write(f"{name}（{report.encoding}）：共 {report.total} 行，{counts}")
        if not report.is_committed:
            self.stdout.write("试运行，没有写入；确认后加 --commit 再执行。")


def _line(fault: Fault) -> str:
    kind = "提示" if fault.is_warning else "未收"
    column = fault.column or "（多余单元格）"
    return f"{kind} 第{fault.line}行 {column} “{fault.value}”：{fault.reason}"

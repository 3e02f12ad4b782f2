"""Check the journal: exit 0 with the counts, exit 1 with the first bad line and why."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from backend.journal.types import Verdict
from backend.journal.verification import verify_journal


class Command(BaseCommand):
    """`manage.py verify_journal [--anchors FILE]`."""

    help = "Verify every line of the journal and every signed anchor."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The anchor file may be a copy kept elsewhere."""
        parser.add_argument("--anchors", type=Path, default=None, help="anchor file; default JOURNAL_ANCHOR_PATH")

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify and tell."""
        verdict = verify_journal(options["anchors"])
        if verdict.finding is None:
            self.stdout.write(
                f"journal verified: {verdict.lines} lines, {verdict.anchors} anchors, "
                f"{verdict.loose} waiting to be sealed"
                f"\n日志校验通过：{verdict.lines} 行，{verdict.anchors} 个锚点，{verdict.loose} 行待封存"
            )
            return
        self._tell(verdict)
        sys.exit(1)

    def _tell(self, verdict: Verdict) -> None:
        finding = verdict.finding
        if finding is None:
            return
        line = f" (line {finding.line_id})" if finding.line_id else ""
        self.stderr.write(
            f"journal BROKEN at seq {finding.seq}{line}: {finding.fault.name}: {finding.fault.value.en}"
            f"\n日志在第 {finding.seq} 行异常：{finding.fault.value.zh}\nlines sound before it: {verdict.lines}"
        )

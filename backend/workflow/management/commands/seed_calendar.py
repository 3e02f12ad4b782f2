"""Import years of the official calendar."""

from __future__ import annotations

import csv
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backend.workflow import seeds
from backend.workflow.services import import_calendar_year
from backend.workflow.types import DayKind
from kernel.actors import Actor
from kernel.errors import DomainError


class Command(BaseCommand):
    """`manage.py seed_calendar [--years 2004-2026]` or `manage.py seed_calendar --file 2027.csv --source TEXT`.

    The file has the columns `day,kind,name` and holds only what differs from the weekday: `holiday` and
    `adjusted_workday`. Open deadlines through the year are reckoned anew. Run twice, nothing changes.
    """

    help = "Import years of the official calendar (holidays and make-up workdays)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Either known years, or a file."""
        parser.add_argument("--years", default=f"{seeds.FIRST_YEAR}-{seeds.LAST_YEAR}")
        parser.add_argument("--file", type=Path)
        parser.add_argument("--source", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import and tell what moved."""
        try:
            years = _from_file(options["file"]) if options["file"] else _known(options["years"])
        except (OSError, ValueError, KeyError) as exc:
            raise CommandError(f"cannot read the calendar: {exc!r}") from exc
        source = options["source"] or (options["file"].name if options["file"] else seeds.SOURCE)
        for year, special in sorted(years.items()):
            self._import(year, special, source)

    def _import(self, year: int, special: list[tuple[date, DayKind, str]], source: str) -> None:
        try:
            moved = import_calendar_year(actor=Actor.system("seed_calendar"), year=year, special=special, source=source)
        except DomainError as exc:
            raise CommandError(exc.code.spec.detail.render("en", **exc.params)) from exc
        self.stdout.write(f"{year}: {len(special)} special days, {moved} due dates moved")


def _known(text: str) -> dict[int, list[tuple[date, DayKind, str]]]:
    first, _, last = text.partition("-")
    return {year: seeds.special_days(year) for year in range(int(first), int(last or first) + 1)}


def _from_file(path: Path) -> dict[int, list[tuple[date, DayKind, str]]]:
    years: dict[int, list[tuple[date, DayKind, str]]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            day = date.fromisoformat(row["day"].strip())
            years.setdefault(day.year, []).append((day, DayKind(row["kind"].strip()), row["name"].strip()))
    if not years:
        raise ValueError("the file names no days")
    return years

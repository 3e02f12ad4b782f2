"""The published figures: sums of groups, never a case."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Func, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import ExtractMonth

from backend.accounts import selectors as accounts
from backend.powers import selectors as powers
from backend.statistics import rules
from backend.statistics.models import CaseFact, PublicationPolicy
from backend.statistics.rules import TOTAL
from backend.statistics.types import Counts, Figures, Group, Measure, MonthFigures, Publication, StatisticsError
from kernel import clock
from kernel.errors import DomainError

SATISFIED = (3, 4, 5)
_SUMS = {
    "closed": Count("id"),
    "judged": Count("is_on_time"),
    "on_time": Count("id", filter=Q(is_on_time=True)),
    "measured": Count("id", filter=Q(working_days__isnull=False, promised_days__isnull=False)),
    "days": Sum("working_days", filter=Q(promised_days__isnull=False), default=0),
    "promised": Sum("promised_days", filter=Q(working_days__isnull=False), default=0),
    "rated": Count("rating_level"),
    "satisfied": Count("id", filter=Q(rating_level__in=SATISFIED)),
}


def published(*, year: int | None = None, organisation_id: UUID | None = None, theme: str = "") -> Publication:
    """The figures of a year (None: the latest): of everything by organisation and topic, or of one of them, by month.

    Cases count in the month in which they came in, or were closed. Groups of fewer cases than the policy says are
    hidden, and others with them where they could be worked out; organisation and topic cannot be combined for the
    same reason. Raises STATISTICS_NOT_FOUND for a choice without figures, STATISTICS_ONE_AT_A_TIME for both at once.
    """
    if organisation_id is not None and theme:
        raise DomainError(StatisticsError.ONE_AT_A_TIME)
    as_of = clock.today() - timedelta(days=1)
    years = _years(as_of)
    chosen = years[-1] if year is None else year
    if chosen not in years:
        raise DomainError(StatisticsError.NOT_FOUND)
    policy = _policy()
    table = _theme_table(chosen, as_of, policy) if theme else _office_table(chosen, as_of, policy)
    row: Hashable = theme or organisation_id or TOTAL
    choice = _choice(table, row)
    is_whole = choice is None
    last = as_of.month if chosen == as_of.year else 12
    return Publication(
        year=chosen,
        years=years,
        as_of=as_of,
        hide_below=policy,
        total=table.figures(row, TOTAL),
        months=tuple(MonthFigures(f"{chosen}-{n:02}", table.figures(row, n)) for n in range(1, last + 1)),
        organisations=_office_groups(table) if is_whole else (),
        themes=_theme_groups(_theme_table(chosen, as_of, policy)) if is_whole else (),
        choice=choice,
    )


@dataclass(slots=True)
class _Table:
    """Sums by row and month, with their margins, and what of them is hidden."""

    threshold: int
    columns_add_up: bool
    cells: dict[tuple[Hashable, Hashable], Counts] = field(default_factory=dict)
    hidden: Mapping[Measure, set[tuple[Hashable, Hashable]]] = field(default_factory=dict)

    def put(self, row: Hashable, column: Hashable, counts: Counts) -> None:
        """Count a cell in, with its sums."""
        keys = [(row, column), (row, TOTAL)]
        if self.columns_add_up:
            keys += [(TOTAL, column), (TOTAL, TOTAL)]
        for key in keys:
            self.cells.setdefault(key, Counts()).add(counts)

    def hide(self) -> None:
        """Decide what is hidden, each measure by itself."""
        inner = {cell: counts for cell, counts in self.cells.items() if TOTAL not in cell}
        self.hidden = {
            measure: rules.hidden_cells(
                {cell: counts.of(measure) for cell, counts in inner.items()},
                self.threshold,
                columns_add_up=self.columns_add_up,
            )
            for measure in Measure
        }

    def rows(self) -> list[Hashable]:
        """The rows that hold anything."""
        return [row for row, column in self.cells if column == TOTAL and row != TOTAL]

    def figures(self, row: Hashable, column: Hashable) -> Figures:
        """What is shown of a cell."""
        hidden = [measure for measure in Measure if (row, column) in self.hidden[measure]]
        return rules.figures(self.cells.get((row, column), Counts()), hidden)


def _office_table(year: int, as_of: date, threshold: int) -> _Table:
    return _table(F("organisation_id"), year, as_of, _Table(threshold, columns_add_up=True))


def _theme_table(year: int, as_of: date, threshold: int) -> _Table:
    row = Func(F("themes"), function="unnest")
    return _table(row, year, as_of, _Table(threshold, columns_add_up=False))


def _table(row: Any, year: int, as_of: date, table: _Table) -> _Table:
    for group in _grouped(row, "received_on", year, as_of).annotate(received=Count("id")):
        table.put(group["row"], group["month"], Counts(received=group["received"]))
    for group in _grouped(row, "closed_on", year, as_of).annotate(**_SUMS):
        table.put(group["row"], group["month"], Counts(**{name: group[name] for name in _SUMS}))
    table.hide()
    return table


def _grouped(row: Any, day: str, year: int, as_of: date) -> QuerySet[CaseFact, dict[str, Any]]:
    days = (date(year, 1, 1), min(date(year, 12, 31), as_of))
    found = CaseFact.objects.filter(**{f"{day}__range": days})
    return found.annotate(row=row, month=ExtractMonth(day)).values("row", "month").order_by("row", "month")


def _years(as_of: date) -> tuple[int, ...]:
    found = CaseFact.objects.filter(received_on__lte=as_of).aggregate(
        first=Min("received_on"), last=Max("received_on"), closed=Max("closed_on", filter=Q(closed_on__lte=as_of))
    )
    if found["first"] is None:
        return (as_of.year,)
    last = max(day for day in (found["last"], found["closed"]) if day)
    return tuple(range(found["first"].year, last.year + 1))


def _policy() -> int:
    row = PublicationPolicy.objects.filter(effective_from__lte=clock.today()).order_by("-effective_from").first()
    if row is None:
        raise LookupError("no publication policy")
    return row.hide_below


def _choice(table: _Table, row: Hashable) -> Group | None:
    if row == TOTAL:
        return None
    group = _office_choice(table, row) if isinstance(row, UUID) else _theme_choice(table, row)
    if group is None:
        raise DomainError(StatisticsError.NOT_FOUND)
    return group


def _office_choice(table: _Table, row: UUID) -> Group | None:
    found = accounts.organisations_by_id([row]).get(row)
    return Group(row, found.name, "", found.level, table.figures(row, TOTAL)) if found else None


def _theme_choice(table: _Table, row: Hashable) -> Group | None:
    found = next((info for info in powers.all_themes() if info.code == row), None)
    return Group(found.code, found.name, found.name_en, "", table.figures(row, TOTAL)) if found else None


def _office_groups(table: _Table) -> tuple[Group, ...]:
    names = accounts.organisations_by_id(_ids(table.rows()))
    groups = [
        Group(key, names[key].name, "", names[key].level, table.figures(key, TOTAL))
        for key in _ids(table.rows())
        if key in names
    ]
    return tuple(sorted(groups, key=lambda group: (-(group.figures.received or 0), group.name)))


def _theme_groups(table: _Table) -> tuple[Group, ...]:
    rows = set(table.rows())
    return tuple(
        Group(info.code, info.name, info.name_en, "", table.figures(info.code, TOTAL))
        for info in powers.all_themes()
        if info.code in rows
    )


def _ids(rows: Iterable[Hashable]) -> list[UUID]:
    return [row for row in rows if isinstance(row, UUID)]

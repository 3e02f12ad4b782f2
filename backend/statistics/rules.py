"""Which numbers may be published, and what is worked out from them. Plain Python.

A table is a number per (row, column). Numbers below the threshold are hidden. Row and column sums are published as
well, so what is hidden must not follow from what is shown: in each line either nothing is hidden, or at least two
numbers that together reach the threshold, of which the sum may be one. Over all lines together, a hidden number can
be worked out exactly when it is a bridge of the graph whose nodes are the lines and whose edges are the hidden
numbers (D. Gusfield, A graph theoretic approach to statistical data security, SIAM J. Comput. 17, 1988).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from backend.statistics.types import Counts, Figures, Measure

Cell = tuple[Hashable, Hashable]
TOTAL = "total"
PLACES = 3


def with_totals(table: Mapping[Cell, int], *, columns_add_up: bool) -> dict[Cell, int]:
    """The table with its sums under `TOTAL`; column sums only where the rows do not overlap."""
    whole = dict(table)
    for (row, column), number in table.items():
        whole[row, TOTAL] = whole.get((row, TOTAL), 0) + number
        if columns_add_up:
            whole[TOTAL, column] = whole.get((TOTAL, column), 0) + number
            whole[TOTAL, TOTAL] = whole.get((TOTAL, TOTAL), 0) + number
    return whole


def hidden_cells(table: Mapping[Cell, int], threshold: int, *, columns_add_up: bool = True) -> set[Cell]:
    """The cells that are not shown, sums included (`TOTAL`): too small ones, and others so that none can be worked out.

    With overlapping rows (`columns_add_up=False`), only row sums exist.
    """
    whole = with_totals(table, columns_add_up=columns_add_up)
    hidden = {cell for cell, number in whole.items() if 0 < number < threshold}
    lines = _lines(whole, columns_add_up)
    is_settled = False
    while not is_settled:
        partners = {partner for line in lines if (partner := _partner(whole, line, hidden, threshold)) is not None}
        if not partners and columns_add_up:
            partners = _around_bridges(whole, hidden)
        hidden |= partners
        is_settled = not partners
    return hidden


def figures(counts: Counts, hidden: Iterable[Measure] = ()) -> Figures:
    """What is shown of a group. A ratio without a base is None, never 100 %."""
    away = frozenset(hidden)
    received = None if Measure.RECEIVED in away else counts.received
    is_closed = Measure.CLOSED not in away
    is_rated = Measure.RATED not in away
    return Figures(
        received=received,
        closed=counts.closed if is_closed else None,
        judged=counts.judged if is_closed else None,
        on_time=counts.on_time if is_closed else None,
        on_time_rate=_ratio(counts.on_time, counts.judged) if is_closed else None,
        average_days=_ratio(counts.days, counts.measured, 1) if is_closed else None,
        average_promise=_ratio(counts.promised, counts.measured, 1) if is_closed else None,
        rated=counts.rated if is_rated else None,
        satisfied=counts.satisfied if is_rated else None,
        satisfaction=_ratio(counts.satisfied, counts.rated) if is_rated else None,
        hidden=tuple(measure.value for measure in Measure if measure in away),
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """A row or a column: its numbers and their sum."""

    parts: tuple[Cell, ...]
    sum: Cell


def _lines(whole: Mapping[Cell, int], columns_add_up: bool) -> list[_Line]:
    rows: dict[Hashable, list[Cell]] = {}
    columns: dict[Hashable, list[Cell]] = {}
    for row, column in whole:
        if column != TOTAL:
            rows.setdefault(row, []).append((row, column))
        if row != TOTAL:
            columns.setdefault(column, []).append((row, column))
    lines = [_Line(tuple(parts), (row, TOTAL)) for row, parts in rows.items()]
    if columns_add_up:
        lines += [_Line(tuple(parts), (TOTAL, column)) for column, parts in columns.items()]
    return lines


def _partner(whole: Mapping[Cell, int], line: _Line, hidden: set[Cell], threshold: int) -> Cell | None:
    """The cell that must be hidden too for this line to keep its secret; None when it keeps it already."""
    away = [cell for cell in line.parts if cell in hidden]
    is_sum_away = line.sum in hidden
    if is_sum_away and away:
        return None
    if not is_sum_away and (not away or (len(away) > 1 and sum(whole[cell] for cell in away) >= threshold)):
        return None
    shown = [cell for cell in line.parts if cell not in hidden and whole[cell] > 0]
    if shown:
        return min(shown, key=lambda cell: (whole[cell], str(cell)))
    return None if is_sum_away else line.sum


def _around_bridges(whole: Mapping[Cell, int], hidden: set[Cell]) -> set[Cell]:
    """What to hide besides, so that the first number that could be worked out lies on a rectangle of hidden ones."""
    for bridge in sorted(hidden, key=str):
        if _is_bridge(bridge, hidden):
            corners = _corners(whole, bridge, hidden)
            if corners:
                return corners
    return set()


def _corners(whole: Mapping[Cell, int], bridge: Cell, hidden: set[Cell]) -> set[Cell]:
    """The cheapest three cells that make a rectangle with this one, without those hidden already."""
    row, column = bridge
    rows, columns = {cell[0] for cell in whole} - {row}, {cell[1] for cell in whole} - {column}
    rectangles = (
        {(row, other_column), (other_row, column), (other_row, other_column)}
        for other_row in sorted(rows, key=str)
        for other_column in sorted(columns, key=str)
    )
    fitting = (corners for corners in rectangles if all(whole.get(cell) or cell in hidden for cell in corners))
    best = min(fitting, key=lambda corners: sum(whole[cell] for cell in corners - hidden), default=set())
    return best - hidden


def _is_bridge(edge: Cell, hidden: set[Cell]) -> bool:
    """Whether the row and the column of a hidden number hang together by it alone."""
    rest = hidden - {edge}
    rows, columns = {edge[0]}, set[Hashable]()
    is_growing = True
    while is_growing:
        known = len(rows) + len(columns)
        columns |= {column for row, column in rest if row in rows}
        rows |= {row for row, column in rest if column in columns}
        is_growing = len(rows) + len(columns) > known
    return edge[1] not in columns


def _ratio(part: int, whole: int, places: int = PLACES) -> float | None:
    return round(part / whole, places) if whole else None

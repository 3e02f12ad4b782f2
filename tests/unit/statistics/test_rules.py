"""Published figures: small groups are hidden, and nothing that is shown lets a small one be worked out."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.statistics import rules
from backend.statistics.rules import TOTAL
from backend.statistics.types import Counts, Measure

TABLES = st.dictionaries(
    st.tuples(st.integers(0, 4), st.integers(1, 5)), st.integers(0, 30) | st.integers(1, 4), min_size=1, max_size=25
)


def lines_of(whole, columns_add_up):
    rows = {row for row, _ in whole}
    columns = {column for _, column in whole}
    for row in rows:
        yield [(row, c) for c in columns if c != TOTAL and (row, c) in whole], (row, TOTAL)
    if columns_add_up:
        for column in columns:
            yield [(r, column) for r in rows if r != TOTAL and (r, column) in whole], (TOTAL, column)


def worked_out(whole, hidden, columns_add_up):
    """The hidden cells that linear algebra can work out from everything that is shown."""
    unknown = sorted(hidden, key=str)
    place = {cell: index for index, cell in enumerate(unknown)}
    matrix = []
    for parts, whole_sum in lines_of(whole, columns_add_up):
        row = [Fraction(0)] * len(unknown)
        for cell in parts:
            if cell in place:
                row[place[cell]] += 1
        if whole_sum in place:
            row[place[whole_sum]] -= 1
        if any(row):
            matrix.append(row)
    reduced = _reduce(matrix)
    return {unknown[next(i for i, x in enumerate(row) if x)] for row in reduced if sum(1 for x in row if x) == 1}


def _reduce(matrix):
    done = []
    for column in range(len(matrix[0]) if matrix else 0):
        pivot = next((row for row in matrix if row[column]), None)
        if pivot is None:
            continue
        matrix = [row for row in matrix if row is not pivot]
        pivot = [x / pivot[column] for x in pivot]

        def clear(row, pivot=pivot, column=column):
            return [x - row[column] * y for x, y in zip(row, pivot, strict=True)]

        matrix = [clear(row) for row in matrix]
        done = [clear(row) for row in done] + [pivot]
    return done


@settings(max_examples=300, deadline=None)
@given(TABLES, st.booleans())
def test_no_small_number_is_shown_or_can_be_worked_out(table, columns_add_up):
    hidden = rules.hidden_cells(table, 5, columns_add_up=columns_add_up)
    whole = rules.with_totals(table, columns_add_up=columns_add_up)
    small = {cell for cell, number in whole.items() if 0 < number < 5}
    assert small <= hidden
    assert not worked_out(whole, hidden, columns_add_up) & small
    for parts, whole_sum in lines_of(whole, columns_add_up):
        away = [cell for cell in parts if cell in hidden]
        if away and whole_sum not in hidden:
            assert sum(whole[cell] for cell in away) >= 5


def test_large_tables_are_shown_whole():
    assert rules.hidden_cells({(row, month): 20 for row in "abc" for month in range(1, 13)}, 5) == set()


def test_a_single_small_month_takes_another_one_with_it():
    table = {("a", 1): 3, ("a", 2): 40, ("a", 3): 30, ("b", 1): 50, ("b", 2): 60, ("b", 3): 70}
    hidden = rules.hidden_cells(table, 5)
    assert {("a", 1), ("a", 3)} <= hidden
    assert ("a", TOTAL) not in hidden
    assert {("b", 1), ("b", 3)} <= hidden


def test_zero_is_nobodys_secret():
    assert rules.hidden_cells({("a", 1): 0, ("a", 2): 9}, 5) == set()


def test_ratios_come_with_their_base_and_none_without():
    counts = Counts(received=40, closed=30, judged=20, on_time=19, measured=20, days=90, promised=150)
    shown = rules.figures(counts)
    assert (shown.on_time_rate, shown.average_days, shown.average_promise) == (0.95, 4.5, 7.5)
    assert shown.satisfaction is None
    assert shown.hidden == ()


@pytest.mark.parametrize(
    ("measure", "gone"),
    [
        (Measure.RECEIVED, {"received"}),
        (Measure.CLOSED, {"closed", "judged", "on_time", "on_time_rate", "average_days", "average_promise"}),
        (Measure.RATED, {"rated", "satisfied", "satisfaction"}),
    ],
)
def test_a_hidden_measure_takes_everything_worked_out_from_it_along(measure, gone):
    counts = Counts(9, 9, 9, 9, 9, 9, 9, 9, 9)
    shown = rules.figures(counts, [measure])
    fields = [name for name in shown.__slots__ if name != "hidden"]
    assert {name for name in fields if getattr(shown, name) is None} == gone
    assert shown.hidden == (measure.value,)

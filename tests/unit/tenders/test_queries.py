"""Queries in procurement: seven working days from when the supplier knew, holidays left out (Procurement Law 52-55)."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from backend.tenders.rules import queries
from backend.tenders.types import ObjectionStage, PeriodRule, SectionState, Unit
from backend.workflow.types import Calendar, CalendarDayInfo, DayKind

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOLIDAYS = [CalendarDayInfo(date(2026, 10, day), DayKind.HOLIDAY, "国庆节") for day in range(1, 8)]
CALENDAR = Calendar.of([*HOLIDAYS, CalendarDayInfo(date(2026, 10, 10), DayKind.ADJUSTED_WORKDAY)])
RULES = {
    "query": PeriodRule("query", 7, Unit.WORKING, "政府采购法第五十二条"),
    "complaint": PeriodRule("complaint", 15, Unit.WORKING, "政府采购法第五十五条"),
}


def at(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("known", "last"),
    [
        (at(9, 7), date(2026, 9, 16)),  # a Monday: over one weekend
        (at(9, 7, 0), date(2026, 9, 16)),
        (at(9, 7, 23), date(2026, 9, 16)),
        (at(9, 12), date(2026, 9, 22)),  # a Saturday: counts from the Monday after
        (at(9, 28), date(2026, 10, 13)),  # 29, 30 September, 8, 9, 10 (worked), 12, 13 October
        (at(9, 30), date(2026, 10, 15)),  # the day before the holidays
        (at(10, 3), date(2026, 10, 15)),  # in the midst of them
    ],
)
def test_seven_working_days_the_first_not_counted(known: datetime, last: date) -> None:
    assert queries.last_day(CALENDAR, RULES, known) == last
    assert CALENDAR.is_workday(last)


def test_from_when_a_supplier_knows() -> None:
    """Regulation Art. 53: documents received; the step over; the display of the result over."""
    times = {"taken": at(9, 1), "opened": at(9, 21), "displayed": at(9, 24)}
    found = {stage: queries.known_since(stage, **times) for stage in ObjectionStage}
    assert found == {
        ObjectionStage.PREQUAL_DOCUMENTS: at(9, 1),
        ObjectionStage.TENDER_DOCUMENTS: at(9, 1),
        ObjectionStage.OPENING: at(9, 21),
        ObjectionStage.RESULT: at(9, 24),
    }


def test_a_complaint_counts_from_the_end_of_the_time_to_answer() -> None:
    """T15 in procurement: fifteen working days."""
    assert queries.complain_until(CALENDAR, RULES, date(2026, 9, 7)) == date(2026, 9, 28)
    assert queries.complain_until(CALENDAR, RULES, date(2026, 9, 28)) == date(2026, 10, 23)


def test_a_signed_contract_ends_no_query() -> None:
    assert SectionState.CONTRACTED in queries.STATES[ObjectionStage.RESULT]
    assert SectionState.OPENED not in queries.STATES[ObjectionStage.RESULT], "no result yet"
    assert set(queries.STATES) == set(ObjectionStage)

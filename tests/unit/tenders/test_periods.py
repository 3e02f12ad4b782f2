"""Lawful periods: start not counted, calendar or working days as the law says, holidays at the end (8.1)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from backend.tenders.rules import notices, periods
from backend.tenders.types import NoticeKind, PeriodRule, PlannedNotice, SectionFacts, SectionState, Unit
from backend.workflow.types import Calendar, CalendarDayInfo, DayKind

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOLIDAYS = [CalendarDayInfo(date(2026, 10, day), DayKind.HOLIDAY, "国庆节") for day in range(1, 8)]
CALENDAR = Calendar.of([*HOLIDAYS, CalendarDayInfo(date(2026, 10, 10), DayKind.ADJUSTED_WORKDAY)])
VALUES = {
    "sale_period": 5, "bid_period": 20, "change_before_deadline": 15, "publicity": 3, "prequal_application": 5,
    "prequal_change": 3,
}  # fmt: skip
RULES = {code: PeriodRule(code, days, Unit.CALENDAR, "法") for code, days in VALUES.items()}
PROCUREMENT = {**RULES, "sale_period": PeriodRule("sale_period", 5, Unit.WORKING, "采")}


def at(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=SHANGHAI)


def call(issued: datetime, sale_end: datetime, deadline: datetime) -> PlannedNotice:
    content = {
        "documents_from": issued.isoformat(),
        "documents_until": sale_end.isoformat(),
        "bids_until": deadline.isoformat(),
    }
    return PlannedNotice(NoticeKind.TENDER, issued, content)


def pointers(planned: PlannedNotice, rules: dict[str, PeriodRule] = RULES, **facts: Any) -> list[str]:
    known = SectionFacts(SectionState.BIDDING, **facts)
    return [fault.pointer for fault in notices.period_faults(CALENDAR, rules, planned, known)]


def test_twenty_days_to_bid_five_to_get_the_documents() -> None:
    """T01, T03."""
    assert pointers(call(at(9, 1), at(9, 6), at(9, 21))) == []
    assert pointers(call(at(9, 1), at(9, 5, 23), at(9, 20, 23))) == ["/content/documents_until", "/content/bids_until"]


def test_procurement_counts_working_days_for_the_documents() -> None:
    """Another law, another reckoning: 2026-09-28 is a Monday, then a week of holiday, 10 October worked."""
    issued = at(9, 28)
    assert pointers(call(issued, at(10, 4), at(10, 30)), RULES) == []
    assert pointers(call(issued, at(10, 4), at(10, 30)), PROCUREMENT) == ["/content/documents_until"]
    fault = notices.period_faults(
        CALENDAR, PROCUREMENT, call(issued, at(10, 4), at(10, 30)), SectionFacts(SectionState.PLANNED)
    )[0]
    assert fault.earliest == date(2026, 10, 10)
    assert pointers(call(issued, at(10, 10), at(10, 30)), PROCUREMENT) == []


@pytest.mark.parametrize(
    ("days", "affects", "new_days", "refused"),
    [
        (15, True, None, False),
        (14, True, None, True),
        (14, False, None, False),
        (14, True, 15, False),
        (3, True, 9, True),
    ],
)
def test_a_change_needs_fifteen_days_or_a_later_deadline(
    days: int, affects: bool, new_days: int | None, refused: bool
) -> None:
    """T04."""
    today = at(9, 1)
    content: dict[str, Any] = {"affects_bids": affects}
    if new_days is not None:
        content["new_deadline"] = (today + timedelta(days=new_days)).isoformat()
    planned = PlannedNotice(NoticeKind.CHANGE, today, content)
    assert bool(pointers(planned, deadline=today + timedelta(days=days))) == refused


def test_publicity_never_ends_on_a_day_of_rest() -> None:
    """T10: three days from 28 September are 1 October; offices work again on the 8th."""
    for until, faults in ((at(10, 1), 1), (at(10, 7, 23), 1), (at(10, 8), 0)):
        content = {"objections_to": until.isoformat()}
        planned = PlannedNotice(NoticeKind.CANDIDATES, at(9, 28), content)
        assert len(pointers(planned)) == faults
    assert periods.after(CALENDAR, date(2026, 9, 21), RULES["publicity"], roll=True) == date(2026, 9, 24)


def test_days_before_an_end() -> None:
    assert periods.before(CALENDAR, date(2026, 9, 21), RULES["change_before_deadline"]) == date(2026, 9, 6)
    assert periods.before(CALENDAR, date(2026, 10, 9), PROCUREMENT["sale_period"]) == date(2026, 9, 25)


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_every_kind_has_its_content_and_its_time(kind: NoticeKind) -> None:
    assert kind in notices.POSSIBLE
    if kind is not NoticeKind.OPENING_RECORD:
        assert notices.missing(kind, {}), "an empty notice says nothing"


def test_why_not_now() -> None:
    now = at(9, 1)
    planned = SectionFacts(SectionState.PLANNED)
    assert not notices.possibility(NoticeKind.TENDER, planned, now).allowed
    assert notices.possibility(NoticeKind.TENDER, SectionFacts(SectionState.PLANNED, has_key=True), now).allowed
    held = notices.possibility(NoticeKind.AWARD, SectionFacts(SectionState.CANDIDATES, suspended=True), now)
    assert not held.allowed
    shown = SectionFacts(SectionState.CANDIDATES, publicity_until=at(9, 4))
    assert notices.possibility(NoticeKind.AWARD, shown, at(9, 4)).earliest == date(2026, 9, 4)
    assert notices.possibility(NoticeKind.AWARD, shown, at(9, 4, 10)).allowed

"""The tenderer's calendar: every act with its first and last day, holidays at the end, and why not now (T01-T16)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from backend.tenders.rules import lawful
from backend.tenders.types import (
    Act,
    ActState,
    Law,
    LawfulAct,
    LawfulFacts,
    NoticeKind,
    PeriodRule,
    SectionFacts,
    SectionState,
    Unit,
)
from backend.workflow.types import Calendar, CalendarDayInfo, DayKind

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOLIDAYS = [CalendarDayInfo(date(2026, 10, day), DayKind.HOLIDAY, "国庆节") for day in range(1, 8)]
CALENDAR = Calendar.of([*HOLIDAYS, CalendarDayInfo(date(2026, 10, 10), DayKind.ADJUSTED_WORKDAY)])
VALUES = {
    "sale_period": 5, "bid_period": 20, "change_before_deadline": 15, "publicity": 3, "prequal_application": 5,
    "objection_documents": 10, "objection_answer": 3, "candidates_publish": 3, "contract": 30, "bond_refund": 5,
    "bond_refund_withdrawn": 5, "complaint": 10, "report": 15, "questions_close": 2, "min_bidders": 3,
    "performance_bond_percent": 10,
}  # fmt: skip
RULES = {code: PeriodRule(code, days, Unit.CALENDAR, f"第{days}条") for code, days in VALUES.items()}
PROCUREMENT = {
    **RULES,
    "candidates_publish": PeriodRule("candidates_publish", 2, Unit.WORKING, "采四十三"),
    "contract_notice": PeriodRule("contract_notice", 2, Unit.WORKING, "采五十"),
    "contract_filing": PeriodRule("contract_filing", 7, Unit.WORKING, "采四十七"),
    "query": PeriodRule("query", 7, Unit.WORKING, "采五十二"),
}
_S = SectionState


def at(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=SHANGHAI)


def acts(now: datetime, state: SectionState, law: Law = Law.TENDER, **known: Any) -> dict[Act, LawfulAct]:
    """The calendar of a section, by act."""
    section = {
        name: known.pop(name) for name in ("suspended", "has_key", "deadline", "publicity_until", "awarded_on")
        if name in known
    }  # fmt: skip
    facts = LawfulFacts(law=law, invited=False, section=SectionFacts(state, **section), now=now, **known)
    rules = PROCUREMENT if law is Law.PROCUREMENT else RULES
    return {found.act: found for found in lawful.calendar_of(CALENDAR, rules, facts)}


def bidding(now: datetime, **known: Any) -> dict[Act, LawfulAct]:
    """A section that was called on 1 September, bids due on the 28th at 9:00."""
    return acts(
        now, known.pop("state", _S.BIDDING), has_key=True, deadline=at(9, 28),
        issued={NoticeKind.TENDER: date(2026, 9, 1)},
        documents_from=at(9, 1), documents_until=at(9, 8), questions_until=at(9, 26), **known,
    )  # fmt: skip


def test_before_the_notice_it_says_what_is_missing_and_how_early_the_deadline_may_be() -> None:
    found = acts(at(9, 1), _S.PLANNED)
    assert (found[Act.CALL].state, found[Act.CALL].why) != (ActState.NOW, None)
    assert "密钥" in found[Act.CALL].why.zh
    assert found[Act.DEADLINE].earliest == date(2026, 9, 21)
    assert found[Act.DOCUMENTS].earliest == date(2026, 9, 6)
    assert acts(at(9, 1), _S.PLANNED, has_key=True)[Act.CALL].state is ActState.NOW
    assert all(one.why for act, one in found.items() if one.state is ActState.LATER), "every “not now” has its reason"
    assert all(one.basis for one in found.values())
    earliest = {act: found[act].earliest for act in (Act.REPORT, Act.CANDIDATES, Act.AWARD, Act.SIGNING)}
    assert earliest == {
        Act.REPORT: date(2026, 9, 21),
        Act.CANDIDATES: date(2026, 9, 21),
        Act.AWARD: date(2026, 9, 24),
        Act.SIGNING: date(2026, 9, 24),
    }, "what comes later is reckoned from the earliest deadline"
    assert "15 日内" in found[Act.SUPERVISOR].why.zh


def test_a_change_is_free_until_fifteen_days_before_and_moves_the_deadline_after() -> None:
    """T04, T05."""
    early, late = bidding(at(9, 13)), bidding(at(9, 14))
    assert (early[Act.CHANGE].latest, early[Act.CHANGE].why) == (date(2026, 9, 13), None)
    assert late[Act.CHANGE].state is ActState.NOW
    assert "9 月 29 日" in late[Act.CHANGE].why.zh
    assert (bidding(at(9, 18))[Act.OBJECT_DOCUMENTS].state, bidding(at(9, 19))[Act.OBJECT_DOCUMENTS].state) == (
        ActState.NOW,
        ActState.OVER,
    )


def test_an_objection_holds_the_deadline_the_opening_and_the_award() -> None:
    """T05, T11."""
    found = bidding(at(9, 15), suspended=True, answers_due=date(2026, 9, 17))
    assert (found[Act.DEADLINE].state, found[Act.ANSWER].latest) == (ActState.HELD, date(2026, 9, 17))
    assert bidding(at(9, 18), suspended=True, answers_due=date(2026, 9, 17))[Act.ANSWER].state is ActState.LATE
    assert bidding(at(9, 28, 10), state=_S.SEALED, suspended=True)[Act.OPENING].state is ActState.HELD
    held = acts(at(10, 20), _S.CANDIDATES, publicity_until=at(10, 12), suspended=True)
    assert (held[Act.AWARD].state, held[Act.AWARD].why is not None) == (ActState.HELD, True)


def test_nobody_opens_before_the_deadline() -> None:
    """T08."""
    assert bidding(at(9, 28, 8))[Act.OPENING].state is ActState.LATER
    sealed = bidding(at(9, 28, 10), state=_S.SEALED)[Act.OPENING]
    assert (sealed.state, sealed.moment) == (ActState.NOW, at(9, 28))


def test_candidates_within_three_days_of_the_report_and_a_holiday_at_the_end_is_moved() -> None:
    """T10: a report of 28 September gives until 1 October, which is a holiday: 8 October."""
    opened = {"opened_on": date(2026, 9, 28)}
    waiting = acts(at(9, 28), _S.OPENED, **opened)
    assert waiting[Act.REPORT].recordable
    assert waiting[Act.CANDIDATES].latest is None
    reported = acts(at(9, 29), _S.OPENED, **opened, recorded={Act.REPORT: date(2026, 9, 28)})
    assert (reported[Act.CANDIDATES].state, reported[Act.CANDIDATES].latest) == (ActState.NOW, date(2026, 10, 8))
    assert "10 月 8 日" in reported[Act.CANDIDATES].why.zh, "display from 29 September: three days, then the holidays"
    late = acts(at(10, 9), _S.OPENED, **opened, recorded={Act.REPORT: date(2026, 9, 28)})
    assert late[Act.CANDIDATES].state is ActState.LATE


def test_procurement_counts_working_days_by_its_own_articles() -> None:
    known = {"opened_on": date(2026, 9, 28), "recorded": {Act.REPORT: date(2026, 9, 30)}}
    found = acts(at(9, 30), _S.OPENED, Law.PROCUREMENT, **known)[Act.CANDIDATES]
    assert (found.latest, found.basis) == (date(2026, 10, 9), "采四十三")
    signed = {"recorded": {Act.SIGNING: date(2026, 9, 30)}, "awarded_on": date(2026, 9, 20)}
    notice = acts(at(10, 8), _S.AWARDED, Law.PROCUREMENT, **signed)[Act.CONTRACT_NOTICE]
    assert (notice.state, notice.latest) == (ActState.NOW, date(2026, 10, 9))
    awarded = acts(at(10, 8), _S.AWARDED, Law.PROCUREMENT, **signed)
    assert Act.SUPERVISOR not in awarded, "another law, another duty"
    assert awarded[Act.FILING].latest == date(2026, 10, 15), "8, 9, 10 (worked), 12, 13, 14, 15 October"
    complaint = awarded[Act.COMPLAINT]
    assert (complaint.state, complaint.latest) == (ActState.NOW, None), "each counts from its own answer"
    assert "质疑答复期满之日起 10" in complaint.why.zh
    asked = acts(
        at(10, 13),
        _S.BIDDING,
        Law.PROCUREMENT,
        deadline=at(10, 22),
        documents_from=at(9, 24),
        documents_until=at(9, 30),
    )[Act.OBJECT_DOCUMENTS]
    assert (asked.state, asked.latest) == (ActState.NOW, date(2026, 10, 15))


def test_award_only_after_the_display() -> None:
    """T10, T11."""
    shown = {"publicity_until": at(10, 12, 17), "issued": {NoticeKind.CANDIDATES: date(2026, 10, 8)}}
    before, after = acts(at(10, 12, 17), _S.CANDIDATES, **shown), acts(at(10, 12, 18), _S.CANDIDATES, **shown)
    assert (before[Act.AWARD].state, before[Act.AWARD].earliest) == (ActState.LATER, date(2026, 10, 12))
    assert before[Act.OBJECT_RESULT].state is ActState.NOW
    assert (after[Act.AWARD].state, after[Act.OBJECT_RESULT].state) == (ActState.NOW, ActState.OVER)


def test_after_the_award_report_contract_and_bonds_have_their_last_day() -> None:
    """T12 from the letter, T13 from the signature, T16 from the award; T15. A last day of rest moves on."""
    issued = {NoticeKind.AWARD_LETTER: date(2026, 9, 5)}
    found = acts(at(9, 6), _S.AWARDED, awarded_on=date(2026, 9, 4), issued=issued, has_bonds=True)
    assert found[Act.SUPERVISOR].latest == date(2026, 9, 21), "4 + 15 is Saturday the 19th"
    assert found[Act.SIGNING].latest == date(2026, 10, 8), "5 September + 30 is 5 October, a holiday"
    assert "10%" in found[Act.SIGNING].why.zh
    assert found[Act.COMPLAINT].latest == date(2026, 9, 14)
    assert (found[Act.BONDS].state, found[Act.BONDS].recordable) == (ActState.LATER, False)
    signed = acts(
        at(10, 9), _S.CONTRACTED, awarded_on=date(2026, 9, 4), has_bonds=True,
        issued={**issued, NoticeKind.CONTRACT: date(2026, 10, 9)}, recorded={Act.SIGNING: date(2026, 10, 9)},
    )  # fmt: skip
    assert (signed[Act.SIGNING].state, signed[Act.SIGNING].why.zh) == (ActState.DONE, "晚于法定期限。")
    assert signed[Act.SUPERVISOR].state is ActState.LATE
    assert (signed[Act.BONDS].state, signed[Act.BONDS].latest) == (ActState.NOW, date(2026, 10, 14))


@pytest.mark.parametrize("state", [_S.FAILED, _S.TERMINATED])
def test_nothing_follows_a_failed_or_stopped_tender(state: SectionState) -> None:
    found = bidding(at(9, 29), state=state)
    assert {one.state for one in found.values()} <= {ActState.DONE, ActState.OVER}

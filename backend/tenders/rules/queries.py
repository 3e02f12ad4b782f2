"""Queries (质疑) of procurement: from when on their working days count, until when, and what follows the answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from backend.tenders.rules import periods
from backend.tenders.rules.notices import day_of
from backend.tenders.types import ObjectionStage, SectionState
from backend.workflow.types import Calendar

_S = SectionState
AFTER_OPENING = frozenset({_S.OPENED, _S.CANDIDATES, _S.AWARDED, _S.CONTRACTED})
STATES: Mapping[ObjectionStage, frozenset[SectionState]] = {
    ObjectionStage.PREQUAL_DOCUMENTS: frozenset({_S.PREQUALIFYING}),
    ObjectionStage.TENDER_DOCUMENTS: frozenset({_S.BIDDING}),
    ObjectionStage.OPENING: AFTER_OPENING,
    ObjectionStage.RESULT: AFTER_OPENING - {_S.OPENED},
}
"""The working days of a query outlast the award, and a contract that was signed meanwhile."""


def is_procurement(rules: periods.Rules) -> bool:
    """Whether the law behind these numbers knows queries."""
    return "query" in rules


def known_since(
    stage: ObjectionStage, *, taken: datetime | None, opened: datetime | None, displayed: datetime | None
) -> datetime | None:
    """When a supplier knew or should have known: the documents received, the step or the display of the result over
    (Regulation of the Procurement Law, Art. 53)."""
    if stage is ObjectionStage.RESULT:
        return displayed
    return opened if stage is ObjectionStage.OPENING else taken


def last_day(calendar: Calendar, rules: periods.Rules, known: datetime) -> date:
    """The last day of a query: the day itself is not counted (Procurement Law, Art. 52)."""
    return periods.after(calendar, day_of(known), rules["query"])


def complain_until(calendar: Calendar, rules: periods.Rules, answer_due: date) -> date:
    """The last day of a complaint: counts from the end of the time to answer (Procurement Law, Art. 55)."""
    return periods.after(calendar, answer_due, rules["complaint"])

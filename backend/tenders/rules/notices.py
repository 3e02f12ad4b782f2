"""What a notice must say, when it may come out, and what it does to its sections (domain.md 8.1, 8.3)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from backend.tenders.rules import periods
from backend.tenders.rules.sealing import canonical
from backend.tenders.types import (
    BID_KINDS,
    CHANGE_KINDS,
    STATE_NAMES,
    Law,
    NoticeKind,
    PeriodFault,
    PlannedNotice,
    Possibility,
    SectionFacts,
    SectionState,
)
from backend.workflow.types import Calendar
from kernel.errors import FieldError, Text

SHANGHAI = ZoneInfo("Asia/Shanghai")
_NEEDED = Text("请填写此项。", "Fill this in.")
_BASIC = ("content", "contact")
REQUIRED: Mapping[NoticeKind, tuple[str, ...]] = {
    NoticeKind.PLAN: ("content", "planned_on"),
    NoticeKind.PREQUAL: (*_BASIC, "qualification", "documents_from", "documents_until", "applications_until"),
    NoticeKind.TENDER: (
        *_BASIC, "scope", "funds", "qualification", "joint_bids", "how_to_get_documents", "how_to_hand_in",
        "documents_from", "documents_until", "bids_until",
    ),
    NoticeKind.INVITATION: (*_BASIC, "documents_from", "documents_until", "bids_until", "invited"),
    NoticeKind.DOCUMENTS: ("content",),
    NoticeKind.CHANGE: ("content", "affects_bids"),
    NoticeKind.CLARIFICATION: ("content", "affects_bids"),
    NoticeKind.TERMINATION: ("content", "reason"),
    NoticeKind.FAILED: ("reason",),
    NoticeKind.CANDIDATES: ("candidates", "report_received_on", "objections_to"),
    NoticeKind.AWARD: ("winner",),
    NoticeKind.AWARD_LETTER: ("winner", "content"),
    NoticeKind.CONTRACT: ("amount_fen", "signed_on", "period_start", "period_end"),
    NoticeKind.PERFORMANCE: ("content",),
}  # fmt: skip
_S = SectionState
POSSIBLE: Mapping[NoticeKind, frozenset[SectionState]] = {
    NoticeKind.PLAN: frozenset({_S.PLANNED}),
    NoticeKind.PREQUAL: frozenset({_S.PLANNED}),
    NoticeKind.TENDER: frozenset({_S.PLANNED, _S.PREQUALIFYING}),
    NoticeKind.INVITATION: frozenset({_S.PLANNED, _S.PREQUALIFYING}),
    NoticeKind.DOCUMENTS: frozenset({_S.PREQUALIFYING, _S.BIDDING}),
    NoticeKind.CHANGE: frozenset({_S.PREQUALIFYING, _S.BIDDING}),
    NoticeKind.CLARIFICATION: frozenset({_S.PREQUALIFYING, _S.BIDDING}),
    NoticeKind.TERMINATION: frozenset({_S.PLANNED, _S.PREQUALIFYING, _S.BIDDING, _S.SEALED, _S.OPENED}),
    NoticeKind.OPENING_RECORD: frozenset({_S.OPENED}),
    NoticeKind.FAILED: frozenset({_S.FAILED, _S.OPENED, _S.CANDIDATES, _S.AWARDED}),
    NoticeKind.CANDIDATES: frozenset({_S.OPENED}),
    NoticeKind.AWARD: frozenset({_S.CANDIDATES, _S.AWARDED}),
    NoticeKind.AWARD_LETTER: frozenset({_S.AWARDED}),
    NoticeKind.CONTRACT: frozenset({_S.AWARDED}),
    NoticeKind.PERFORMANCE: frozenset({_S.CONTRACTED}),
}
AFTER: Mapping[NoticeKind, SectionState] = {
    NoticeKind.PREQUAL: _S.PREQUALIFYING,
    NoticeKind.TENDER: _S.BIDDING,
    NoticeKind.INVITATION: _S.BIDDING,
    NoticeKind.TERMINATION: _S.TERMINATED,
    NoticeKind.FAILED: _S.FAILED,
    NoticeKind.CANDIDATES: _S.CANDIDATES,
    NoticeKind.AWARD: _S.AWARDED,
    NoticeKind.CONTRACT: _S.CONTRACTED,
}
UNTIL_SIGNED = frozenset({NoticeKind.AWARD, NoticeKind.FAILED})
"""May undo an award while no contract is signed: the next candidate or a new tender (Regulation, Art. 55)."""
HELD_BY_OBJECTION = frozenset({*BID_KINDS, NoticeKind.CANDIDATES, NoticeKind.AWARD, NoticeKind.AWARD_LETTER})


def missing(kind: NoticeKind, content: Mapping[str, Any]) -> list[FieldError]:
    """The required items a notice lacks (minimum content: Order no. 10 of 2017)."""
    lacking = [name for name in REQUIRED.get(kind, ()) if content.get(name) in (None, "", [])]
    return [FieldError(f"/content/{name}", "required", _NEEDED) for name in lacking]


def moment(value: Any) -> datetime:
    """A time in a notice's content. Raises ValueError for one without a zone."""
    found = datetime.fromisoformat(str(value))
    if found.tzinfo is None:
        raise ValueError("a time needs its zone")
    return found


def day_of(at: datetime) -> date:
    """The day in Suqian."""
    return at.astimezone(SHANGHAI).date()


def period_faults(
    calendar: Calendar, rules: periods.Rules, notice: PlannedNotice, facts: SectionFacts
) -> list[PeriodFault]:
    """The lawful periods a notice would break if it came out at `notice.at`."""
    if notice.kind in BID_KINDS:
        return _tender_faults(calendar, rules, notice)
    if notice.kind is NoticeKind.PREQUAL:
        return _prequal_faults(calendar, rules, notice)
    if notice.kind in CHANGE_KINDS:
        return _change_faults(calendar, rules, notice, facts)
    if notice.kind is NoticeKind.CANDIDATES:
        return _candidate_faults(calendar, rules, notice)
    return []


def _tender_faults(calendar: Calendar, rules: periods.Rules, notice: PlannedNotice) -> list[PeriodFault]:
    content, issued = notice.content, day_of(notice.at)
    first = max(issued, day_of(moment(content["documents_from"])))
    found = _too_early(calendar, first, moment(content["documents_until"]), rules, "sale_period", "documents_until")
    return found + _too_early(calendar, first, moment(content["bids_until"]), rules, "bid_period", "bids_until")


def _prequal_faults(calendar: Calendar, rules: periods.Rules, notice: PlannedNotice) -> list[PeriodFault]:
    content, issued = notice.content, day_of(notice.at)
    sale_end = moment(content["documents_until"])
    first = max(issued, day_of(moment(content["documents_from"])))
    found = _too_early(calendar, first, sale_end, rules, "sale_period", "documents_until")
    until = moment(content["applications_until"])
    return found + _too_early(calendar, day_of(sale_end), until, rules, "prequal_application", "applications_until")


def _change_faults(
    calendar: Calendar, rules: periods.Rules, notice: PlannedNotice, facts: SectionFacts
) -> list[PeriodFault]:
    """A change that affects bids needs its days before the deadline; else the deadline is moved, or no change."""
    until = new_deadline(notice.content) or facts.deadline
    if until is None or not notice.content.get("affects_bids"):
        return []
    code = "prequal_change" if facts.state is SectionState.PREQUALIFYING else "change_before_deadline"
    return _too_early(calendar, day_of(notice.at), until, rules, code, "new_deadline")


def _candidate_faults(calendar: Calendar, rules: periods.Rules, notice: PlannedNotice) -> list[PeriodFault]:
    until = moment(notice.content["objections_to"])
    return _too_early(calendar, day_of(notice.at), until, rules, "publicity", "objections_to", roll=True)


def _too_early(
    calendar: Calendar, start: date, end: datetime, rules: periods.Rules, code: str, name: str, *, roll: bool = False
) -> list[PeriodFault]:
    rule = rules[code]
    earliest = periods.after(calendar, start, rule, roll=roll)
    if day_of(end) >= earliest:
        return []
    return [PeriodFault(f"/content/{name}", PERIOD_NAMES[code], earliest, rule.basis)]


PERIOD_NAMES: Mapping[str, Text] = {
    "sale_period": Text("文件发售期", "Documents on offer"),
    "bid_period": Text("自文件发出至投标截止", "From the issue of documents to the deadline for bids"),
    "prequal_application": Text("资格预审申请期", "Applications after the sale of documents"),
    "change_before_deadline": Text("影响投标的澄清修改至投标截止", "From a change that affects bids to the deadline"),
    "prequal_change": Text("影响申请的澄清修改至申请截止", "From a change that affects applications to their deadline"),
    "publicity": Text("候选人公示期", "Candidates on display"),
}


def new_deadline(content: Mapping[str, Any]) -> datetime | None:
    """The deadline a change sets; None when it leaves it."""
    value = content.get("new_deadline")
    return moment(value) if value else None


def possibility(kind: NoticeKind, facts: SectionFacts, now: datetime) -> Possibility:
    """Whether a notice of this kind may come out now for a section, and if not, why and from when on."""
    if facts.state not in POSSIBLE[kind]:
        label = STATE_NAMES[facts.state]
        return Possibility(
            kind, False, Text(f"标段当前状态为“{label.zh}”。", f"The section is in the state: {label.en}.")
        )
    if facts.signed and kind in UNTIL_SIGNED:
        return Possibility(kind, False, _SIGNED)
    if facts.suspended and kind in HELD_BY_OBJECTION:
        return Possibility(kind, False, _HELD, basis=_HELD_BASIS[facts.law])
    if kind in BID_KINDS and not facts.has_key:
        return Possibility(kind, False, _NO_KEY)
    if kind is NoticeKind.AWARD and facts.publicity_until is not None and now <= facts.publicity_until:
        return Possibility(kind, False, _ON_DISPLAY, day_of(facts.publicity_until), _DISPLAY_BASIS[facts.law])
    return Possibility(kind, True)


_SIGNED = Text("合同已签订。", "The contract is signed.")
_HELD = Text("有异议尚未答复，答复前暂停。", "An objection waits for its answer.")
_HELD_BASIS = {Law.TENDER: "招标投标法实施条例第二十二条、第五十四条", Law.PROCUREMENT: "政府采购法实施条例第五十四条"}
_DISPLAY_BASIS = {Law.TENDER: "招标投标法实施条例第五十四条", Law.PROCUREMENT: "政府采购法实施条例第四十三条"}
_NO_KEY = Text("尚未生成开标密钥。", "The opening key has not been made.")
_ON_DISPLAY = Text("候选人公示期未满。", "The candidates are still on display.")


def content_digest(content: Mapping[str, Any]) -> str:
    """SHA-256 of a notice's content, for the journal."""
    return hashlib.sha256(canonical(dict(content))).hexdigest()

"""Acts after the opening: report, candidates, objections, award, contract, bonds, complaints (T10-T16)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from backend.tenders.rules import notices, periods, queries
from backend.tenders.rules.lawful.bases import basis_of
from backend.tenders.rules.lawful.ground import STANDS, Ground, zh
from backend.tenders.types import Law, NoticeKind, ObjectionStage, SectionState, Unit
from backend.tenders.types.acts import Act, ActState, LawfulAct
from kernel.errors import Text

_S = SectionState
_OPENED = frozenset({_S.OPENED, _S.CANDIDATES, _S.AWARDED, _S.CONTRACTED})


def _report(ground: Ground) -> LawfulAct:
    facts = ground.facts
    basis = basis_of(facts.law, Act.REPORT)
    received = facts.recorded.get(Act.REPORT)
    if received:
        mendable = NoticeKind.CANDIDATES not in facts.issued
        return LawfulAct(Act.REPORT, ActState.DONE, basis, facts.opened_on, done_on=received, recordable=mendable)
    if ground.state not in _OPENED:
        return LawfulAct(Act.REPORT, ActState.LATER, basis, ground.opens_on(), why=_NOT_OPENED)
    return LawfulAct(Act.REPORT, ActState.NOW, basis, earliest=facts.opened_on, why=_SAY_REPORT, recordable=True)


def _candidates(ground: Ground) -> LawfulAct:
    facts, basis = ground.facts, ground.basis("candidates_publish")
    received = facts.recorded.get(Act.REPORT)
    last = ground.last("candidates_publish", received) if received else None
    issued = facts.issued.get(NoticeKind.CANDIDATES)
    if issued:
        return _kept(LawfulAct(Act.CANDIDATES, ActState.DONE, basis, latest=last, done_on=issued))
    found = LawfulAct(Act.CANDIDATES, ActState.LATER, basis, latest=last, writes=NoticeKind.CANDIDATES)
    if ground.state is not _S.OPENED:
        within = _within(ground, "candidates_publish", "收到评标报告", "the report")
        return _with(found, earliest=ground.opens_on(), why=_and(_NOT_OPENED, within))
    if facts.section.suspended:
        return _with(found, state=ActState.HELD, why=STANDS)
    if received is None:
        return _with(found, state=ActState.NOW, why=_NO_REPORT)
    end = ground.first("publicity", ground.today, roll=True)
    why = Text(f"今天公示，须公示至{zh(end)}或以后。", f"Published today, on display until {end} or later.")
    return _duty(ground, _with(found, state=ActState.NOW, earliest=received, why=why))


def _object_result(ground: Ground) -> LawfulAct:
    basis, until = ground.basis("publicity"), ground.facts.section.publicity_until
    if until is None:
        return LawfulAct(Act.OBJECT_RESULT, ActState.LATER, basis, ground.opens_on(), why=_NO_CANDIDATES)
    start = ground.facts.issued.get(NoticeKind.CANDIDATES)
    if "query" in ground.rules:
        return _query_result(ground, start, notices.day_of(until))
    over = ground.facts.now > until
    state = ActState.OVER if over else ActState.NOW
    return LawfulAct(
        Act.OBJECT_RESULT, state, basis, earliest=start, latest=notices.day_of(until), moment=until,
        why=_DISPLAY_OVER if over else None,
    )  # fmt: skip


def _query_result(ground: Ground, start: date | None, displayed: date) -> LawfulAct:
    """Procurement: the working days of a query count from the end of the display and outlast the award."""
    rule = ground.rules["query"]
    last = periods.after(ground.calendar, displayed, rule)
    over = ground.today > last or ground.state not in queries.STATES[ObjectionStage.RESULT]
    why = Text(
        f"自结果公示期满之日起 {rule.value} 个工作日内。",
        f"Within {rule.value} working days of the end of the display.",
    )
    return LawfulAct(
        Act.OBJECT_RESULT, ActState.OVER if over else ActState.NOW, rule.basis, earliest=start, latest=last, why=why
    )


def _award(ground: Ground) -> LawfulAct:
    facts, basis = ground.facts, basis_of(ground.facts.law, Act.AWARD)
    if facts.section.awarded_on:
        undone = ground.state is _S.AWARDED and Act.SIGNING not in facts.recorded
        why = _MAY_FALL[facts.law] if undone else None
        return LawfulAct(Act.AWARD, ActState.DONE, basis, done_on=facts.section.awarded_on, why=why)
    until = facts.section.publicity_until
    found = LawfulAct(Act.AWARD, ActState.LATER, basis, ground.award_on(), writes=NoticeKind.AWARD)
    if ground.state is not _S.CANDIDATES:
        return _with(found, why=_NO_CANDIDATES)
    if facts.section.suspended:
        return _with(found, state=ActState.HELD, why=STANDS)
    if until is not None and facts.now <= until:
        return _with(found, moment=until, why=_ON_DISPLAY)
    return _with(found, state=ActState.NOW)


def _letter(ground: Ground) -> LawfulAct:
    basis = basis_of(ground.facts.law, Act.LETTER)
    issued = ground.facts.issued.get(NoticeKind.AWARD_LETTER)
    if issued:
        return LawfulAct(Act.LETTER, ActState.DONE, basis, done_on=issued)
    if ground.state is _S.CONTRACTED:
        return LawfulAct(Act.LETTER, ActState.OVER, basis, why=_SIGNED_ALREADY)
    found = LawfulAct(Act.LETTER, ActState.LATER, basis, writes=NoticeKind.AWARD_LETTER)
    if ground.state is not _S.AWARDED:
        return _with(found, earliest=ground.award_on(), why=_NO_AWARD)
    if ground.facts.section.suspended:
        return _with(found, state=ActState.HELD, why=STANDS)
    return _with(found, state=ActState.NOW, earliest=ground.facts.section.awarded_on)


def _supervisor(ground: Ground) -> LawfulAct | None:
    """T16: counts from the day on which the winner was fixed. In procurement the contract is filed instead."""
    if ground.facts.law is Law.PROCUREMENT:
        return None
    why = _and(_NO_AWARD, _within(ground, "report", "定标", "the award"))
    return _recorded_duty(ground, Act.SUPERVISOR, "report", ground.facts.section.awarded_on, why)


def _signing(ground: Ground) -> LawfulAct:
    """T12: counts from the letter of award; until there is one, from the award."""
    facts = ground.facts
    start = facts.issued.get(NoticeKind.AWARD_LETTER) or facts.section.awarded_on
    why = _and(_NO_AWARD, _within(ground, "contract", "中标通知书发出", "the letter of award"))
    found = _recorded_duty(ground, Act.SIGNING, "contract", start, why)
    if facts.section.suspended and found.recordable and found.done_on is None:
        return _with(found, state=ActState.HELD, why=_NO_SIGNING)
    if found.state not in (ActState.NOW, ActState.LATER):
        return found
    percent = ground.rules["performance_bond_percent"]
    bond = Text(
        f"履约保证金不超过合同金额的 {percent.value}%（{percent.basis}）。",
        f"Performance bond: {percent.value} % of the amount at most ({percent.basis}).",
    )
    return _with(found, why=bond) if found.why is None else found


def _filing(ground: Ground) -> LawfulAct | None:
    """In procurement the contract is filed with the finance department, counted from the signature."""
    if ground.facts.law is not Law.PROCUREMENT:
        return None
    why = _and(_NOT_SIGNED, _within(ground, "contract_filing", "合同签订", "the signature"))
    return _recorded_duty(ground, Act.FILING, "contract_filing", ground.facts.recorded.get(Act.SIGNING), why)


def _contract_notice(ground: Ground) -> LawfulAct:
    facts = ground.facts
    rule = ground.rules.get("contract_notice")
    basis = rule.basis if rule else basis_of(facts.law, Act.CONTRACT_NOTICE)
    signed = facts.recorded.get(Act.SIGNING)
    last = ground.last(rule.code, signed) if rule and signed else None
    issued = facts.issued.get(NoticeKind.CONTRACT)
    if issued:
        return _kept(LawfulAct(Act.CONTRACT_NOTICE, ActState.DONE, basis, latest=last, done_on=issued))
    found = LawfulAct(Act.CONTRACT_NOTICE, ActState.LATER, basis, latest=last, writes=NoticeKind.CONTRACT)
    if ground.state is not _S.AWARDED:
        return _with(found, earliest=ground.award_on(), why=_NO_AWARD)
    if signed is None and facts.section.suspended:
        return _with(found, state=ActState.HELD, why=_NO_SIGNING)
    if signed is None:
        return _with(found, state=ActState.NOW, why=_SAYS_ITSELF)
    return _duty(ground, _with(found, state=ActState.NOW, earliest=signed))


def _bonds(ground: Ground) -> LawfulAct | None:
    """T13: counts from the day on which the contract was signed."""
    if not ground.facts.has_bonds:
        return None
    why = _and(_NOT_SIGNED, _within(ground, "bond_refund", "合同签订", "the signature"))
    return _recorded_duty(ground, Act.BONDS, "bond_refund", ground.facts.recorded.get(Act.SIGNING), why)


def _complaint(ground: Ground) -> LawfulAct:
    rule = ground.rules["complaint"]
    if queries.is_procurement(ground.rules):
        state = ActState.NOW if ground.state in queries.AFTER_OPENING else ActState.LATER
        return LawfulAct(Act.COMPLAINT, state, rule.basis, why=_within(ground, "complaint", *_ANSWER_TIME))
    start = ground.facts.section.awarded_on
    if start is None:
        why = Text(
            "自知道之日起计算，由监督部门受理。", "Counts from when they knew; the supervising authority decides."
        )
        return LawfulAct(Act.COMPLAINT, ActState.LATER, rule.basis, why=why)
    last = ground.last("complaint", start)
    over = ground.today > last
    state = ActState.OVER if over else ActState.NOW
    return LawfulAct(Act.COMPLAINT, state, rule.basis, earliest=start, latest=last, why=_TIME_OVER if over else None)


def _recorded_duty(ground: Ground, act: Act, code: str, start: date | None, why_not: Text) -> LawfulAct:
    """A duty outside the platform: its day is said by the desk."""
    basis, done = ground.basis(code), ground.facts.recorded.get(act)
    last = ground.last(code, start) if start else None
    if done:
        mendable = act is not Act.SIGNING or NoticeKind.CONTRACT not in ground.facts.issued
        return _kept(LawfulAct(act, ActState.DONE, basis, start, last, done_on=done, recordable=mendable))
    if start is None:
        return LawfulAct(act, ActState.LATER, basis, ground.facts.section.awarded_on or ground.award_on(), why=why_not)
    found = LawfulAct(act, ActState.NOW, basis, earliest=start, latest=last, recordable=True)
    return _duty(ground, found)


def _duty(ground: Ground, found: LawfulAct) -> LawfulAct:
    """A duty whose last day is over is late, and may still be done."""
    if found.latest is None or ground.today <= found.latest:
        return found
    return _with(found, state=ActState.LATE, why=_LATE)


def _kept(found: LawfulAct) -> LawfulAct:
    """What was done after its last day stays marked."""
    if found.latest is None or found.done_on is None or found.done_on <= found.latest:
        return found
    return _with(found, why=_WAS_LATE)


def _within(ground: Ground, code: str, after: str, after_en: str) -> Text:
    """How many days a duty leaves, counted from what."""
    rule = ground.rules[code]
    unit, unit_en = ("个工作日", "working days") if rule.unit is Unit.WORKING else ("日", "days")
    return Text(f"{after}之日起 {rule.value} {unit}内。", f"Within {rule.value} {unit_en} of {after_en}.")


def _and(first: Text, second: Text) -> Text:
    return Text(f"{first.zh}{second.zh}", f"{first.en} {second.en}")


def _with(found: LawfulAct, **changed: object) -> LawfulAct:
    return replace(found, **changed)  # type: ignore[arg-type]


_NOT_OPENED = Text("尚未开标。", "The bids are not opened yet.")
_SAY_REPORT = Text("收到后请登记日期，公示期限由此起算。", "Say the day; the time to publish counts from it.")
_NO_REPORT = Text(
    "收到评标报告之日起算；登记日期后显示最晚日期。", "Counts from the day of the report; enter it to see the last day."
)
_NO_CANDIDATES = Text("尚未公示中标候选人。", "The candidates are not published yet.")
_DISPLAY_OVER = Text("公示期已满。", "The time of display is over.")
_ON_DISPLAY = Text("候选人公示期未满。", "The candidates are still on display.")
_MAY_FALL = {
    Law.TENDER: Text(
        "中标人放弃或依法不能中标的，签订合同前可按候选人排序另行定标，也可重新招标（招标投标法实施条例第五十五条）。",
        "A winner who gives up or may not win: until the contract is signed the next candidate can win, or the tender "
        "is held anew (Regulation of the Tender Law, Art. 55).",
    ),
    Law.PROCUREMENT: Text(
        "中标供应商拒绝签订合同的，可按候选人排序另行确定，也可重新采购（政府采购法实施条例第四十九条）。",
        "A winner who refuses to sign: the next candidate can win, or the procurement is held anew (Regulation of the "
        "Procurement Law, Art. 49).",
    ),
}
_NO_AWARD = Text("尚未定标。", "Not awarded yet.")
_NOT_SIGNED = Text("尚未登记合同签订日期。", "The day of signing is not entered yet.")
_SAYS_ITSELF = Text("公告写明签订日期。", "The notice says when the contract was signed.")
_ANSWER_TIME = ("质疑答复期满", "the end of the time to answer a query")
_NO_SIGNING = Text(
    "有质疑尚未答复，暂停签订合同；此前已签订的，请登记签订日期。",
    "A query waits for its answer: no contract is signed. If it was signed before, enter the day.",
)
_SIGNED_ALREADY = Text("合同已签订。", "The contract is signed.")
_TIME_OVER = Text("时间已过。", "The time is over.")
_LATE = Text("已超过法定期限，请尽快办理。", "The lawful time is over; do it without delay.")
_WAS_LATE = Text("晚于法定期限。", "Later than the law allows.")

LINES: tuple[Callable[[Ground], LawfulAct | None], ...] = (
    _report, _candidates, _object_result, _award, _letter, _supervisor, _signing, _filing, _contract_notice, _bonds,
    _complaint,
)  # fmt: skip

"""Acts up to the opening of bids: call, documents, questions, changes, deadline (T01-T09)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from backend.tenders.rules import notices, periods
from backend.tenders.rules.lawful.bases import basis_of
from backend.tenders.rules.lawful.ground import STANDS, Ground, zh
from backend.tenders.types import NoticeKind, SectionState
from backend.tenders.types.acts import Act, ActState, LawfulAct
from kernel.errors import Text

_S = SectionState


def _call(ground: Ground) -> LawfulAct:
    facts = ground.facts
    kind = NoticeKind.INVITATION if facts.invited else NoticeKind.TENDER
    basis = basis_of(facts.law, Act.CALL, invited=facts.invited)
    if kind in facts.issued:
        return LawfulAct(Act.CALL, ActState.DONE, basis, done_on=facts.issued[kind])
    possible = notices.possibility(kind, facts.section, facts.now)
    state = ActState.NOW if possible.allowed else ActState.LATER
    return LawfulAct(Act.CALL, state, basis, earliest=ground.today, why=possible.reason, writes=kind)


def _documents(ground: Ground) -> LawfulAct:
    facts = ground.facts
    start = notices.day_of(facts.documents_from) if facts.documents_from else ground.today
    if facts.documents_until is None:
        end = ground.first("sale_period", start)
        why = Text(f"公告发布后至少提供至{zh(end)}。", f"On offer until {end} at least.")
        return LawfulAct(Act.DOCUMENTS, ActState.LATER, ground.basis("sale_period"), earliest=end, why=why)
    return _window(ground, Act.DOCUMENTS, "sale_period", start, facts.documents_until)


def _applications(ground: Ground) -> LawfulAct | None:
    until = ground.facts.applications_until
    if until is None:
        return None
    return _window(ground, Act.APPLICATIONS, "prequal_application", None, until)


def _questions(ground: Ground) -> LawfulAct:
    until = ground.facts.questions_until
    if until is None:
        return _not_called(ground, Act.QUESTIONS, "questions_close")
    return _window(ground, Act.QUESTIONS, "questions_close", None, until)


def _object_documents(ground: Ground) -> LawfulAct:
    if ground.deadline is None:
        return _not_called(ground, Act.OBJECT_DOCUMENTS, "objection_documents")
    if "query" in ground.rules:
        return _query(ground)
    rule = ground.rules["objection_documents"]
    last = periods.before(ground.calendar, notices.day_of(ground.deadline), rule)
    state = ActState.NOW if ground.today <= last and ground.state is _S.BIDDING else ActState.OVER
    why = Text(f"距投标截止已不足 {rule.value} 日。", f"Fewer than {rule.value} days before the deadline.")
    return LawfulAct(Act.OBJECT_DOCUMENTS, state, rule.basis, latest=last, why=None if state is ActState.NOW else why)


def _query(ground: Ground) -> LawfulAct:
    """Procurement: each supplier has its working days from taking the documents; this is the last of all."""
    rule, until = ground.rules["query"], ground.facts.documents_until
    if until is None:
        return _not_called(ground, Act.OBJECT_DOCUMENTS, "query")
    last = periods.after(ground.calendar, notices.day_of(until), rule)
    state = ActState.NOW if ground.today <= last and ground.state is _S.BIDDING else ActState.OVER
    why = Text(
        f"各供应商自获取文件之日起 {rule.value} 个工作日内。",
        f"Each supplier within {rule.value} working days of taking the documents.",
    )
    return LawfulAct(Act.OBJECT_DOCUMENTS, state, rule.basis, latest=last, why=why)


def _change(ground: Ground) -> LawfulAct:
    basis = ground.basis("change_before_deadline")
    if ground.deadline is None:
        return _not_called(ground, Act.CHANGE, "change_before_deadline")
    end = notices.day_of(ground.deadline)
    last = periods.before(ground.calendar, end, ground.rules["change_before_deadline"])
    if ground.state is not _S.BIDDING:
        return LawfulAct(Act.CHANGE, ActState.OVER, basis, latest=last, why=_CLOSED)
    if ground.facts.section.suspended:
        return LawfulAct(Act.CHANGE, ActState.NOW, basis, latest=last, writes=NoticeKind.CHANGE, why=_DURING)
    moved = ground.first("change_before_deadline", ground.today)
    late = Text(
        f"现在修改，须同时把投标截止延至{zh(moved)}或以后。", f"A change now moves the deadline to {moved} or later."
    )
    why = late if ground.today > last else None
    return LawfulAct(Act.CHANGE, ActState.NOW, basis, latest=last, writes=NoticeKind.CHANGE, why=why)


def _answer(ground: Ground) -> LawfulAct | None:
    due = ground.facts.answers_due
    if due is None:
        return None
    state = ActState.LATE if ground.today > due else ActState.NOW
    return LawfulAct(Act.ANSWER, state, ground.basis("objection_answer"), latest=due, why=STANDS)


def _bond_withdrawn(ground: Ground) -> LawfulAct | None:
    if not ground.facts.has_bonds or ground.deadline is None:
        return None
    rule = ground.rules["bond_refund_withdrawn"]
    why = Text(
        f"自收到撤回通知起 {rule.value} 日内退还；开标前不显示是否有人撤回。",
        f"Within {rule.value} days of a withdrawal; whether there was one is not shown before the opening.",
    )
    state = ActState.NOW if ground.state is _S.BIDDING else ActState.OVER
    return LawfulAct(Act.BOND_WITHDRAWN, state, rule.basis, why=why)


def _deadline(ground: Ground) -> LawfulAct:
    basis = ground.basis("bid_period")
    start = max(ground.today, notices.day_of(ground.facts.documents_from or ground.facts.now))
    if ground.deadline is None:
        earliest = ground.first("bid_period", start)
        why = Text(f"今天发布公告，最早可定在{zh(earliest)}。", f"With a notice today, {earliest} at the earliest.")
        return LawfulAct(Act.DEADLINE, ActState.LATER, basis, earliest=earliest, why=why)
    if ground.facts.section.suspended and ground.state is _S.BIDDING:
        return LawfulAct(Act.DEADLINE, ActState.HELD, basis, moment=ground.deadline, why=_MOVES)
    over = ground.facts.now > ground.deadline
    done = notices.day_of(ground.deadline) if over else None
    state = ActState.DONE if over else ActState.LATER
    return LawfulAct(Act.DEADLINE, state, basis, moment=ground.deadline, done_on=done, why=None if over else _RUNS)


def _opening(ground: Ground) -> LawfulAct:
    basis = basis_of(ground.facts.law, Act.OPENING)
    if ground.facts.opened_on:
        return LawfulAct(Act.OPENING, ActState.DONE, basis, moment=ground.deadline, done_on=ground.facts.opened_on)
    if ground.deadline is None:
        return _not_called(ground, Act.OPENING, "min_bidders", basis)
    if ground.state is _S.SEALED and ground.facts.section.suspended:
        return LawfulAct(Act.OPENING, ActState.HELD, basis, moment=ground.deadline, why=STANDS)
    if ground.state is _S.SEALED:
        return LawfulAct(Act.OPENING, ActState.NOW, basis, moment=ground.deadline, why=_SHARES)
    return LawfulAct(Act.OPENING, ActState.LATER, basis, moment=ground.deadline, why=_NOT_BEFORE)


def _window(ground: Ground, act: Act, code: str, start: date | None, until: datetime) -> LawfulAct:
    """A time in which others may do something."""
    over = ground.facts.now > until
    state = ActState.OVER if over else ActState.NOW
    if start is not None and ground.today < start:
        state = ActState.LATER
    return LawfulAct(
        act, state, ground.basis(code), earliest=start, latest=notices.day_of(until), moment=until,
        why=_TIME_OVER if over else None,
    )  # fmt: skip


def _not_called(ground: Ground, act: Act, code: str, basis: str = "") -> LawfulAct:
    return LawfulAct(act, ActState.LATER, basis or ground.basis(code), why=_NO_CALL)


_NO_CALL = Text("招标公告发布后才能确定。", "Fixed by the tender notice.")
_CLOSED = Text("投标已截止。", "The time for bids is over.")
_TIME_OVER = Text("时间已过。", "The time is over.")
_DURING = Text("异议答复期间可以修改；投标截止顺延。", "Possible while an objection waits; the deadline moves.")
_MOVES = Text("有异议尚未答复，截止时间顺延。", "An objection waits for its answer; the deadline moves.")
_RUNS = Text("只能延后，不能提前。", "It can be moved to a later time only.")
_SHARES = Text("由三位开标人中的两位交来密钥份额；投标人少于三个的不开标。", "Two of three openers bring their shares.")
_NOT_BEFORE = Text("开标时间就是投标截止时间，任何人不能提前。", "At the deadline, by nobody earlier.")

LINES: tuple[Callable[[Ground], LawfulAct | None], ...] = (
    _call, _documents, _applications, _questions, _object_documents, _change, _answer, _bond_withdrawn, _deadline,
    _opening,
)  # fmt: skip

"""The acts of a tender that have their lawful time, and how each stands (domain.md 8.1, T01-T16)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from backend.tenders.types.records import SectionFacts
from backend.tenders.types.words import Law, NoticeKind
from kernel.errors import Text


class Act(StrEnum):
    """What happens in a tender, in the order of time."""

    CALL = "call"
    DOCUMENTS = "documents"
    APPLICATIONS = "applications"
    QUESTIONS = "questions"
    OBJECT_DOCUMENTS = "object_documents"
    CHANGE = "change"
    ANSWER = "answer_objections"
    BOND_WITHDRAWN = "bond_withdrawn"
    DEADLINE = "deadline"
    OPENING = "opening"
    REPORT = "evaluation_report"
    CANDIDATES = "candidates"
    OBJECT_RESULT = "object_result"
    AWARD = "award"
    LETTER = "award_letter"
    SUPERVISOR = "supervisor_report"
    SIGNING = "contract_signed"
    FILING = "contract_filed"
    CONTRACT_NOTICE = "contract_notice"
    BONDS = "bonds_returned"
    COMPLAINT = "complaint"


class ActState(StrEnum):
    """`later`: its time has not come; `held`: an objection waits; `late`: it should have happened; `over`: too late."""

    DONE = "done"
    NOW = "now"
    LATER = "later"
    HELD = "held"
    LATE = "late"
    OVER = "over"


RECORDED = (Act.REPORT, Act.SUPERVISOR, Act.SIGNING, Act.FILING, Act.BONDS)
"""Happen outside the platform; the desk says on which day."""

ACT_NAMES: Mapping[Act, Text] = {
    Act.CALL: Text("发布招标公告", "Publish the tender notice"),
    Act.DOCUMENTS: Text("提供招标文件", "Documents on offer"),
    Act.APPLICATIONS: Text("接收资格预审申请", "Applications for prequalification"),
    Act.QUESTIONS: Text("投标人提问", "Questions from bidders"),
    Act.OBJECT_DOCUMENTS: Text("对文件提出异议", "Objections to the documents"),
    Act.CHANGE: Text("澄清、修改（影响投标）", "Clarify or change what affects bids"),
    Act.ANSWER: Text("答复异议", "Answer objections"),
    Act.BOND_WITHDRAWN: Text("退还撤回者的投标保证金", "Return the bonds of who withdrew"),
    Act.DEADLINE: Text("投标截止", "Bids due"),
    Act.OPENING: Text("开标", "Opening"),
    Act.REPORT: Text("收到评标报告", "Evaluation report received"),
    Act.CANDIDATES: Text("公示中标候选人", "Publish the candidates"),
    Act.OBJECT_RESULT: Text("对评标结果提出异议", "Objections to the result"),
    Act.AWARD: Text("定标，发布中标结果", "Award"),
    Act.LETTER: Text("发出中标通知书", "Letter of award"),
    Act.SUPERVISOR: Text("向监督部门提交书面报告", "Written report to the supervising authority"),
    Act.SIGNING: Text("签订合同", "Sign the contract"),
    Act.FILING: Text("合同副本报财政部门备案", "File the contract with the finance department"),
    Act.CONTRACT_NOTICE: Text("发布合同公告", "Publish the contract"),
    Act.BONDS: Text("退还投标保证金及利息", "Return the bid bonds with interest"),
    Act.COMPLAINT: Text("投标人投诉", "Complaints of bidders"),
}


@dataclass(frozen=True, slots=True)
class LawfulFacts:
    """What the calendar needs to know of a section; nothing in it says who bids or how many."""

    law: Law
    invited: bool
    section: SectionFacts
    now: datetime
    issued: Mapping[NoticeKind, date] = field(default_factory=dict)
    recorded: Mapping[Act, date] = field(default_factory=dict)
    documents_from: datetime | None = None
    documents_until: datetime | None = None
    applications_until: datetime | None = None
    questions_until: datetime | None = None
    opened_on: date | None = None
    has_bonds: bool = False
    answers_due: date | None = None


@dataclass(frozen=True, slots=True)
class LawfulAct:
    """An act, how it stands, its first and last lawful day (`moment` where an hour is fixed), and on what ground."""

    act: Act
    state: ActState
    basis: str
    earliest: date | None = None
    latest: date | None = None
    moment: datetime | None = None
    done_on: date | None = None
    why: Text | None = None
    writes: NoticeKind | None = None
    recordable: bool = False

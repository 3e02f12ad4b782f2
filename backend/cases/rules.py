"""Decisions about cases in plain Python: which act is possible when, by whom, with which content."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from backend.cases.types import LICENCE_TITLES, NOTICE_TITLES, Action, ActRequest, CaseState, NoticeKind
from kernel.errors import FieldError, Text

WINDOW_CLERK = "window_clerk"
APPROVER = "approver"
CITIZEN = "applicant"
SYSTEM = "system"
STEP = "step"
LICENCE = "licence"

QUERY_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
QUERY_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Rule:
    """From which states an act is possible and who does it: the applicant, a fixed role, or the current step's role."""

    states: frozenset[CaseState]
    by: str


def _rule(by: str, *states: CaseState) -> Rule:
    return Rule(frozenset(states), by)


S = CaseState
RULES: Mapping[Action, Rule] = {
    Action.SUBMIT: _rule(CITIZEN, S.DRAFT),
    Action.WITHDRAW: _rule(
        CITIZEN, S.DRAFT, S.SUBMITTED, S.SUPPLEMENT_REQUIRED, S.IN_REVIEW, S.SPECIAL_PROCEDURE, S.PENDING_DECISION
    ),
    Action.SUPPLEMENT: _rule(CITIZEN, S.SUPPLEMENT_REQUIRED),
    Action.ACCEPT: _rule(WINDOW_CLERK, S.SUBMITTED),
    Action.DEEM_ACCEPTED: _rule(SYSTEM, S.SUBMITTED),
    Action.REQUEST_SUPPLEMENT: _rule(WINDOW_CLERK, S.SUBMITTED),
    Action.REFUSE_ACCEPTANCE: _rule(WINDOW_CLERK, S.SUBMITTED, S.SUPPLEMENT_REQUIRED),
    Action.PASS: _rule(STEP, S.IN_REVIEW),
    Action.SEND_BACK: _rule(STEP, S.IN_REVIEW, S.PENDING_DECISION),
    Action.GRANT: _rule(STEP, S.PENDING_DECISION),
    Action.DENY: _rule(STEP, S.PENDING_DECISION),
    Action.SUSPEND: _rule(STEP, S.IN_REVIEW, S.PENDING_DECISION),
    Action.RESUME: _rule(STEP, S.SPECIAL_PROCEDURE),
    Action.EXTEND: _rule(APPROVER, S.IN_REVIEW, S.PENDING_DECISION),
    Action.DELIVER: _rule(WINDOW_CLERK, S.APPROVED, S.DENIED),
}
FINAL = frozenset({S.CLOSED, S.WITHDRAWN, S.NOT_ACCEPTED})
SIGNING = frozenset({Action.GRANT, Action.DENY, Action.REFUSE_ACCEPTANCE, Action.EXTEND})
NEEDS: Mapping[Action, tuple[str, ...]] = {
    Action.REQUEST_SUPPLEMENT: ("items",),
    Action.REFUSE_ACCEPTANCE: ("opinion", "legal_basis"),
    Action.PASS: ("opinion",),
    Action.SEND_BACK: ("opinion",),
    Action.GRANT: ("opinion",),
    Action.DENY: ("opinion", "legal_basis"),
    Action.SUSPEND: ("opinion", "procedure", "planned_days"),
    Action.EXTEND: ("opinion", "extension_days"),
}
_NEED_TEXTS = {
    "opinion": Text("请填写意见或理由。", "Give your opinion or reasons."),
    "legal_basis": Text("请写明依据的法律条款。", "Name the article of law it rests on."),
    "items": Text("请一次性列明需要补正的全部内容。", "List everything that is needed, at once."),
    "procedure": Text("请选择特别程序的种类。", "Choose the kind of special procedure."),
    "planned_days": Text("请填写所需的工作日数。", "Give the working days it will take."),
    "extension_days": Text("请填写延长的工作日数。", "Give the working days to extend by."),
}


def possible_actions(state: CaseState, step_role: str, roles: Iterable[str]) -> tuple[Action, ...]:
    """What an official with these roles at the case's organisation may do now, in the order of the enumeration."""
    held = set(roles)
    found = []
    for action, rule in RULES.items():
        by = step_role if rule.by == STEP else rule.by
        if state in rule.states and by in held:
            found.append(action)
    return tuple(found)


def role_for(action: Action, step_role: str) -> str:
    """The role that does an act, given the role of the current step."""
    by = RULES[action].by
    return step_role if by == STEP else by


def missing_fields(request: ActRequest) -> list[FieldError]:
    """What the act needs and the request lacks, by JSON pointer."""
    return [
        FieldError(f"/{name}", "required", _NEED_TEXTS[name])
        for name in NEEDS.get(request.action, ())
        if not _given(getattr(request, name))
    ]


def _given(value: object) -> bool:
    return bool(value.strip()) if isinstance(value, str) else bool(value)


def handling_steps(roles: Sequence[str]) -> list[int]:
    """Indexes of the steps after acceptance, which is the window clerk's first step, if there is one.

    An item whose only step is the clerk's is accepted and decided at that step.
    """
    first = 1 if roles and roles[0] == WINDOW_CLERK else 0
    return list(range(first, len(roles))) or [0]


def state_at_step(index: int, roles: Sequence[str]) -> CaseState:
    """In review at every step but the last, which decides."""
    return CaseState.PENDING_DECISION if index >= len(roles) - 1 else CaseState.IN_REVIEW


def notice_title(kind: NoticeKind, type_code: str) -> str:
    """The title of a voucher; only a licence is decided by a decision on an administrative licence."""
    return LICENCE_TITLES.get(kind, NOTICE_TITLES[kind]) if type_code == LICENCE else NOTICE_TITLES[kind]


def cited(type_code: str, article: str) -> str:
    """An article of the Administrative Licensing Law in brackets, for items that this law governs; else nothing."""
    return f"（行政许可法{article}）" if type_code == LICENCE else ""


def query_code() -> str:
    """A fresh query code without letters and digits that look alike."""
    return "".join(secrets.choice(QUERY_ALPHABET) for _ in range(QUERY_LENGTH))


def normalised_code(code: str) -> str:
    """A query code as somebody typed it: case, blanks and hyphens do not matter."""
    return "".join(sign for sign in code.upper() if sign.isalnum())


def case_number(region: str, day: date, serial: int) -> str:
    """Region 6 + date 8 + serial 6 digits, for example 32130020131125000187."""
    return f"{region:0<6.6}{day:%Y%m%d}{serial:06d}"

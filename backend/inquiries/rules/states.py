"""Which act is possible when, by whom, with which content, and which fields it owns (domain 6.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from backend.inquiries.types import Action, ActRequest, State, Urgency
from kernel.errors import FieldError, Text

OPERATOR, DISPATCHER, SHIFT_LEADER, OFFICE = (
    "hotline_operator",
    "hotline_dispatcher",
    "hotline_leader",
    "hotline_office",
)
HANDLER, DEPUTY, HEAD = "inquiry_handler", "inquiry_deputy", "inquiry_head"
CENTRE_ROLES = (OPERATOR, DISPATCHER, SHIFT_LEADER, OFFICE)
UNIT_ROLES = (HANDLER, DEPUTY, HEAD)
CALLER, SYSTEM = "caller", "system"
DESK = frozenset({OPERATOR, DISPATCHER, SHIFT_LEADER})
DISPATCH = frozenset({DISPATCHER, SHIFT_LEADER})

S = State
WITH_UNIT = frozenset({S.DISPATCHED, S.SIGNED, S.PROCESSING, S.RETURN_REQUESTED, S.SIGN_OFF})
ENDED = frozenset({S.CLOSED, S.ARCHIVED, S.MERGED, S.CANCELLED, S.TRANSFERRED})
OPEN = frozenset(State) - ENDED
UNANSWERED = OPEN - {S.REVIEW, S.CALLBACK}

RETURN_DECIDERS = {1: DISPATCHER, 2: SHIFT_LEADER, 3: OFFICE}
RANKS = {Urgency.URGENT: 2, Urgency.COMPLEX: 1, Urgency.NORMAL: 0}


@dataclass(frozen=True, slots=True)
class Rule:
    """From which states an act is possible, which roles (or the caller, or the system) do it, what it may write."""

    states: frozenset[State]
    by: frozenset[str]
    owns: frozenset[str]


def _rule(by: Iterable[str], states: Iterable[State], owns: str = "") -> Rule:
    return Rule(frozenset(states), frozenset(by), frozenset(owns.split()))


_ASKED = "topic_id request_type urgency rank is_heavy title"
_TO_UNIT = (
    "state unit_id unit_name unit_path answerable_id dispatched_at dispatched_by first_dispatched_at signed_at due_at"
)
_ENDS = "state is_open outcome closed_at"
_SAID = "contacted solved satisfied said_at said_via"
_AGAIN = "round unit_done_at unit_resolution call_tries"
_HEARD = f"{_ENDS} {_SAID} {_AGAIN} redo_count due_at {_TO_UNIT}"
RULES: Mapping[Action, Rule] = {
    Action.REGISTER: _rule(DESK, {S.RECEIVED}, f"state {_ASKED}"),
    Action.CLASSIFY: _rule(DESK, OPEN, _ASKED),
    Action.PASS_CENTRE: _rule(DISPATCH, {S.RECEIVED, S.REGISTERED}, "centre_id centre_path"),
    Action.ANSWER_DIRECTLY: _rule(DESK, {S.RECEIVED, S.REGISTERED}, f"{_ENDS} unit_done_at unit_resolution"),
    Action.DISPATCH: _rule(DISPATCH, {S.RECEIVED, S.REGISTERED}, _TO_UNIT),
    Action.ADD_ASSIST: _rule(DISPATCH, {S.DISPATCHED, S.SIGNED, S.PROCESSING}),
    Action.SIGN: _rule({HANDLER}, {S.DISPATCHED, S.SIGNED, S.PROCESSING}, "state signed_at answerable_id"),
    Action.CONTACT: _rule({HANDLER}, {S.SIGNED, S.PROCESSING}, "state"),
    Action.GIVE_OPINION: _rule({HANDLER}, {S.DISPATCHED, S.SIGNED, S.PROCESSING}),
    Action.REQUEST_RETURN: _rule({HANDLER}, {S.DISPATCHED, S.SIGNED}, "state return_count"),
    Action.APPROVE_RETURN: _rule({DISPATCHER, SHIFT_LEADER, OFFICE}, {S.RETURN_REQUESTED}, f"{_TO_UNIT} final_ruling"),
    Action.REJECT_RETURN: _rule(
        {DISPATCHER, SHIFT_LEADER, OFFICE}, {S.RETURN_REQUESTED}, "state signed_at answerable_id final_ruling"
    ),
    Action.REQUEST_EXTENSION: _rule({HANDLER}, {S.SIGNED, S.PROCESSING}),
    Action.APPROVE_EXTENSION: _rule(DISPATCH, {S.SIGNED, S.PROCESSING}, "due_at"),
    Action.REFUSE_EXTENSION: _rule(DISPATCH, {S.SIGNED, S.PROCESSING, S.SIGN_OFF}),
    Action.SUBMIT_REPLY: _rule({HANDLER}, {S.SIGNED, S.PROCESSING}, "state"),
    Action.SIGN_OFF: _rule({DEPUTY, HEAD}, {S.SIGN_OFF}, "state unit_done_at unit_resolution"),
    Action.REFUSE_SIGN_OFF: _rule({DEPUTY, HEAD}, {S.SIGN_OFF}, "state"),
    Action.PASS_REVIEW: _rule(DISPATCH, {S.REVIEW}, "state reviewer_id"),
    Action.SEND_BACK: _rule(DISPATCH, {S.REVIEW}, "state reviewer_id unit_done_at unit_resolution"),
    Action.CALL_BACK: _rule(DESK, {S.CALLBACK}, _HEARD),
    Action.SAY: _rule({CALLER}, {S.CALLBACK}, _HEARD),
    Action.URGE: _rule({CALLER, *DESK}, UNANSWERED, "urge_count"),
    Action.MERGE: _rule(
        DISPATCH, {S.RECEIVED, S.REGISTERED, S.DISPATCHED, S.SIGNED, S.PROCESSING}, f"parent_id {_ENDS}"
    ),
    Action.CANCEL: _rule(DISPATCH, OPEN - {S.CALLBACK}, _ENDS),
    Action.TRANSFER: _rule(DISPATCH, {S.RECEIVED, S.REGISTERED, S.DISPATCHED, S.SIGNED}, _ENDS),
    Action.REOPEN: _rule(
        {CALLER, *DESK}, {S.CLOSED}, f"{_ENDS} {_SAID} {_AGAIN} reopen_count barred_reviewer_id due_at"
    ),
    Action.ARCHIVE: _rule({SYSTEM}, {S.CLOSED}, "state"),
    Action.JOIN: _rule({CALLER}, OPEN, "follower_count"),
    Action.ADD_FILE: _rule({CALLER, HANDLER, *DESK}, OPEN),
}
BY_CALLER = frozenset({Action.SAY, Action.JOIN, Action.ADD_FILE})
NEEDS: Mapping[Action, tuple[str, ...]] = {
    Action.ANSWER_DIRECTLY: ("text",),
    Action.DISPATCH: ("unit_id",),
    Action.PASS_CENTRE: ("unit_id", "note"),
    Action.ADD_ASSIST: ("assist_ids", "note"),
    Action.CONTACT: ("note",),
    Action.GIVE_OPINION: ("text",),
    Action.REQUEST_RETURN: ("reason_code", "clause", "note"),
    Action.APPROVE_RETURN: ("unit_id", "note"),
    Action.REJECT_RETURN: ("note",),
    Action.REQUEST_EXTENSION: ("days", "clause", "note"),
    Action.REFUSE_EXTENSION: ("note",),
    Action.SUBMIT_REPLY: ("text", "law_basis", "resolution"),
    Action.REFUSE_SIGN_OFF: ("note",),
    Action.SEND_BACK: ("note",),
    Action.CALL_BACK: ("reached",),
    Action.MERGE: ("target_no", "note"),
    Action.CANCEL: ("reason_code", "note"),
    Action.TRANSFER: ("reason_code", "note"),
    Action.REOPEN: ("note",),
}
_NEED_TEXTS = {
    "text": Text("请填写答复或意见。", "Write the answer or opinion."),
    "note": Text("请写明理由或情况。", "Give the reason or what happened."),
    "law_basis": Text("请写明依据的法律、法规或政策。", "Cite the law or rule it rests on."),
    "resolution": Text("请选择办理结果。", "Say what became of the matter."),
    "reason_code": Text("请选择规定的理由。", "Choose one of the listed reasons."),
    "clause": Text("请引用职责或政策条款。", "Cite the clause it rests on."),
    "unit_id": Text("请选择单位。", "Choose a unit."),
    "assist_ids": Text("请选择协办单位。", "Choose the assisting units."),
    "days": Text("请填写延长的天数。", "Give the days to extend by."),
    "target_no": Text("请填写并入的工单编号。", "Give the number of the order to merge into."),
    "reached": Text("请填写是否接通。", "Say whether somebody was reached."),
    "solved": Text("请填写是否解决。", "Say whether it is solved."),
    "satisfied": Text("请填写是否满意。", "Say whether the citizen is satisfied."),
}


def possible_actions(state: State, roles: Iterable[str], *, returns: int = 0) -> tuple[Action, ...]:
    """What an official with these roles may do now, in the order of the enumeration; `returns` were asked for."""
    held = set(roles)
    found = []
    for action, rule in RULES.items():
        by = {return_decider(returns)} if action in _RETURNS else rule.by
        if state in rule.states and held & by:
            found.append(action)
    return tuple(action for action in found if action not in BY_CALLER)


_RETURNS = frozenset({Action.APPROVE_RETURN, Action.REJECT_RETURN})


def roles_for(action: Action, *, returns: int = 0, heavy: bool = False) -> frozenset[str]:
    """The roles that do an act: a return is decided one level higher each time, a heavy order signed by the head."""
    if action in _RETURNS:
        return frozenset({return_decider(returns)})
    if heavy and action in {Action.SIGN_OFF, Action.REFUSE_SIGN_OFF}:
        return frozenset({HEAD})
    return RULES[action].by


def return_decider(number: int) -> str:
    """Who decides the first, second, third return: dispatcher, shift leader, the office by final ruling."""
    return RETURN_DECIDERS[max(1, min(number, 3))]


def missing_fields(request: ActRequest) -> list[FieldError]:
    """What the act needs and the request lacks, by JSON pointer."""
    needs = list(NEEDS.get(request.action, ()))
    if request.action is Action.CALL_BACK and request.reached:
        needs += ["solved", "satisfied"]
    return [
        FieldError(f"/{name}", "required", _NEED_TEXTS[name]) for name in needs if not _given(getattr(request, name))
    ]


def _given(value: object) -> bool:
    if isinstance(value, bool):
        return True
    return bool(value.strip()) if isinstance(value, str) else bool(value)


def fields_not_owned(action: Action, fields: Iterable[str]) -> set[str]:
    """Fields that an act wants to write though they belong to others."""
    return {name for name in fields if name not in RULES[action].owns}


def may_redo(redo_count: int, limit: int) -> bool:
    """Whether an unsatisfied citizen gets another round."""
    return redo_count < limit


def waiting_for(state: State) -> str:
    """Whose clock runs: `caller`, `centre`, `unit` or `none`."""
    if state in ENDED:
        return "none"
    if state is State.CALLBACK:
        return "caller"
    return "unit" if state in WITH_UNIT and state is not State.RETURN_REQUESTED else "centre"

"""The transition table: every state can be left or is final, every act can happen, refusals name their law."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from backend.cases import rules
from backend.cases.types import (
    NOTICE_TITLES,
    OUTCOME_LABELS,
    STATE_LABELS,
    Action,
    ActRequest,
    CaseState,
    NoticeKind,
    Outcome,
)


def test_every_state_has_an_exit_or_is_final() -> None:
    left = {state for rule in rules.RULES.values() for state in rule.states}
    assert left | rules.FINAL == set(CaseState)
    assert not left & rules.FINAL


def test_every_act_has_a_rule_and_everything_has_a_name() -> None:
    assert set(rules.RULES) == set(Action)
    assert set(STATE_LABELS) == set(CaseState)
    assert set(OUTCOME_LABELS) == set(Outcome)
    assert set(NOTICE_TITLES) == set(NoticeKind)


@given(state=st.sampled_from(CaseState), roles=st.sets(st.sampled_from(["window_clerk", "reviewer", "approver"])))
def test_nobody_without_a_post_may_do_anything(state: CaseState, roles: set[str]) -> None:
    assert rules.possible_actions(state, "reviewer", set()) == ()
    for action in rules.possible_actions(state, "reviewer", roles):
        assert rules.role_for(action, "reviewer") in roles


def test_refusals_need_reasons_and_law() -> None:
    for action in (Action.DENY, Action.REFUSE_ACCEPTANCE):
        faults = rules.missing_fields(ActRequest(action, opinion="  "))
        assert [fault.pointer for fault in faults] == ["/opinion", "/legal_basis"]


def test_case_number_has_the_printed_form() -> None:
    assert rules.case_number("321300", date(2013, 11, 25), 187) == "32130020131125000187"


@given(st.text(alphabet=rules.QUERY_ALPHABET, min_size=8, max_size=8))
def test_query_codes_survive_typing(code: str) -> None:
    assert rules.normalised_code(f" {code[:4].lower()}-{code[4:]} ") == code


def test_steps_after_acceptance() -> None:
    assert rules.handling_steps(["window_clerk", "reviewer", "approver"]) == [1, 2]
    assert rules.handling_steps(["approver"]) == [0]
    assert rules.state_at_step(2, ["a", "b", "c"]) is CaseState.PENDING_DECISION
    assert rules.state_at_step(1, ["a", "b", "c"]) is CaseState.IN_REVIEW

"""domain.md 7.2: the flow of a bad rating; an invalid one is decided by a second person."""

from __future__ import annotations

from uuid import uuid4

import pytest

from backend.ratings.rules.life_cycle import FINAL, STEPS, Parties, allowed, next_state
from backend.ratings.types import RatingError
from backend.ratings.types import RectificationAction as Action
from backend.ratings.types import RectificationState as State
from kernel.errors import DomainError

HANDLER, SUPERVISOR = uuid4(), uuid4()
CLERK, CHIEF = frozenset({"window_clerk"}), frozenset({"supervisor"})
NOBODY = Parties(None, None)


def test_the_whole_way() -> None:
    """From the bad rating to the closed file, each step by whose turn it is."""
    way = [
        (Action.ASSIGN, CHIEF, SUPERVISOR),
        (Action.RECORD_CONTACT, CLERK, HANDLER),
        (Action.CONFIRM_VALID, CLERK, HANDLER),
        (Action.REPORT_MENDED, CLERK, HANDLER),
        (Action.GIVE_FEEDBACK, CLERK, HANDLER),
        (Action.CLOSE, CHIEF, SUPERVISOR),
    ]
    state = State.OPENED
    for action, roles, who in way:
        state = next_state(state, action, roles, who, Parties(HANDLER, None))
    assert state is State.CLOSED


def test_nobody_finds_their_own_bad_rating_invalid() -> None:
    """The one who claimed it cannot confirm it, in whatever role."""
    parties = Parties(HANDLER, HANDLER)
    both = CLERK | CHIEF
    with pytest.raises(DomainError) as refused:
        next_state(State.INVALID_CLAIMED, Action.CONFIRM_INVALID, both, HANDLER, parties)
    assert refused.value.code is RatingError.SECOND_PERSON
    assert next_state(State.INVALID_CLAIMED, Action.CONFIRM_INVALID, CHIEF, SUPERVISOR, parties) is State.INVALID


def test_the_second_visit_is_made_by_another() -> None:
    """Who mended it does not close it."""
    with pytest.raises(DomainError) as refused:
        next_state(State.FEEDBACK_GIVEN, Action.CLOSE, CLERK | CHIEF, HANDLER, Parties(HANDLER, None))
    assert refused.value.code is RatingError.SECOND_PERSON


def test_wrong_role_and_wrong_state_are_told_apart() -> None:
    """A role that may never do it; a state in which nobody may."""
    with pytest.raises(DomainError) as refused:
        next_state(State.OPENED, Action.ASSIGN, CLERK, HANDLER, NOBODY)
    assert refused.value.code is RatingError.ROLE_NEEDED
    with pytest.raises(DomainError) as refused:
        next_state(State.CLOSED, Action.ASSIGN, CHIEF, SUPERVISOR, NOBODY)
    assert refused.value.code is RatingError.WRONG_STATE


def test_every_open_state_has_a_way_on_and_final_ones_have_none() -> None:
    """No dead end but the ends."""
    everybody = CLERK | CHIEF
    for state in State:
        ways = allowed(state, everybody, uuid4(), NOBODY)
        assert bool(ways) != (state in FINAL), state
    assert {step.target for step in STEPS.values()} | {State.OPENED} == set(State)

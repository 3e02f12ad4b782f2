"""Life cycle (domain.md 2.4): only the listed acts are possible, and nobody reviews their own work."""

from __future__ import annotations

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.powers.rules import life_cycle
from backend.powers.rules.life_cycle import Act
from backend.powers.types import LifeCycle

PATH = [
    (Act.SUBMIT, LifeCycle.DRAFT, LifeCycle.SUBMITTED),
    (Act.TAKE_UP, LifeCycle.SUBMITTED, LifeCycle.LEGAL_REVIEW),
    (Act.RETURN, LifeCycle.LEGAL_REVIEW, LifeCycle.DRAFT),
    (Act.CONFIRM, LifeCycle.LEGAL_REVIEW, LifeCycle.CONFIRMED),
    (Act.PUBLISH, LifeCycle.CONFIRMED, LifeCycle.PUBLISHED),
    (Act.SUSPEND, LifeCycle.PUBLISHED, LifeCycle.SUSPENDED),
    (Act.RESUME, LifeCycle.SUSPENDED, LifeCycle.PUBLISHED),
    (Act.CANCEL, LifeCycle.PUBLISHED, LifeCycle.CANCELLED),
    (Act.CANCEL, LifeCycle.SUSPENDED, LifeCycle.CANCELLED),
]


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("state", LifeCycle)
def test_only_the_listed_transitions_exist(act, state):
    expected = next((after for listed, before, after in PATH if (listed, before) == (act, state)), None)
    assert life_cycle.target(act, state) is expected


def test_review_belongs_to_the_legal_officer_alone():
    for act in life_cycle.REVIEW_ACTS:
        assert life_cycle.TRANSITIONS[act].roles == {life_cycle.LEGAL_OFFICER}
    assert life_cycle.TRANSITIONS[Act.PUBLISH].roles == {life_cycle.EDITOR}


def test_an_author_may_not_review():
    author, other = uuid4(), uuid4()
    assert not life_cycle.may_review(author, frozenset({author}))
    assert life_cycle.may_review(other, frozenset({author}))


@pytest.mark.parametrize("state", LifeCycle)
def test_only_a_published_item_takes_new_applications(state):
    assert life_cycle.takes_new_applications(state) == (state is LifeCycle.PUBLISHED)


@given(st.lists(st.sampled_from(list(Act)), max_size=20))
def test_nothing_is_published_without_a_confirmation(acts):
    state, confirmed = LifeCycle.DRAFT, False
    for act in acts:
        after = life_cycle.target(act, state)
        if after is None:
            continue
        confirmed = confirmed or after is LifeCycle.CONFIRMED
        assert after is not LifeCycle.PUBLISHED or confirmed
        state = after
    assert state is not LifeCycle.CANCELLED or confirmed

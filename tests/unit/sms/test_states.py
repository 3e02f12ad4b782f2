"""States only move forward, and a late `delivered` always wins (reliability F15)."""

from __future__ import annotations

import itertools
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms.rules.states import CARRIED, FINAL, OURS, advance, after_call, rank, reported
from sms.types import MessageState, OutcomeKind

WORDS = ["queued", "sending", "sent", "delivered"]


@pytest.mark.parametrize("order", list(itertools.permutations(WORDS)))
def test_every_order_of_reports_ends_delivered(order: tuple[str, ...]) -> None:
    states = [reported(word) for word in order]
    assert reduce(advance, [s for s in states if s], MessageState.ACCEPTED) is MessageState.DELIVERED


@given(st.lists(st.sampled_from(list(MessageState)), max_size=12), st.sampled_from(list(MessageState)))
def test_rank_never_falls(news: list[MessageState], start: MessageState) -> None:
    state = start
    for item in news:
        following = advance(state, item)
        assert rank(following) >= rank(state)
        state = following
    if MessageState.DELIVERED in news:
        assert state is MessageState.DELIVERED


def test_failure_after_delivery_changes_nothing_and_delivery_after_failure_wins() -> None:
    assert advance(MessageState.DELIVERED, MessageState.FAILED) is MessageState.DELIVERED
    assert advance(MessageState.FAILED, MessageState.DELIVERED) is MessageState.DELIVERED
    assert advance(MessageState.UNDELIVERED, MessageState.SENT) is MessageState.UNDELIVERED


@pytest.mark.parametrize("word", ["", "teleported", "DELIVRD", "delivered "])
def test_unknown_words_are_no_news(word: str) -> None:
    assert reported(word) is (MessageState.DELIVERED if word.strip() == "delivered" else None)


@given(st.sampled_from(list(MessageState)), st.sampled_from(list(OutcomeKind)))
def test_our_own_outcome_never_takes_back_what_the_carrier_said(state: MessageState, kind: OutcomeKind) -> None:
    result = after_call(state, kind)
    assert rank(result) >= rank(state) or state in OURS
    if state in FINAL:
        assert result is state


def test_every_state_is_ours_carried_or_final() -> None:
    assert set(MessageState) == OURS | CARRIED | FINAL
    assert not OURS & CARRIED
    assert not FINAL & (OURS | CARRIED)

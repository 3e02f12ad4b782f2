"""Notification rules: words of an event, and which channels carry what (statutory: re-channelled, never silenced)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.notifications.rules import facts, fill, merged, plan, silenced, sms_words
from backend.notifications.types import CHOSEN, Channel, Plan, Purpose, Reach, Reason

ALL = [Channel.INBOX, Channel.SMS, Channel.PUSH]


def test_days_read_as_people_say_them() -> None:
    """Dates and moments, in both languages; a case number is no date."""
    data = {"due_on": "2026-12-06", "at": "2026-11-24T20:00:00+00:00", "case_no": "32130020131125000187", "n": 2}
    assert facts(data, "zh-hans") == {
        "due_on": "12月6日",
        "at": "11月25日",
        "case_no": "32130020131125000187",
        "n": "2",
    }
    assert facts(data, "en")["due_on"] == "6 Dec"
    assert facts({"x": None, "y": [1], "z": "2026-13-45"}, "en") == {"z": "2026-13-45"}


def test_places_are_filled_or_shown_as_missing() -> None:
    """Never a brace before a person; a text message is not sent with a hole."""
    assert fill("{a}，{b}", {"a": "甲"}) == "甲，—"
    assert sms_words({"x": "a"}, {"a": "甲"}) == {"x": "甲"}
    assert sms_words({"x": "b"}, {"a": "甲"}) is None
    assert sms_words({"x": "=词"}, {}) == {"x": "词"}


def test_channels_are_used_unless_something_stands_against_it() -> None:
    """With the reason."""
    assert plan(ALL, Reach(True, True), statutory=False) == [Plan(channel, True) for channel in ALL]
    assert plan(ALL, Reach(False, False), statutory=False)[1:] == [
        Plan(Channel.SMS, False, Reason.NO_NUMBER),
        Plan(Channel.PUSH, False, Reason.NO_DEVICE),
    ]
    off = plan(ALL, Reach(True, False, frozenset({Channel.SMS})), statutory=False)
    assert off[1] == Plan(Channel.SMS, False, Reason.PREFERENCE)


@given(
    st.booleans(), st.booleans(), st.frozensets(st.sampled_from(CHOSEN)), st.lists(st.sampled_from(CHOSEN), unique=True)
)
def test_a_statutory_notice_uses_whatever_there_is(
    number: bool, device: bool, off: frozenset[Channel], wanted: list[Channel]
) -> None:
    """If the person can be reached at all, the notice goes out on at least one channel besides the message centre."""
    plans = plan([Channel.INBOX, *wanted], Reach(number, device, off), statutory=True)
    assert any(found.use for found in plans if found.channel in CHOSEN) == (number or device)
    assert len({found.channel for found in plans}) == len(plans)


@pytest.mark.parametrize("purpose", [Purpose.CASE_NOTICE, Purpose.SECURITY])
def test_statutory_purposes_keep_a_channel(purpose: Purpose) -> None:
    """One may go, not both; anything else may be silenced."""
    assert silenced({purpose: {"sms": False}}) == []
    assert silenced({purpose: {"sms": False, "push": False}}) == [purpose]
    assert silenced({Purpose.RATING: {"sms": False, "push": False}}) == []


def test_a_change_leaves_the_rest() -> None:
    """Only what is named changes."""
    current = {"rating": {"sms": False}, "work": {"push": False}}
    assert merged(current, {"rating": {"push": False}}) == {
        "rating": {"sms": False, "push": False},
        "work": {"push": False},
    }

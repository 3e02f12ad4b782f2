"""Search text: Chinese, pinyin, initials, full-width and spaces all lead to the same item."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.powers.rules import search

TEXT = search.search_text("教师资格认定", words=["宿迁市教育局", "教师资格证"])


@pytest.mark.parametrize(
    "query",
    [
        "教师资格",
        "教师 资格",
        "资格 教师",
        "jszg",
        "JSZGRD",
        "jiaoshizige",
        "jiao shi zi ge",
        "ｊｓｚｇ",
        "教育局 教师",
        "教师、资格",
    ],
)
def test_every_way_of_asking_finds_it(query):
    assert all(term in TEXT for term in search.terms(query))


@pytest.mark.parametrize("query", ["食品", "jszgx", "驾驶"])
def test_what_is_something_else_does_not(query):
    assert not all(term in TEXT for term in search.terms(query))


def test_signs_and_width_are_folded():
    assert search.joined("食品经营许可（新办）") == "食品经营许可新办"
    assert search.terms("《食品》ＡＢＣ　％_") == ["食品abc"]
    assert search.terms("100% _") == ["100"]


def test_characters_with_several_readings_follow_the_word():
    assert search.pinyin_initials("银行") == "yh"
    assert search.pinyin_full("行政许可") == "xingzhengxuke"
    assert search.pinyin_full("绿化") == "lvhua"


@given(st.text(max_size=300))
def test_any_query_becomes_a_few_short_words_without_wildcards(query):
    words = search.terms(query)
    assert len(words) <= search.MAX_TERMS
    assert all(word and not ({"%", "_", "\\", " "} & set(word)) for word in words)


@given(st.text(alphabet="教师资格认定食品经营许可证（新办）AB12 ", min_size=1, max_size=30))
def test_a_name_is_found_by_itself(name):
    text = search.search_text(name)
    assert all(term in text.replace(" ", "") for term in search.terms(name))

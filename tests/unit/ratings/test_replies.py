"""F25: what a text says as a rating. Vectors of domain.md 14 and reliability 2.1; never crashes, never guesses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.ratings.rules.replies import WORD_LEVELS, parse_reply, plain, split_code
from backend.ratings.types import ReplyKind

FIVE_IS_BEST = {str(digit): digit for digit in range(1, 6)}
ONE_IS_BEST = {str(digit): 6 - digit for digit in range(1, 6)}

LEVELS = [
    ("5", 5, ""),
    ("５", 5, ""),
    ("五", 5, ""),
    ("伍", 5, ""),
    ("⑤", 5, ""),
    ("5️⃣", 5, ""),
    ("❺", 5, ""),
    ("㊄", 5, ""),
    (" \u200b5\ufeff\n", 5, ""),
    ("5分", 5, ""),
    ("五星", 5, ""),
    ("5 分。", 5, ""),
    ("４分！！", 4, ""),
    ("非常满意", 5, ""),
    ("满意", 4, ""),
    ("基本满意", 3, ""),
    ("不满意", 2, ""),
    ("非常不满意", 1, ""),
    ("5非常满意", 5, ""),
    ("5 非常满意", 5, ""),
    ("5分，非常满意", 5, ""),
    ("非常满意5", 5, ""),
    ("不满意 2分", 2, ""),
    ("不满意 3天了", 2, "3天了"),
    ("5 👍🏻", 5, "👍🏻"),
    ("4，谢谢", 4, "谢谢"),
    ("满意，谢谢", 4, "谢谢"),
    ("2 等了三个小时", 2, "等了三个小时"),
    ("5\n窗口同志很热情", 5, "窗口同志很热情"),
    ("4，3天就办完了", 4, "3天就办完了"),
    ("1非常不满意，态度差", 1, "态度差"),
    ("5; DROP TABLE ratings;--", 5, "DROP TABLE ratings;--"),
    ("【宿迁政务服务】5", 5, ""),
    ("【李四】 不满意", 2, ""),
    ("5 满意度很高", 5, "满意度很高"),
]
HELP = [
    "", " ", "\u200b", "6", "0", "10", "10分", "5.5", "4.5分", "１０", "-1", "1/2", "5/5", "½", "5:30", "1-5",
    "5 4", "5,4分", "3天了还没办", "不太满意", "很满意", "满意度很高", "我很满意", "满意吗", "5555", "55",
    "五五", "办件5", "5级", "好", "👍", "5👍", "5<script>alert(1)</script>", "' OR 1=1 --", "满意不满意",
    "满意 不满意", "5\x00", "Ⅴ", "five", "2013年", "【5】", "一般", "12345", "1 2 3 4 5", "0000 的", "退订了吗",
    "5颗星", "五分钟就办好了", "5 五", "不满意,满意",
]  # fmt: skip
CONFLICTS = ["1非常满意", "5不满意", "5 不满意", "非常不满意5", "4，非常满意", "5分 满意，谢谢", "非常满意 1星"]
OPT_OUTS = ["T", "t", "TD", "td。", "退订", "Ｔ", "0000", "R", "拒收", " 退订 ", "【宿迁政务服务】TD", "STOP"]


@pytest.mark.parametrize(("text", "level", "comment"), LEVELS)
def test_ratings_are_read(text: str, level: int, comment: str) -> None:
    """A rating in any of its forms, with a comment only after a separator."""
    found = parse_reply(text, FIVE_IS_BEST)
    assert (found.kind, found.level, found.comment) == (ReplyKind.LEVEL, level, comment)


@pytest.mark.parametrize("text", HELP)
def test_everything_else_gets_help(text: str) -> None:
    """What is not wholly a rating is none."""
    assert parse_reply(text, FIVE_IS_BEST).kind is ReplyKind.HELP
    assert parse_reply(text, FIVE_IS_BEST).level is None


@pytest.mark.parametrize("text", CONFLICTS)
def test_a_digit_and_a_word_that_disagree_count_nothing(text: str) -> None:
    """The person is asked once instead."""
    assert parse_reply(text, FIVE_IS_BEST).kind is ReplyKind.CONFLICT


@pytest.mark.parametrize("text", OPT_OUTS)
def test_refusals_are_heard(text: str) -> None:
    """Words of refusal, whole messages only."""
    assert parse_reply(text, FIVE_IS_BEST).kind is ReplyKind.OPT_OUT


def test_the_digits_mean_what_the_invitation_said() -> None:
    """Where 1 is best, 1 means very satisfied, words keep their meaning, and agreement is judged by that map."""
    assert parse_reply("1", ONE_IS_BEST).level == 5
    assert parse_reply("非常满意", ONE_IS_BEST).level == 5
    assert parse_reply("1非常满意", ONE_IS_BEST).kind is ReplyKind.LEVEL
    assert parse_reply("5非常满意", ONE_IS_BEST).kind is ReplyKind.CONFLICT
    assert parse_reply("5", {"1": 5, "2": 3}).kind is ReplyKind.HELP


def test_a_long_comment_is_kept_whole() -> None:
    """1,600 signs, as long as a carrier joins them."""
    found = parse_reply("2，" + "慢" * 1598, FIVE_IS_BEST)
    assert (found.level, len(found.comment)) == (2, 1598)


def test_a_case_code_before_the_rating() -> None:
    """The answer to "which case?"."""
    assert split_code("0187 5") == ("0187", "5")
    assert split_code("０１８７，非常满意") == ("0187", "非常满意")
    assert split_code("5") is None
    assert split_code("01875") is None


@given(st.text(max_size=60), st.sampled_from([FIVE_IS_BEST, ONE_IS_BEST, {}]))
def test_no_text_crashes_or_defaults(text: str, reply_map: dict[str, int]) -> None:
    """Any text: a level only with kind LEVEL, and only when a digit of the map or one of the words is there."""
    found = parse_reply(text, reply_map)
    split_code(text)
    if found.kind is not ReplyKind.LEVEL:
        assert found.level is None
        return
    said = plain(text)
    assert found.level in {1, 2, 3, 4, 5}
    assert any(word in said for word in WORD_LEVELS) or said[0] in "12345一二三四五壹贰叁肆伍貳參❶❷❸❹❺➊➋➌➍➎"


@given(st.integers(1, 5), st.sampled_from(["", "分", "星"]), st.text(min_size=1, max_size=20))
def test_glued_text_never_counts(level: int, unit: str, tail: str) -> None:
    """A digit followed by anything but a separator, unit or word is no rating."""
    glued = plain(f"x{tail}")
    if glued == "x" or not glued.startswith("x"):
        return
    assert parse_reply(f"{level}{unit}{glued}", FIVE_IS_BEST).kind is ReplyKind.HELP

"""Words of refusal are whole messages (reliability 2.1)."""

from __future__ import annotations

import pytest

from sms.rules.replies import is_opt_in, is_opt_out, plain


@pytest.mark.parametrize(
    "text", ["T", "td", " TD ", "ＴＤ", "退订", "【宿迁政务服务】退订", "0000", "R", "拒收。", "t\u200bd", "stop"]
)
def test_refusals(text: str) -> None:
    assert is_opt_out(text)


@pytest.mark.parametrize("text", ["", "5", "TDX", "不退订", "退订吗", "00000", "请退订 谢谢", "T恤"])
def test_what_is_no_refusal(text: str) -> None:
    assert not is_opt_out(text)


def test_taking_back() -> None:
    assert is_opt_in("kt")
    assert not is_opt_in("t")


def test_plain_removes_what_cannot_be_seen() -> None:
    assert plain(" 【宿迁】\u200b５\ufe0f ") == "5"

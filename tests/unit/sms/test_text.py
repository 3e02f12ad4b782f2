"""Length, parts and wording (domain.md 9.1, 9.3, vectors of section 14)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import DomainError
from sms.rules.text import check_template, parts, render, shorten, units
from sms.types import TemplateParam

NAME = TemplateParam("power_name", 10, shorten=True)
CASE = TemplateParam("case_no", 20)


@pytest.mark.parametrize(
    ("length", "expected"), [(1, 1), (70, 1), (71, 2), (134, 2), (135, 3), (150, 3), (201, 3), (202, 4)]
)
def test_parts(length: int, expected: int) -> None:
    assert parts("字" * length) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("", 0), ("a1，字", 4), ("😀", 2), ("【】", 2), ("👨‍👩‍👧", 8), ("𠮷", 2)]
)
def test_units_are_utf16(text: str, expected: int) -> None:
    assert units(text) == expected


@given(st.text(max_size=400))
def test_parts_hold_the_text_and_no_more(text: str) -> None:
    capacity = 70 if parts(text) == 1 else 67 * parts(text)
    assert units(text) <= capacity
    assert parts(text) == 1 or units(text) > 67 * (parts(text) - 1)


def test_rendering_sets_the_signature_once() -> None:
    text = render("宿迁政务服务", "办件{case_no}已受理", [CASE], {"case_no": "32130020131125000187"})
    assert text == "【宿迁政务服务】办件32130020131125000187已受理"
    bracketed = render("宿迁政务服务", "“{power_name}”", [NAME], {"power_name": "【急】许可"})
    assert bracketed.count("【") == bracketed.count("】") == 1


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"case_no": ""},
        {"case_no": "1" * 21},
        {"case_no": "1", "more": "2"},
        {"case_no": "http://a.cn"},
        {"case_no": "www.a.cn"},
        {"case_no": "a\x00b"},
        {"case_no": "\u202eabc"},
        {"case_no": "11010519491231002X"},
    ],
)
def test_wrong_values_are_refused(values: dict[str, str]) -> None:
    with pytest.raises(DomainError) as refusal:
        render("宿迁政务服务", "办件{case_no}", [CASE], values)
    assert refusal.value.code.code == "sms_template_params"


def test_a_case_number_is_not_taken_for_an_identity_number() -> None:
    assert "32130020131125000187" in render("宿迁", "{case_no}", [CASE], {"case_no": "32130020131125000187"})


def test_values_are_not_templates() -> None:
    assert render("宿迁", "{power_name}", [NAME], {"power_name": "{case_no}"}) == "【宿迁】{case_no}"


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=11, max_size=60), st.integers(2, 10))
def test_shortening_keeps_the_limit(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert units(short) <= limit
    assert short.endswith("…")


@pytest.mark.parametrize(
    ("signature", "text", "params"),
    [
        ("宿", "a", []),
        ("宿" * 21, "a", []),
        ("宿【迁", "a", []),
        ("宿迁", "【b】", []),
        ("宿迁", "{a}", []),
        ("宿迁", "b", [CASE]),
        ("宿迁", "{case_no}", [CASE, CASE]),
        ("宿迁", "{case_no}{", [CASE]),
        ("宿迁", "{case_no}", [TemplateParam("case_no", 0)]),
    ],
)
def test_templates_that_do_not_fit_are_refused(signature: str, text: str, params: list[TemplateParam]) -> None:
    with pytest.raises(ValueError, match=r"."):
        check_template(signature, text, params)

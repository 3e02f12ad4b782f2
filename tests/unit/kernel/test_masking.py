"""Masking for display, domain facts 12.3: one function, these results, and never the whole value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.masking import MaskKind, mask

VECTORS = [
    ("张三", MaskKind.NAME, "张*"),
    ("张小三", MaskKind.NAME, "张*三"),
    ("欧阳娜华", MaskKind.NAME, "欧**华"),
    ("321300199001011234", MaskKind.ID_CARD, "321***********1234"),
    ("13812345678", MaskKind.MOBILE, "138****5678"),
    ("+8613812345678", MaskKind.MOBILE, "138****5678"),
    ("+86 138 1234 5678", MaskKind.MOBILE, "138****5678"),
    ("0527-84391234", MaskKind.LANDLINE, "****1234"),
    ("宿城区幸福街道青年路88号3栋2单元", MaskKind.ADDRESS, "宿城区幸福街道***"),
    ("6222020200012345678", MaskKind.BANK_CARD, "**** 5678"),
    ("zhangsan@a.cn", MaskKind.EMAIL, "z***@a.cn"),
    ("", MaskKind.NAME, ""),
]


@pytest.mark.parametrize(("value", "kind", "expected"), VECTORS)
def test_vectors(value: str, kind: MaskKind, expected: str) -> None:
    assert mask(value, kind) == expected


@given(value=st.text("0123456789", min_size=11, max_size=18), kind=st.sampled_from([MaskKind.ID_CARD, MaskKind.MOBILE]))
def test_never_shows_the_middle_of_a_number(value: str, kind: MaskKind) -> None:
    shown = mask(value, kind)
    assert shown.count("*") >= 4
    assert value not in shown


@given(value=st.text(min_size=2, max_size=40).map(str.strip).filter(lambda text: len(text) > 1))
def test_never_shows_a_whole_name(value: str) -> None:
    assert "*" in mask(value, MaskKind.NAME)

"""Document numbers, secrecy marks, differences, handwriting: decided without a database."""

from __future__ import annotations

import pytest

from backend.documents import rules
from backend.documents.types import Act, State


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("宿政办发〔2013〕233号", "宿政办发〔2013〕233号"),
        ("宿政办发﹝2013﹞233号", "宿政办发〔2013〕233号"),
        ("宿政办发[2013]233号", "宿政办发〔2013〕233号"),
        ("宿政办发（2013）第233号", "宿政办发〔2013〕233号"),
        ("宿政办发【2013】 0233 号", "宿政办发〔2013〕233号"),
        ("宿政办发〔２０１３〕２３３号", "宿政办发〔2013〕233号"),
        ("宿政办发2013第233号", None),
        ("宿政办发〔2013〕0号", None),
        ("SZB〔2013〕1号", None),
    ],
)
def test_numbers_are_put_right_or_refused(written: str, number: str | None) -> None:
    assert rules.number_of(written) == number


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("机密★1年\n关于……的通知", "机密"),
        ("绝密", "绝密"),
        ("秘密 ★ 10年", "秘密"),
        ("密级：机密", "机密"),
        ("密级: 秘密 10年", "秘密"),
        ("机　密", "机密"),
        ("机密级", "机密"),
        ("机密 关于某事的通知", "机密"),
        ("000001 机密★1年", "机密"),
        ("【机密】关于某事的通知", "机密"),
        ("（秘密）关于某事的通知", "秘密"),
        ("关于某事的通知（绝密）", "绝密"),
        ("绝密级事项管理办法", None),
        ("秘密级文件清退工作的通知", None),
        ("机密、秘密文件一律通过机要渠道办理。", None),
        ("2026年关于机密级文件管理的通知", None),
        ("各单位要认真学习保守国家秘密法，绝密、机密、秘密文件一律通过机要渠道办理。", None),
        ("关于加强商业秘密保护的通知", None),
    ],
)
def test_a_secrecy_mark_is_found_and_words_about_secrets_are_not(text: str, grade: str | None) -> None:
    assert rules.secrecy_grade(text) == grade


def test_differences_put_together_give_both_texts() -> None:
    before, after = "请于十一月底前报送。", "请于十二月底前书面报送。"
    pieces = rules.differences(before, after)
    assert "".join(one["text"] for one in pieces if one["kind"] != "new") == before
    assert "".join(one["text"] for one in pieces if one["kind"] != "gone") == after


def test_each_act_is_possible_somewhere_and_not_everywhere() -> None:
    for act in Act:
        allowed = [state for state in State if state in rules.STEPS[act][0]]
        assert 0 < len(allowed) < len(State), act
    with pytest.raises(ValueError, match="issue"):
        rules.leads_to(Act.ISSUE, State.DRAFT)


def test_handwriting_stays_on_the_page_and_within_bounds() -> None:
    assert rules.is_layer([[[0.1, 0.2], [0.3, 0.4]]])
    assert not rules.is_layer([[[0.1, 1.2]]])
    assert not rules.is_layer([[[0.1, 0.2]]] * (rules.MAX_STROKES + 1))

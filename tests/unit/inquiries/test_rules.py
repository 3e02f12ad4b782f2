"""Decisions of the hotline without a database: limits, wording, privacy, guesses, texts, who decides what."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.inquiries.rules import clocks, guessing, privacy, states, texts, wording
from backend.inquiries.types import Action, ActRequest, RequestType, State
from backend.workflow.types import Calendar, Hours

OPEN = Calendar.of([])
HOURS = Hours(time(9), time(17, 30))


def end(start: datetime, amount: int, unit: str) -> datetime:
    return clocks.end_of(start, amount, unit, OPEN, lambda _: HOURS)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "due"),
    [
        ((2026, 11, 23, 10, 0), 30, "min", (2026, 11, 23, 10, 30)),
        ((2026, 11, 21, 23, 0), 2, "h", (2026, 11, 22, 1, 0)),
        ((2026, 11, 23, 10, 0), 4, "wh", (2026, 11, 23, 14, 0)),
        ((2026, 11, 23, 15, 30), 4, "wh", (2026, 11, 24, 11, 0)),
        ((2026, 11, 23, 20, 0), 4, "wh", (2026, 11, 24, 13, 0)),
        ((2026, 11, 20, 17, 0), 1, "wh", (2026, 11, 23, 9, 30)),
        ((2026, 11, 21, 12, 0), 4, "wh", (2026, 11, 23, 13, 0)),
    ],
)
def test_hours_run_while_offices_do(start: tuple[int, ...], amount: int, unit: str, due: tuple[int, ...]) -> None:
    assert end(datetime(*start), amount, unit) == datetime(*due)


def test_days_are_not_reckoned_here() -> None:
    with pytest.raises(ValueError, match="wd"):
        end(datetime(2026, 11, 23), 1, "wd")


@given(st.integers(1, 60), st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1)))
def test_a_longer_limit_never_ends_earlier(amount: int, start: datetime) -> None:
    assert start <= end(start, amount, "wh") <= end(start, amount + 1, "wh")


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("我叫欧阳，电话13805271234", "13805271234"),
        ("身份证321302199003070017，请核实", "321302199003070017"),
        ("座机0527-84356789无人接听", "0527-84356789"),
        ("车牌苏N·12345和苏ND12345", "苏N·12345"),
        ("住12号楼3单元502室", "502室"),
        ("联系人：张三丰，请回电", "三丰"),
        ("王大爷跌倒了", "王大爷"),
        ("邮箱zhang.san@example.cn", "zhang.san@example.cn"),
        ("卡号6222 0210 0111 6245 702", "6222 0210 0111 6245 702"),
    ],
)
def test_personal_data_is_found_by_its_form(text: str, hidden: str) -> None:
    if hidden == "王大爷":
        assert privacy.counted(text) == {"name": 1}
    else:
        assert hidden not in privacy.hidden(text)
    assert privacy.left_over(privacy.hidden(text)) == {}


@pytest.mark.parametrize("text", ["路灯坏了三天", "12345热线很好", "2026年11月23日停水", "G344国道坑洼", "收费5000元"])
def test_what_names_nobody_stays(text: str) -> None:
    assert privacy.hidden(text) == text


@given(st.text(max_size=200))
def test_hiding_keeps_the_length_and_leaves_nothing(text: str) -> None:
    covered = privacy.hidden(text)
    assert len(covered) == len(text)
    assert privacy.left_over(covered) == {}


def test_the_same_answer_in_another_dress_is_the_same() -> None:
    earlier = ["经现场查看，损坏的路灯已更换。"]
    assert wording.is_same_answer("经现场查看 损坏的路灯，已更换！！", earlier, percent=95)
    assert not wording.is_same_answer("重新敷设了电缆，六盏灯全部点亮。", earlier, percent=95)


def test_words_that_mean_the_same_are_alike() -> None:
    one = wording.terms("和平小区门口的路灯坏了三天")
    other = wording.terms("和平小区门口路灯坏了")
    strange = wording.terms("公交车等候时间太长")
    assert wording.overlap(one, other) > 0.7
    assert wording.overlap(one, strange) < 0.1


@given(st.text(max_size=400))
def test_terms_are_few_and_each_once(text: str) -> None:
    found = wording.terms(text)
    assert len(found) <= wording.MAX_TERMS
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("请问居住证怎么办理？", RequestType.INQUIRY),
        ("举报有人收红包", RequestType.REPORT),
        ("投诉物业乱收费", RequestType.COMPLAINT),
        ("表扬窗口小李，感谢", RequestType.PRAISE),
        ("建议增设公交站", RequestType.SUGGESTION),
        ("门口路灯不亮", RequestType.HELP),
    ],
)
def test_what_somebody_wants_is_guessed(words: str, kind: RequestType) -> None:
    assert guessing.guess_type(words) is kind


def test_danger_is_heard() -> None:
    assert guessing.is_urgent("小区门口燃气泄漏，快来人")
    assert not guessing.is_urgent("请问燃气怎么开户")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("W000187 1", texts.TextAnswer("000187", 1)),
        ("ｗ000187，２ 态度好", texts.TextAnswer("000187", 2, "态度好")),
        ("w000187:4", texts.TextAnswer("000187", 4)),
        ("12345 投诉楼下扰民", texts.TextReport("投诉楼下扰民", RequestType.COMPLAINT)),
        ("12345路灯坏了很久", texts.TextReport("路灯坏了很久", None)),
        ("5", None), ("W000187", None), ("W000187 5", None), ("W000187 12", None), ("12345", None), ("谢谢", None),
    ],
)  # fmt: skip
def test_texts_are_read_whole_or_not_at_all(text: str, expected: object) -> None:
    assert texts.read_text(text) == expected


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text: str) -> None:
    texts.read_text(text)


def test_each_return_is_decided_one_level_higher() -> None:
    assert [states.return_decider(number) for number in (1, 2, 3)] == [
        "hotline_dispatcher",
        "hotline_leader",
        "hotline_office",
    ]
    assert states.roles_for(Action.APPROVE_RETURN, returns=2) == {"hotline_leader"}
    assert states.roles_for(Action.SIGN_OFF, heavy=True) == {"inquiry_head"}


def test_every_open_state_has_a_way_on_and_every_ended_one_is_ended() -> None:
    ways = {state: {action for action, rule in states.RULES.items() if state in rule.states} for state in State}
    assert all(ways[state] for state in states.OPEN)
    assert {state for state in State if not ways[state]} <= states.ENDED
    assert ways[State.CLOSED] == {Action.REOPEN, Action.ARCHIVE}


def test_a_call_back_that_reached_somebody_needs_the_answers() -> None:
    reached = ActRequest(Action.CALL_BACK, reached=True)
    assert {fault.pointer for fault in states.missing_fields(reached)} == {"/solved", "/satisfied"}
    assert not states.missing_fields(ActRequest(Action.CALL_BACK, reached=False))


def test_order_numbers_and_codes() -> None:
    number = texts.order_number(date(2026, 11, 23), 187)
    assert (number, texts.answer_code(number)) == ("20261123000187", "W000187")
    assert texts.normalised_code("k7 m2-q9") == "K7M2Q9"

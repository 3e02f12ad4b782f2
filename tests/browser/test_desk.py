"""A call at the hotline's desk: it comes up by itself, is taken by a key, registered while somebody speaks, dispatched
by the keyboard, answered by the unit, looked at, and closed after the call-back; no page is loaded anew."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import hotline
from tests.browser.conftest import Devices
from tests.browser.looking import check_axe, hold_still
from tests.browser.town import Town
from tests.payloads.twilio import new_sid

pytestmark = pytest.mark.slow

UNIT, UNIT_NAME = "321300CG", "宿迁市城市管理局"
WORDS = "楚街夜市烧烤摊占道经营，油烟和噪声每天到凌晨两点，孩子没法睡觉。"
ANSWER = "经现场查看，三家烧烤摊确属占道经营，已责令当场清理，油烟净化设备限三日内装好。"
LAW = "《江苏省城市市容和环境卫生管理条例》第二十四条"
NUMBER, SHOWN = "+8613805271466", "138 0527 1466"


def test_a_call_is_answered_dispatched_and_closed(desk: Devices, town: Town) -> None:
    operator, leader = desk(), desk()
    town.sign_in_official(operator, "hotline_operator", hotline.CENTRE, app="desk")
    town.sign_in_official(leader, "hotline_leader", hotline.CENTRE, app="desk")
    leader.goto("/desk/orders?queue=to_dispatch")
    hold_still(leader)
    expect(leader.get_by_role("status").filter(has_text="实时")).to_be_visible()
    number = answer_and_register(operator, town)
    expect(leader.get_by_role("status", name="新工单")).to_contain_text(number)
    dispatch(leader, number)
    order_id = leader.url.rsplit("/", 1)[-1]
    unit_answers(town, operator, order_id)
    expect(leader.get_by_text(ANSWER)).to_be_visible()
    expect(leader.get_by_role("button", name=re.compile("^审核通过"))).to_be_visible()
    leader.keyboard.press("p")
    leader.get_by_role("button", name="确认").click()
    expect(leader.get_by_text("已答复，待回访").first).to_be_visible()
    call_back(operator, number)


def answer_and_register(operator: Page, town: Town) -> str:
    """The call comes up over whatever is open; the words are registered; resolves to the order's number."""
    operator.goto("/desk/wallboard")
    expect(operator.get_by_text("没有人等候")).to_be_visible()
    sid = new_sid("CA")
    hotline.ring(town, sid, NUMBER)
    expect(operator.get_by_role("alert", name="来电").get_by_text(SHOWN)).to_be_visible()
    expect(operator.get_by_text("没有人等候")).to_have_count(0)
    operator.keyboard.press("Alt+A")
    expect(operator.get_by_text(re.compile(r"通话 \d+:\d\d"))).to_be_visible()
    operator.get_by_label("来电人说了什么").fill(WORDS)
    operator.get_by_label("称呼").fill("李女士")
    expect(operator.get_by_text("建议承办单位")).to_be_visible()
    check_axe(operator, "registering")
    operator.keyboard.press("Alt+Enter")
    made = operator.get_by_role("link", name=re.compile(r"^\d{14}$")).first
    expect(made).to_be_visible()
    hotline.ring(town, sid, NUMBER, "completed")
    return made.inner_text()


def dispatch(leader: Page, number: str) -> None:
    """The new order is in the list by itself; found, opened and given to a unit without a mouse."""
    leader.get_by_role("row").filter(has_text=number).get_by_role("link").press("Enter")
    expect(leader.get_by_role("button", name=re.compile("^派单"))).to_be_visible()
    leader.keyboard.press("d")
    unit = leader.get_by_role("combobox", name="选择其他单位").or_(leader.get_by_role("combobox", name="承办单位"))
    unit.fill(UNIT_NAME)
    leader.get_by_role("option", name=UNIT_NAME).click()
    check_axe(leader, "dispatching")
    leader.keyboard.press("Alt+Enter")
    expect(leader.get_by_text("已派单，待签收").first).to_be_visible()


def unit_answers(town: Town, page: Page, order_id: str) -> None:
    """What the unit does at its own desk."""
    handler, deputy = (hotline.Post(town, page, role, UNIT) for role in ("inquiry_handler", "inquiry_deputy"))
    handler.act(order_id, "sign")
    handler.act(order_id, "submit_reply", text=ANSWER, law_basis=LAW, resolution="solved")
    deputy.act(order_id, "sign_off")


def call_back(operator: Page, number: str) -> None:
    """The citizen says what became of it."""
    operator.get_by_role("link", name=number).click()
    expect(operator.get_by_role("button", name="回访")).to_be_visible()
    expect(operator.get_by_text("李*士 138****1466")).to_be_visible()
    operator.get_by_role("button", name="查看完整姓名和电话").click()
    operator.get_by_label("电话回访").check(force=True)
    operator.get_by_role("button", name="查看", exact=True).click()
    expect(operator.get_by_role("link", name=SHOWN)).to_have_attribute("href", f"tel:{NUMBER}")
    operator.keyboard.press("h")
    for words in ("已接通", "联系过", "已解决", "满意"):
        operator.get_by_label(words, exact=True).check(force=True)
    operator.keyboard.press("Alt+Enter")
    expect(operator.get_by_text("已解决，群众满意").first).to_be_visible()
    check_axe(operator, "a closed order at the desk")

"""What an answered order leaves to others, at the leader's desk: the proposal has names and numbers hidden, a person
hides what the search did not find and confirms, everybody reads it; one step makes it knowledge."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import hotline
from tests.browser.conftest import Devices
from tests.browser.looking import check_axe
from tests.browser.screens.people import Caller
from tests.browser.town import Town

pytestmark = pytest.mark.slow
WORDS = "我叫汪德福，住桃源小区9号楼，电话13805271458，请问小区能不能安装电动车充电桩？"
ANSWER = "可以安装，由物业向街道办事处报备后统一建设，汪德福先生所在小区已列入今年计划。"
PRIVATE = ("汪德福", "13805271458")


def test_an_answer_is_published_and_becomes_knowledge(desk: Devices, phone: Devices, town: Town) -> None:
    leader = desk()
    town.sign_in_official(leader, "hotline_leader", hotline.CENTRE, app="desk")
    call = Caller.of(leader, town, "班长").phone.call
    body = {"words": WORDS, "caller": {"name": "汪德福", "phone": "13805271458"}}
    made = call("POST", "/hotline/orders", expect=201, json=body)
    path = f"/hotline/orders/{made.json()['id']}"
    call("POST", f"{path}/actions", etag=made.headers["ETag"], json={"action": "answer_directly", "text": ANSWER})
    leader.goto(f"/desk/orders/{made.json()['id']}")
    leader.get_by_role("button", name="申请公开").click()
    expect(leader.get_by_text("已提交公开审核，个人信息已隐去")).to_be_visible()
    _confirm(leader)
    _read(phone())
    leader.goto(f"/desk/orders/{made.json()['id']}")
    leader.get_by_role("button", name="转为知识条目").click()
    expect(leader).to_have_url(re.compile("/desk/knowledge/"))
    expect(leader.get_by_role("main").get_by_text("由物业向街道办事处报备").first).to_be_visible()
    shown = leader.get_by_role("main").inner_text()
    assert not [word for word in PRIVATE if word in shown]


def _confirm(leader: Page) -> None:
    """A person looks, is refused while something is left, hides it, and confirms."""
    leader.goto("/desk/publications")
    card = leader.get_by_role("article").filter(has=leader.get_by_text(re.compile("已遮蔽"))).last
    question = card.get_by_label("问题")
    expect(question).to_have_value(re.compile("电动车充电桩"))
    hidden = question.input_value()
    assert not [word for word in PRIVATE if word in hidden]
    check_axe(leader, "confirming a publication")
    card.get_by_role("button", name="确认公开").click()
    expect(card.get_by_role("alert")).to_have_text("请先通读并勾选确认。")
    card.get_by_label("我已逐字看过").check()
    question.fill(f"{hidden}联系电话13805271458")
    card.get_by_role("button", name="确认公开").click()
    expect(card.get_by_role("alert")).to_have_text("仍有：手机号。")
    question.fill("请问小区能不能安装电动车充电桩？")
    card.get_by_role("button", name="确认公开").click()
    expect(leader.get_by_text("已公开").first).to_be_visible()


def _read(visitor: Page) -> None:
    """Anybody, without an account."""
    visitor.goto("/palm/answered?q=充电桩")
    visitor.get_by_role("link", name=re.compile("电动车充电桩")).first.click()
    expect(visitor.get_by_text("由物业向街道办事处报备")).to_be_visible()
    shown = visitor.get_by_role("main").inner_text()
    assert not [word for word in PRIVATE if word in shown]

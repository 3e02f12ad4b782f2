"""The main job across two phones and the handset page, with everything that goes wrong on the way.

A citizen applies; the line breaks in the middle of a photograph. An official accepts, while the same task is done at a
desk; the second one signs, with a token that has run out. The citizen sees it all live and rates by text message.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import applying
from tests.browser.conftest import Devices
from tests.browser.lines import Line, RunOutToken
from tests.browser.town import Town

pytestmark = pytest.mark.slow

NUMBER, SHOWN = "13951380035", "139 5138 0035"
BUREAU, CODE = "宿迁市教育局", "321300JY"
UPLOAD_BYTES_PER_SECOND = 200_000


def test_main_job(phone: Devices, desk: Devices, line: Line, town: Town) -> None:
    citizen, handset = phone(line), desk()
    town.sign_in(citizen, NUMBER)
    handset.goto(f"/handset/?number={NUMBER}")
    expect(handset.get_by_role("article", name=re.compile(SHOWN))).to_contain_text("验证码")
    applying.begin(citizen, "jszg", "教师资格认定", BUREAU)
    applying.answer(citizen, applying.TEACHER)
    hand_over_papers(citizen, line)
    case_no = hand_in(citizen)
    expect(handset.get_by_role("article", name=re.compile(SHOWN))).to_contain_text(case_no)

    clerk = phone()
    accept_while_the_desk_does(clerk, desk(), town, case_no)
    expect(citizen.get_by_role("main")).to_contain_text("待决定")
    official_signs(phone(), town, case_no)
    expect(citizen.get_by_role("main")).to_contain_text("准予")
    deliver(clerk, case_no)
    expect(citizen.get_by_role("main")).to_contain_text("已办结")
    rate_by_text(citizen, handset)


def hand_over_papers(citizen: Page, line: Line) -> None:
    """All papers that must be given; the line breaks in the first, which arrives by itself later, once."""
    first, *others = applying.wanted(citizen)
    card = applying.paper(citizen, first)
    line.slow(UPLOAD_BYTES_PER_SECOND)
    applying.put(citizen, first, applying.large_photograph())
    expect(card).to_contain_text("正在上传")
    line.wait_for(citizen, len(applying.large_photograph()["buffer"]) // 2)
    line.cut(citizen)
    expect(card.get_by_text("等待网络").first).to_be_visible()
    for name in others:
        applying.give(citizen, name)
    line.mend(citizen)
    for name in (first, *others):
        expect(applying.paper(citizen, name)).to_contain_text("已交")
    expect(card.get_by_role("button", name=re.compile("^删除"))).to_have_count(1)


def hand_in(citizen: Page) -> str:
    """Check, promise, submit; returns the number on the receipt and leaves the case open on the screen."""
    citizen.get_by_role("button", name="下一步").click()
    for promise in citizen.locator("#step").get_by_role("checkbox").all():
        promise.check(force=True)
    citizen.get_by_role("button", name="确认无误，提交").click()
    expect(citizen.get_by_text("提交成功")).to_be_visible()
    found = re.search(r"\d{12,}", citizen.get_by_role("main").inner_text().replace(" ", ""))
    assert found
    citizen.get_by_role("button", name="看办理进度").click()
    expect(citizen.get_by_role("heading", name="教师资格认定")).to_be_visible()
    return found[0]


def open_task(official: Page, case_no: str) -> None:
    """Find the case by the last digits of its number and open the file."""
    official.goto("/approval/")
    official.get_by_role("searchbox").fill(case_no[-4:])
    official.locator("a.task").filter(has_text=case_no[-4:]).click()
    expect(official.get_by_role("heading", name="教师资格认定")).to_be_visible()


def act(official: Page, name: str, confirm: str) -> None:
    """Choose the usual words, look at what the other side will read, confirm."""
    official.get_by_role("button", name=name, exact=True).click()
    official.locator(".choice").first.click()
    official.get_by_role("button", name="看看对方将收到什么").click()
    official.get_by_role("button", name=confirm).click()


def accept_while_the_desk_does(clerk: Page, counter: Page, town: Town, case_no: str) -> None:
    """The phone is about to accept when the desk has; it is told what changed, and goes on from there."""
    for page in (clerk, counter):
        town.sign_in_official(page, "window_clerk", CODE)
        open_task(page, case_no)
    clerk.get_by_role("button", name="受理", exact=True).click()
    clerk.locator(".choice").first.click()
    clerk.get_by_role("button", name="看看对方将收到什么").click()
    expect(clerk.get_by_role("button", name="确认受理")).to_be_visible()
    act(counter, "受理", "确认受理")
    expect(counter.get_by_role("button", name="审查通过", exact=True)).to_be_visible()
    clerk.get_by_role("button", name="确认受理").click()
    changed = clerk.get_by_role("dialog")
    expect(changed).to_contain_text("案卷已有变化，这一步现在不能办理。")
    expect(changed).to_contain_text("受理")
    clerk.get_by_role("button", name="先看案卷").click()
    act(clerk, "审查通过", "确认审查通过")
    expect(clerk.get_by_text("已办理“审查通过”")).to_be_visible()


def official_signs(decider: Page, town: Town, case_no: str) -> None:
    """The decision, with a token that runs out on the way and a second factor shown again."""
    account = town.sign_in_official(decider, "approver", CODE)
    open_task(decider, case_no)
    let_the_second_factor_age(town, account["id"])
    token = RunOutToken(decider, town.running)
    act(decider, "准予", "签发：准予")
    decider.get_by_label("动态验证码").fill(town.second_factor(decider, account))
    decider.get_by_role("button", name="验证并签发").click()
    expect(decider.get_by_text("已办理“准予”")).to_be_visible()
    assert token.refused
    assert token.renewed == 1, "requests refused at the same moment share one renewal"


def let_the_second_factor_age(town: Town, user_id: str) -> None:
    """As if the official had signed in an hour ago."""
    town.running.change(
        "UPDATE accounts_refreshsession SET mfa_at = mfa_at - interval '1 hour' WHERE user_id = %(user)s",
        {"user": user_id},
    )


def deliver(clerk: Page, case_no: str) -> None:
    """Hand over the certificate: the case is closed."""
    open_task(clerk, case_no)
    act(clerk, "送达办结", "确认送达办结")


def rate_by_text(citizen: Page, handset: Page) -> None:
    """The invitation comes by text; the answer is given on the handset page and stands on the citizen's screen."""
    device = handset.get_by_role("article", name=re.compile(SHOWN))
    expect(device).to_contain_text("请评价")
    device.get_by_label("回复短信").fill("5")
    device.get_by_role("button", name="发送").click()
    expect(citizen.get_by_role("main")).to_contain_text("非常满意")

"""The palm hall."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser import applying
from tests.browser.screens import Area, Devices, Prepared, Screen
from tests.browser.screens.people import cases, citizen, clerk
from tests.browser.town import Town


def _prepare(town: Town, desk: Devices) -> Prepared:
    names = cases(town, desk)
    pages = {"visitor": desk(), "citizen": citizen(town, desk), "clerk": clerk(town, desk, "palm")}
    return Prepared(pages, names)


def _begin(page: Page, _: Prepared) -> None:
    page.get_by_role("button", name=re.compile("^(开始填写|重新填一份)$")).click()
    expect(page).to_have_url(re.compile("/apply/"))


def _next(page: Page, _: Prepared) -> None:
    page.get_by_role("button", name="下一步").click()


def _choices(page: Page, _: Prepared) -> None:
    page.get_by_label("通讯地址", exact=True).fill(applying.TEACHER["通讯地址"])
    page.get_by_role("button", name="下一步").click()


def _papers(page: Page, _: Prepared) -> None:
    applying.answer(page, applying.TEACHER)
    for name in applying.wanted(page)[:2]:
        applying.give(page, name)
        expect(applying.paper(page, name)).to_contain_text("已交")


def _message(page: Page, _: Prepared) -> None:
    page.locator("a.message").first.click()


AREA = Area(
    "palm",
    "Palm hall",
    10,
    _prepare,
    (
        Screen(
            "welcome", "The first screen of a visitor: search, and what most people come for", "/palm/", "个人网上可办"
        ),
        Screen("signin", "Signing in with a mobile number", "/palm/signin", "获取验证码"),
        Screen("progress", "Progress without signing in", "/palm/progress", "查询码"),
        Screen("home", "The first screen of a citizen: my matters in progress first", "/palm/", "办件", "citizen"),
        Screen(
            "catalogue",
            "The catalogue by theme, organisation, person or company",
            "/palm/powers",
            "按主题",
            "citizen",
        ),
        Screen("search", "Found by its initials", "/palm/powers?q=jszg", "教师资格认定", "citizen"),
        Screen(
            "item",
            "An item in plain words: conditions, papers, steps, days, fee, place",
            "/palm/powers/{power}",
            "什么人能办",
            "citizen",
            whole=True,
        ),
        Screen(
            "apply",
            "Before the first question: for whom, and what to have at hand",
            "/palm/powers/{power}/apply",
            "请准备好这些材料",
            "citizen",
        ),
        Screen("known", "What is known already is only checked", None, "核对已有信息", "citizen", _begin),
        Screen("question", "One thing a screen, saved as one goes", None, "通讯地址", "citizen", _next),
        Screen("choices", "A question with choices", None, "申请资格种类", "citizen", _choices),
        Screen(
            "papers",
            "Papers by camera or from the gallery, each with its state",
            None,
            "上传材料",
            "citizen",
            _papers,
            whole=True,
        ),
        Screen("review", "Check everything, promise, submit", None, "核对并提交", "citizen", _next, whole=True),
        Screen(
            "receipt",
            "The receipt: number, code, what happens next and by when",
            "/palm/cases/{handed_in}/receipt",
            "提交成功",
            "citizen",
        ),
        Screen("cases", "My cases", "/palm/cases", "教师资格认定", "citizen"),
        Screen(
            "asked",
            "Something is missing: all of it said at once, answered in place",
            "/palm/cases/{asked}",
            "需要您补齐以下内容",
            "citizen",
        ),
        Screen(
            "closed", "A closed case: rating, story, documents", "/palm/cases/{closed}", "已办结", "citizen", whole=True
        ),
        Screen("inbox", "The message centre", "/palm/inbox", "教师资格认定", "citizen"),
        Screen("message", "A message leads to the page it is about", None, "怎样通知您的", "citizen", _message),
        Screen("me", "My account: language, elder mode, devices", "/palm/me", "王小明", "citizen"),
        Screen("channels", "By which ways I want to hear of things", "/palm/me/channels", "短信", "citizen"),
        Screen("sessions", "Where I am signed in", "/palm/me/sessions", "Chrome", "citizen"),
        Screen("phone", "Moving my account to another number", "/palm/me/phone", "获取验证码", "citizen"),
        Screen("data", "My data, and who looked at it", "/palm/me/data", "我的数据", "citizen"),
        Screen(
            "workbench",
            "The first screen of an official: what is due, by time left",
            "/palm/workbench",
            "教师资格认定",
            "clerk",
        ),
    ),
)

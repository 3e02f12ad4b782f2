"""The approval app."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.screens import Area, Devices, Prepared, Screen
from tests.browser.screens.people import Caller, apply, cases, clerk
from tests.browser.town import Town


def _prepare(town: Town, desk: Devices) -> Prepared:
    names = {**cases(town, desk), "another": apply(town, desk)}
    official = clerk(town, desk)
    _callers[official] = Caller.of(official, town, "clerk")
    return Prepared({"visitor": desk(), "clerk": official}, names)


def _begin_to_accept(page: Page, _: Prepared) -> None:
    page.get_by_role("button", name="受理", exact=True).click()


def _look_at_it(page: Page, _: Prepared) -> None:
    page.locator(".choice").first.click()
    page.get_by_role("button", name="看看对方将收到什么").click()


def _other_acts(page: Page, _: Prepared) -> None:
    page.get_by_role("button", name="其他办理").click()


def _supplement(page: Page, _: Prepared) -> None:
    page.get_by_role("button", name="要求补正").click()


def _first_paper(page: Page, _: Prepared) -> None:
    page.get_by_role("tab", name="材料").click()
    page.get_by_role("button", name="打开查看").first.click()


def _several(page: Page, prepared: Prepared) -> None:
    page.get_by_role("button", name="批量").click()
    for name in ("handed_in", "another"):
        number = _callers[page].phone.get(f"/approval/cases/{prepared.names[name]}")["case_no"]
        page.get_by_role("checkbox", name=re.compile(number)).check()


def _one_was_quicker(page: Page, prepared: Prepared) -> None:
    """A colleague accepts one of them, before the batch is sent."""
    page.get_by_role("button", name="受理", exact=True).click()
    page.locator(".choice").first.click()
    page.get_by_role("button", name="看看对方将收到什么").click()
    sent = page.get_by_role("button", name="确认受理 2 件")
    expect(sent).to_be_visible()
    _callers[page].act(prepared.names["another"], "accept")
    sent.click()


_callers: dict[Page, Caller] = {}
CASE = "/approval/cases/{handed_in}"
AREA = Area(
    "approval",
    "Approval app",
    20,
    _prepare,
    (
        Screen(
            "signin", "Officials sign in with a password and a second factor", "/approval/signin?as=official", "用户名"
        ),
        Screen("todo", "What is to be done, by time left", "/approval/", "教师资格认定", "clerk"),
        Screen("case", "The case file: application, papers, timeline, documents", CASE, "申请", "clerk"),
        Screen("paper", "A paper in the viewer: zoom, turn, leaf", CASE, "第 1 份", "clerk", _first_paper),
        Screen("acts", "The other acts, each with what it means", CASE, "不予受理", "clerk", _other_acts),
        Screen("supplement", "Asking for everything that is missing, once", None, "须一次性列全", "clerk", _supplement),
        Screen(
            "accept",
            "Accepting: the usual words to choose from",
            CASE,
            "可选用，选后仍可修改",
            "clerk",
            _begin_to_accept,
        ),
        Screen(
            "preview",
            "What the applicant will read, before anything is sent",
            None,
            "申请人将看到",
            "clerk",
            _look_at_it,
        ),
        Screen("batch", "Several of a kind at once", "/approval/", "已选 2 件", "clerk", _several),
        Screen("outcomes", "A result for each", None, "办成 1 件，1 件没有办成", "clerk", _one_was_quicker),
    ),
)

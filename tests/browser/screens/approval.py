"""The approval app."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.screens import Area, Devices, Prepared, Screen
from tests.browser.screens.people import cases, clerk
from tests.browser.town import Town


def _prepare(town: Town, desk: Devices) -> Prepared:
    names = cases(town, desk)
    return Prepared({"visitor": desk(), "clerk": clerk(town, desk)}, names)


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
    ),
)

"""Colleagues: the own unit, somebody's page with numbers, nobody found."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.screens import Area, Devices, Prepared, Screen
from tests.browser.screens.people import BUREAU
from tests.browser.town import Town

CITY = "321300"


def _prepare(town: Town, desk: Devices) -> Prepared:
    clerk = desk()
    town.sign_in_official(clerk, "window_clerk", BUREAU, "palm")
    manager = desk()
    town.sign_in_official(manager, "system_manager", CITY, "desk")
    boss, leaver = town.official("approver", BUREAU), town.official("window_clerk", BUREAU)
    people = {"visitor": desk(), "clerk": clerk, "manager": manager}
    return Prepared(people, {"boss": boss["id"], "leaver": leaver["id"]})


def _up(page: Page, _: Prepared) -> None:
    page.get_by_role("navigation", name="上级单位").get_by_role("button").first.click()


def _successor(page: Page, _: Prepared) -> None:
    page.get_by_role("button", name="选择人员").click()


def _nobody(page: Page, _: Prepared) -> None:
    page.get_by_label("姓名、拼音、首字母、职务或单位").fill("zzzz")


AREA = Area(
    "contacts",
    "Contacts",
    57,
    _prepare,
    (
        Screen("unit", "My unit", "/palm/contacts", "宿迁市教育局", "clerk"),
        Screen("units", "The units above and below", None, "人", "clerk", _up),
        Screen("nobody", "Nobody found, and how to search", None, "没有找到", "clerk", _nobody),
        Screen("one", "A colleague: call, text, keep", "/palm/contacts/{boss}", "保存到手机通讯录", "clerk"),
        Screen(
            "departure",
            "Somebody leaves: what is open, and to whom it goes",
            "/desk/contacts/{leaver}/departure",
            "交接并停用账号",
            "manager",
        ),
        Screen("successor", "Choosing the successor", None, "接任人", "manager", _successor),
    ),
)

"""Colleagues: the own unit, somebody's page with numbers, nobody found."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.screens import Area, Devices, Prepared, Screen
from tests.browser.screens.people import BUREAU
from tests.browser.town import Town


def _prepare(town: Town, desk: Devices) -> Prepared:
    clerk = desk()
    town.sign_in_official(clerk, "window_clerk", BUREAU, "palm")
    boss = town.official("approver", BUREAU)
    return Prepared({"visitor": desk(), "clerk": clerk}, {"boss": boss["id"]})


def _nobody(page: Page, _: Prepared) -> None:
    page.get_by_label("姓名、拼音、首字母、职务或单位").fill("zzzz")


AREA = Area(
    "contacts",
    "Contacts",
    57,
    _prepare,
    (
        Screen("unit", "My unit", "/palm/contacts", "宿迁市教育局", "clerk"),
        Screen("nobody", "Nobody found, and how to search", None, "没有找到", "clerk", _nobody),
        Screen("one", "A colleague: call, text, keep", "/palm/contacts/{boss}", "保存到手机通讯录", "clerk"),
    ),
)

"""The web hall."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.screens import Area, Devices, Prepared, Screen
from tests.browser.screens.people import cases, citizen
from tests.browser.town import Town


def _prepare(town: Town, desk: Devices) -> Prepared:
    names = cases(town, desk)
    return Prepared({"visitor": desk(), "citizen": citizen(town, desk, "hall")}, names)


def _choose_window(page: Page, _: Prepared) -> None:
    page.get_by_role("searchbox").fill("教师")
    page.get_by_role("region", name="查找结果").get_by_role("button").first.click()


AREA = Area(
    "hall",
    "Web hall",
    30,
    _prepare,
    (
        Screen("home", "The front page: search, what most people come for, how it works", "/hall/", "您想办什么事"),
        Screen(
            "catalogue",
            "The public catalogue by theme, organisation, person or company",
            "/hall/powers",
            "按主题",
        ),
        Screen("item", "An item in plain words, under an address that stays", "/hall/items/{code}", "什么人能办"),
        Screen("plan", "The virtual hall: floors, windows, and an equal list", "/hall/plan", "大厅导览"),
        Screen(
            "window",
            "A window: what it handles now, straight into the application",
            None,
            "教师资格认定",
            then=_choose_window,
        ),
        Screen("statistics", "Published figures, each picture with an equal table", "/hall/statistics", "公开数据"),
        Screen("progress", "Progress without signing in", "/hall/progress", "查询码"),
        Screen("case", "My case at a desk", "/hall/cases/{asked}", "需要您补齐以下内容", "citizen"),
        Screen("me", "My account", "/hall/me", "王小明", "citizen"),
    ),
)

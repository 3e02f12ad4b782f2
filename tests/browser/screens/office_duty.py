"""Duty rosters of windows, at the desk."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.screens import Area, Devices, Prepared, Screen
from tests.browser.town import Town

CITY = "321300"
ON_DUTY = ("郑法制", "王编目")


def _prepare(town: Town, desk: Devices) -> Prepared:
    manager = desk()
    town.sign_in_official(manager, "system_manager", CITY, "desk")
    return Prepared({"visitor": desk(), "manager": manager})


def _fill(page: Page, _: Prepared) -> None:
    page.get_by_role("button", name="下一周").click()
    page.get_by_role("button", name="选择人员").click()
    for name in ON_DUTY:
        page.get_by_role("dialog").get_by_label(name).check()
    page.get_by_role("dialog").get_by_role("button", name="完成").click()
    for place, name in enumerate(ON_DUTY):
        row = page.get_by_role("row").filter(has_text=name)
        row.get_by_role("textbox").fill(f"综合岗{place + 1:02}")
        for box in range(place, 10, 2):
            row.get_by_role("checkbox").nth(box).check()
    expect(page.get_by_role("dialog")).to_be_hidden()


AREA = Area(
    "windowduty",
    "Duty rosters of windows",
    57,
    _prepare,
    (
        Screen(
            "roster", "A window's week: who is there, as what the public reads", "/desk/duty", "值班", "manager", _fill
        ),
    ),
)

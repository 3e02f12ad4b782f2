"""The handset page."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.screens import Area, Devices, Prepared, Screen
from tests.browser.screens.people import CITIZEN, cases
from tests.browser.town import Town

RESIDENT = "13805270006"


def _prepare(town: Town, desk: Devices) -> Prepared:
    cases(town, desk)
    resident = desk()
    town.sign_in(resident, RESIDENT)
    town.park(resident.context)
    resident.context.close()
    return Prepared({"visitor": desk()}, {"number": CITIZEN})


def _second(page: Page, _: Prepared) -> None:
    page.get_by_label("手机号码").fill(RESIDENT)
    page.get_by_role("button", name="放上一部").click()


AREA = Area(
    "handset",
    "Handset page",
    90,
    _prepare,
    (
        Screen(
            "texts",
            "The demo handset: the texts of a number as they arrive, and answers",
            "/handset/?number={number}",
            "办件",
        ),
        Screen("several", "Several numbers side by side", None, "验证码", "visitor", _second),
    ),
)

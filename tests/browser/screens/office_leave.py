"""Leave, trips and outings: what is left, asking, deciding, who is away."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from playwright.sync_api import Page

from tests.browser.screens import Area, Devices, Prepared, Screen
from tests.browser.screens.people import BUREAU, Caller
from tests.browser.town import Town

_made: dict[int, dict[str, str]] = {}


def monday(weeks: int) -> date:
    """The Monday so many weeks after this one."""
    today = datetime.now(UTC).date()
    return today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)


def _prepare(town: Town, desk: Devices) -> Prepared:
    clerk, head = desk(), desk()
    town.sign_in_official(clerk, "window_clerk", BUREAU, "office")
    town.sign_in_official(head, "approver", BUREAU, "office")
    if id(town) not in _made:
        phone = Caller.of(clerk, town, "clerk").phone
        colleague = town.official("document_clerk", BUREAU)
        trip = {"kind": "trip", "destination": "南京市，省教育厅", "reason": "参加教师资格认定业务培训。"}
        days = {"starts_on": monday(3).isoformat(), "ends_on": (monday(3) + timedelta(days=2)).isoformat()}
        asked = phone.call(
            "POST", "/leave/requests", json={**trip, **days, "stand_in_id": colleague["id"]}, expect=201
        ).json()
        outing = {"kind": "outing", "destination": "市实验小学", "reason": "现场核查办学条件。"}
        half = {"starts_on": monday(2).isoformat(), "starts_half": "pm", "ends_on": monday(2).isoformat()}
        phone.call("POST", "/leave/requests", json={**outing, **half}, expect=201)
        _made[id(town)] = {"trip": asked["id"]}
    return Prepared({"visitor": desk(), "clerk": clerk, "head": head}, _made[id(town)])


def _wants(page: Page, _: Prepared) -> None:
    page.get_by_role("button", name="选择人员").click()


def _to_decide(page: Page, _: Prepared) -> None:
    page.get_by_text("待我审批", exact=True).click()


def _agree(page: Page, _: Prepared) -> None:
    page.get_by_role("button", name="同意", exact=True).click()


AREA = Area(
    "leave",
    "Leave, trips and outings",
    56,
    _prepare,
    (
        Screen(
            "mine", "My requests, and what is left of my days", "/office/leave", "由秦文书代办", "clerk", whole=True
        ),
        Screen("ask", "Asking: which days, why, who stands in", "/office/leave/new", "代办人", "clerk", whole=True),
        Screen("stand-in", "Choosing who stands in", None, "宿迁市教育局", "clerk", _wants),
        Screen("decide", "What waits for me", "/office/leave", "待我审批", "head", _to_decide),
        Screen("one", "One request, with what I may do", "/office/leave/requests/{trip}", "省教育厅", "head"),
        Screen("agree", "Agreeing", None, "意见", "head", _agree),
    ),
)

"""Other appearances and hard days: dark, elder, large type, English; an empty account, an overdue case with pauses."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser import looking
from tests.browser.screens import Area, Devices, Prepared, Screen
from tests.browser.screens.people import Caller, apply, cases, citizen, clerk
from tests.browser.town import Town

NEWCOMER = "13805279001"
PROCEDURES = ("expert_review", "hearing", "testing")
REASON = "申请材料须由专家评审，评审时间不计入办理期限。"
LONG = "设置大型户外广告及在城市建筑物、设施上悬挂、张贴宣传品审批"


def _prepare(town: Town, desk: Devices) -> Prepared:
    names = {**cases(town, desk), "overdue": _overdue(town, desk)}
    newcomer = desk()
    town.sign_in(newcomer, NEWCOMER)
    pages = {"visitor": desk(), "newcomer": newcomer, "citizen": citizen(town, desk), "clerk": clerk(town, desk)}
    return Prepared(pages, names)


def _overdue(town: Town, desk: Devices) -> str:
    """A case that was paused three times and whose days have run out: it began five weeks before it did."""
    case = apply(town, desk)
    official = clerk(town, desk)
    caller = Caller.of(official, town, "clerk")
    caller.act(case, "accept")
    for procedure in PROCEDURES:
        _earlier(town, case, days=3)
        caller.act(case, "suspend", opinion=REASON, procedure=procedure, planned_days=3)
        caller.act(case, "resume")
    town.park(official.context)
    official.context.close()
    _earlier(town, case, days=28)
    return case


def _earlier(town: Town, case: str, *, days: int) -> None:
    """Let this much time pass for the days of a case."""
    for statement in (
        # What has happened is kept by a trigger; a superuser's session may pass it.
        "WITH free AS MATERIALIZED (SELECT set_config('session_replication_role', 'replica', true) AS role)"
        ' UPDATE workflow_deadlineentry e SET "on" = e."on" - %(days)s::int FROM workflow_deadline d, free'
        " WHERE e.deadline_id = d.id AND d.subject_id = %(case)s AND free.role = 'replica'",
        "UPDATE workflow_deadline SET start_on = start_on - %(days)s::int, due_on = due_on - %(days)s::int,"
        " due_at = due_at - make_interval(days => %(days)s::int) WHERE subject_id = %(case)s",
        "UPDATE workflow_task SET due_on = due_on - %(days)s::int, due_key = due_key - %(days)s::int"
        " WHERE subject_id = %(case)s AND due_on IS NOT NULL",
    ):
        town.running.change(statement, {"case": case, "days": days})


def _dark(page: Page, _: Prepared) -> None:
    looking.wear(page, "dark")


def _elder(page: Page, _: Prepared) -> None:
    page.get_by_role("switch", name="长辈版").click()


def _double(page: Page, _: Prepared) -> None:
    page.evaluate("document.documentElement.style.setProperty('--scale', '2')")


def _english(page: Page, _: Prepared) -> None:
    page.get_by_role("button", name="English").or_(page.get_by_text("English", exact=True)).first.click()


def _chinese(page: Page, _: Prepared) -> None:
    page.get_by_text("简体中文", exact=True).first.click()


def _explained(page: Page, _: Prepared) -> None:
    page.get_by_role("button", name=re.compile("已超期")).first.click()
    expect(page.get_by_role("dialog")).to_be_visible()


CASE = "/approval/cases/{overdue}"
AREA = Area(
    "looks",
    "Other appearances and hard days",
    95,
    _prepare,
    (
        Screen("dark-home", "The first screen in the dark", "/palm/", "办件", "citizen", _dark),
        Screen("dark-case", "A case in the dark", "/palm/cases/{asked}", "需要您补齐以下内容", "citizen", _dark),
        Screen(
            "elder-me",
            "The elder mode is put on: large, read aloud, 12345 on every page",
            "/palm/me",
            "长辈版",
            "citizen",
            _elder,
        ),
        Screen("elder-home", "The first screen of the elder mode", "/palm/", "办件", "citizen"),
        Screen("elder-case", "A case in the elder mode", "/palm/cases/{asked}", "需要您补齐", "citizen"),
        Screen("elder-off", "The elder mode is put off again", "/palm/me", "长辈版", "citizen", _elder),
        Screen("double", "Type of twice the size", "/palm/powers/{power}", "什么人能办", "citizen", _double),
        Screen("english-me", "The account in English", "/palm/me", "My", "citizen", _english),
        Screen("english-home", "The first screen in English", "/palm/", "Search", "citizen"),
        Screen("english-case", "A case in English", "/palm/cases/{asked}", "Progress", "citizen"),
        Screen("chinese", "Back in Chinese", "/palm/me", "我的", "citizen", _chinese),
        Screen("empty-cases", "An account that has nothing yet", "/palm/cases", "办", "newcomer"),
        Screen("empty-inbox", "No message yet", "/palm/inbox", "消息", "newcomer"),
        Screen("long", "An item with a very long name, found", f"/palm/powers?q={LONG[:8]}", LONG),
        Screen("overdue", "Overdue work stands first, in words and colour", "/approval/", "已超期", "clerk"),
        Screen("pauses", "A case file with three pauses", CASE, "已超期", "clerk", whole=True),
        Screen("counted", "The count of days explained", None, "工作日", "clerk", _explained),
        Screen("dark-file", "The case file in the dark", CASE, "已超期", "clerk", _dark),
    ),
)

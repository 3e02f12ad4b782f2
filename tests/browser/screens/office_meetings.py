"""Meetings, schedules and tasks of officials, in the palm hall and at the desk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Page

from config.demo.phone import Phone
from tests.browser.screens import Area, Devices, Prepared, Screen
from tests.browser.screens.people import BUREAU, Caller
from tests.browser.town import Town

TITLE = "关于进一步优化营商环境、推进高效办成一件事重点事项落实和窗口延时服务的全市政务服务工作专题会议"
_made: dict[int, dict[str, str]] = {}


def at(hours: float) -> str:
    """A full minute some time ahead."""
    moment = datetime.now(UTC) + timedelta(hours=hours)
    return moment.replace(second=0, microsecond=0).isoformat()


def called(phone: Phone, guests: list[str], hours: float, **more: Any) -> str:
    """Call a meeting of two hours; its id."""
    body = {
        "title": TITLE,
        "starts_at": at(hours),
        "ends_at": at(hours + 2),
        "place": "市民中心三楼第一会议室",
        "people": guests,
        "agenda": [
            {"title": "通报三季度企业开办和工程审批用时", "speaker": "审批服务科", "minutes": 20},
            {"title": "研究窗口延时服务安排", "speaker": "市教育局", "minutes": 30},
        ],
        **more,
    }
    made: dict[str, Any] = phone.call("POST", "/meetings", json=body, expect=201).json()
    return str(made["id"])


def _prepare(town: Town, desk: Devices) -> Prepared:
    host, guest = desk(), desk()
    organiser = town.sign_in_official(host, "window_clerk", BUREAU, "palm")
    invited = town.sign_in_official(guest, "approver", BUREAU, "palm")
    if id(town) not in _made:
        phone = Caller.of(host, town, "host").phone
        soon = called(phone, [invited["id"]], 0.45)
        later = called(phone, [invited["id"]], 30, title="窗口作风建设例会")
        due = (datetime.now(UTC) + timedelta(days=3)).date().isoformat()
        task = {"title": "汇总三季度企业诉求清单", "due_on": due, "owner_id": invited["id"], "details": "按行业分类。"}
        given = phone.call("POST", "/agenda/tasks", json=task, expect=201).json()
        _made[id(town)] = {"soon": soon, "later": later, "task": given["id"], "host": organiser["id"]}
    return Prepared({"visitor": desk(), "host": host, "guest": guest}, _made[id(town)])


def _leave(page: Page, _: Prepared) -> None:
    page.get_by_text("请假", exact=True).first.click()


def _choose(page: Page, _: Prepared) -> None:
    page.get_by_role("button", name="选择人员").click()


def _add(page: Page, _: Prepared) -> None:
    page.get_by_role("button", name="添加安排").click()


AREA = Area(
    "office",
    "Meetings, schedules and tasks",
    55,
    _prepare,
    (
        Screen("meetings", "My meetings", "/palm/meetings", "窗口作风建设例会", "guest"),
        Screen("meeting", "A notice, with my answer", "/palm/meetings/{later}", "提交回执", "guest", whole=True),
        Screen("meeting-leave", "Asking for leave", None, "请假理由", "guest", _leave),
        Screen("meeting-host", "The same for who called it", "/palm/meetings/{soon}", "签到大屏", "host", whole=True),
        Screen("meeting-screen", "The screen in the room", "/palm/meetings/{soon}/screen", "签到码每", "host"),
        Screen("meeting-sign-in", "Signing in by typing", "/palm/meetings/{soon}/sign-in", "输入屏幕上", "guest"),
        Screen("meeting-new", "Calling a meeting", "/palm/meetings/new", "会议室", "host", whole=True),
        Screen("meeting-people", "Choosing people", None, "全体人员", "host", _choose),
        Screen("todos", "The one inbox, by time left", "/palm/agenda/todos", "会议回执", "guest"),
        Screen("agenda", "A schedule", "/palm/agenda", "代办与共享", "guest"),
        Screen("agenda-add", "Adding something", None, "仅自己可见", "guest", _add),
        Screen("tasks", "Tasks", "/palm/agenda/tasks", "汇总三季度", "guest"),
        Screen("task", "One task", "/palm/agenda/tasks/{task}", "更新进度", "guest"),
        Screen("report", "The weekly report", "/palm/agenda/report", "本周办了什么", "guest", whole=True),
        Screen("sharing", "Standing in, sharing, feed", "/palm/agenda/settings", "请人代办", "guest", whole=True),
    ),
)

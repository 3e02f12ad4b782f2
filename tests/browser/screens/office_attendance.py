"""Attendance: a punch, one's own month, a correction, what the head of the unit sees."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page

from tests.browser.screens import Area, Devices, Prepared, Screen
from tests.browser.screens.people import BUREAU, Caller
from tests.browser.town import Town

SUQIAN = ZoneInfo("Asia/Shanghai")
LATE, FORGOTTEN = 3, 7
"""Working days before today on which the clerk came late, and forgot to punch on leaving."""
_FREE = {date(2026, 10, number) for number in range(1, 8)}
_made: dict[int, dict[str, str]] = {}


def _prepare(town: Town, desk: Devices) -> Prepared:
    clerk, head = desk(), desk()
    account = town.sign_in_official(clerk, "window_clerk", BUREAU, "office")
    town.sign_in_official(head, "approver", BUREAU, "office")
    if id(town) not in _made:
        days = _worked(town, account["id"])
        phone = Caller.of(clerk, town, "clerk").phone
        asked = {
            "day": days[FORGOTTEN].isoformat(),
            "kind": "out",
            "time": "17:40",
            "reason": "参加学校现场核查，直接从学校回家。",
        }
        made = phone.call("POST", "/attendance/corrections", json=asked, expect=201).json()
        _made[id(town)] = {"correction": made["id"], "late": days[LATE].isoformat()}
    return Prepared({"visitor": desk(), "clerk": clerk, "head": head}, _made[id(town)])


def _worked(town: Town, person: str) -> list[date]:
    """As if the bureau had kept attendance since the month before last; the clerk's working days, latest first."""
    today = datetime.now(SUQIAN).date()
    begin = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    days = [today - timedelta(days=back) for back in range(1, (today - begin).days + 1)]
    days = [day for day in days if day.weekday() < 5 and day not in _FREE]
    for place, day in enumerate(days):
        _punch(town, person, "in", day, time(9, 21) if place == LATE else time(8, 50 + place % 9))
        if place != FORGOTTEN:
            _punch(town, person, "out", day, time(17, 31 + place % 20))
    town.running.change(
        "UPDATE attendance_shift SET valid_from = %(day)s WHERE window_id IS NULL AND organisation_id ="
        " (SELECT id FROM accounts_organisation WHERE code = %(code)s)",
        {"day": begin - timedelta(days=1), "code": BUREAU},
    )
    town.running.change(
        "INSERT INTO attendance_sheet (id, version, person_id, organisation_id, path, month, state, shown_at, dispute,"
        " answer, answered_by_name) SELECT gen_random_uuid(), 1, %(person)s, id, path, %(month)s, 'shown', now(), '',"
        " '', '' FROM accounts_organisation WHERE code = %(code)s",
        {"person": person, "month": begin, "code": BUREAU},
    )
    return days


def _punch(town: Town, person: str, kind: str, day: date, at: time) -> None:
    moment = datetime.combine(day, at, SUQIAN).astimezone(UTC)
    town.running.change(
        "INSERT INTO attendance_punch (id, person_id, organisation_id, day, kind, at,"
        ' received_at, queued, "where") SELECT gen_random_uuid(), %(person)s, id, %(day)s, %(kind)s,'
        " %(at)s, %(at)s, false, 'inside' FROM accounts_organisation WHERE code = %(code)s ON CONFLICT DO NOTHING",
        {"person": person, "day": day, "kind": kind, "at": moment, "code": BUREAU},
    )


def _punch_now(page: Page, _: Prepared) -> None:
    page.get_by_role("button", name=re.compile("签到|签退")).click()


def _month_before(page: Page, _: Prepared) -> None:
    page.get_by_role("button", name="上一个月").click()


def _object(page: Page, _: Prepared) -> None:
    page.get_by_role("button", name="提出异议").click()
    page.get_by_role("textbox").fill("有一天上午在区里开会，不在单位打卡，请核对会议签到。")


def _send(page: Page, _: Prepared) -> None:
    page.get_by_role("button", name="送出").click()


def _answer(page: Page, _: Prepared) -> None:
    page.get_by_role("button", name="答复异议").click()


def _new_shift(page: Page, _: Prepared) -> None:
    page.get_by_role("button", name="新的班次").click()


SCREENS = (
    Screen("today", "Today, and the month so far", "/office/attendance", "应出勤", "clerk", _punch_now, whole=True),
    Screen(
        "month", "The month that is over, before the unit sees it", None, "确认无误", "clerk", _month_before, whole=True
    ),
    Screen("object", "An objection", None, "写明哪一天", "clerk", _object),
    Screen("objected", "It was sent", None, "异议已送出，等单位答复", "clerk", _send, whole=True),
    Screen("correct", "Asking for a correction", "/office/attendance/corrections/new?day={late}", "实际时间", "clerk"),
    Screen("corrections", "My corrections", "/office/attendance/corrections", "参加学校现场核查", "clerk"),
    Screen("decide", "A correction to decide", "/office/attendance/corrections/{correction}", "同意补卡", "head"),
    Screen("unit", "The unit's month, objections first", "/office/attendance/unit", "的异议", "head", whole=True),
    Screen("answer", "Answering an objection", None, "说明核对的结果", "head", _answer),
    Screen("shifts", "Working times and places, at the desk", "/desk/attendance/shifts", "办公地点", "head"),
    Screen("shift", "New times from a day on", None, "宽限几分钟", "head", _new_shift),
)

AREA = Area("attendance", "Attendance", 56, _prepare, SCREENS)

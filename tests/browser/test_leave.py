"""Leave from asking to standing in, and a punch without a network (issue 6, attendance)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Devices
from tests.browser.screens.office_leave import monday
from tests.browser.screens.people import BUREAU
from tests.browser.town import Town

pytestmark = pytest.mark.slow
PLACE = "省教育厅"


def test_leave_is_asked_for_granted_and_somebody_stands_in(phone: Devices, desk: Devices, town: Town) -> None:
    person, head, deputy = phone(), phone(), desk()
    asker = town.sign_in_official(person, "window_clerk", BUREAU, "office")
    town.sign_in_official(head, "approver", BUREAU, "office")
    stand_in = town.sign_in_official(deputy, "document_clerk", BUREAU, "office")

    ask(person, stand_in["name"])
    request = person.url.rsplit("/", 1)[-1]
    expect(person.get_by_text(PLACE)).to_be_visible()

    head.goto(f"/office/leave/requests/{request}")
    head.get_by_role("button", name="同意", exact=True).click()
    head.get_by_role("dialog").get_by_role("button", name="同意", exact=True).click()
    expect(person.get_by_text("已批准")).to_be_visible()

    deputy.goto("/office/agenda/settings")
    expect(deputy.get_by_text(asker["name"]).first).to_be_visible()

    person.get_by_role("button", name="取消休假").click()
    person.get_by_role("dialog").get_by_role("button", name="取消休假").click()
    expect(person.get_by_role("button", name="取消休假")).to_have_count(0)
    deputy.reload()
    expect(deputy.get_by_role("heading", name="请人代办")).to_be_visible()
    expect(deputy.get_by_text(asker["name"])).to_have_count(0)


def ask(person: Page, stand_in: str) -> None:
    """A trip of two days, asked for on the screen."""
    person.goto("/office/leave/new")
    person.get_by_label("类别").select_option("trip")
    person.get_by_label("从", exact=True).fill(monday(4).isoformat())
    person.get_by_label("到", exact=True).fill((monday(4) + timedelta(days=1)).isoformat())
    person.get_by_label("去哪里").fill(PLACE)
    person.get_by_role("button", name="选择人员").click()
    person.get_by_label(stand_in).click()
    person.get_by_role("button", name="提交申请").click()
    expect(person).to_have_url(re.compile("/leave/requests/"))


def test_a_punch_without_a_network_waits_and_arrives_once(phone: Devices, town: Town) -> None:
    person = phone()
    account = town.sign_in_official(person, "approver", BUREAU, "office")
    person.goto("/office/attendance")
    punch = person.get_by_role("button", name=re.compile("^上班签到$|^下班签退$"))
    expect(punch).to_be_visible()
    person.context.set_offline(True)
    punch.click()
    expect(person.get_by_text("等待网络")).to_be_visible()
    person.context.set_offline(False)
    expect(person.get_by_text(re.compile("离线打卡，"))).to_be_visible()
    expect(person.get_by_text("等待网络")).to_have_count(0)
    waited = "SELECT count(*) FROM attendance_punch WHERE person_id = %(person)s AND queued"
    assert town.running.query(waited, {"person": account["id"]}) == [(1,)]

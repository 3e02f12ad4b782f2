"""A meeting from the call to the minutes, on the screens of those who come (issue 6, meeting path)."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Devices
from tests.browser.screens.office_meetings import called
from tests.browser.screens.people import BUREAU, Caller
from tests.browser.town import Town

pytestmark = pytest.mark.slow


def test_a_meeting_is_answered_and_signed_in_to(phone: Devices, desk: Devices, town: Town) -> None:
    host, guest = desk(), phone()
    town.sign_in_official(host, "window_clerk", BUREAU, "palm")
    invited = town.sign_in_official(guest, "approver", BUREAU, "palm")
    title = f"碰头会{uuid4().hex[:4]}"
    meeting = called(Caller.of(host, town, "host").phone, [invited["id"]], 0.4, title=title)

    guest.goto("/palm/agenda/todos")
    guest.get_by_text(f"会议回执：{title}").first.click()
    guest.get_by_role("button", name="提交回执").click()
    expect(guest.get_by_role("button", name="更改回执")).to_be_visible()

    host.goto(f"/palm/meetings/{meeting}/screen")
    digits = host.locator(".digits")
    expect(digits).to_have_text(re.compile(r"^\d{4} \d{4}$"))
    guest.get_by_role("button", name="会议签到").click()
    guest.get_by_label("签到码").fill(digits.inner_text())
    guest.get_by_role("button", name="会议签到").click()
    expect(guest.get_by_text("签到成功")).to_be_visible()
    expect(host.locator(".count")).to_contain_text("1 /")

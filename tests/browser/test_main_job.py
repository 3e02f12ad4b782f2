"""The main job in two phones and the handset page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Devices
from tests.browser.looking import check_axe
from tests.browser.town import Town

pytestmark = pytest.mark.slow

NUMBER = "13805270001"


def test_citizen_finds_an_item_by_its_initials(phone: Devices, town: Town) -> None:
    citizen = phone()
    town.sign_in(citizen, NUMBER)
    citizen.goto("/palm/powers")
    citizen.get_by_role("searchbox").fill("jszg")
    expect(citizen.get_by_text("教师资格认定").first).to_be_visible()
    check_axe(citizen)


def test_official_sees_the_workbench(phone: Devices, town: Town) -> None:
    official = phone()
    town.sign_in_official(official, "window_clerk")
    expect(official).to_have_url(re.compile("/approval/"))
    check_axe(official)


def test_citizen_is_still_signed_in_on_the_next_device(phone: Devices, town: Town) -> None:
    citizen = phone()
    town.sign_in(citizen, NUMBER)
    expect(citizen.get_by_role("link", name="消息").first).to_be_visible()

"""The city's desk and a county's: an order is passed on and stands at once at the county's desk, the city looks into
it; a shift is handed over and the leader's confirmation shows without a page loaded anew."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from config.demo.phone import Phone
from tests.browser import hotline
from tests.browser.conftest import Devices
from tests.browser.looking import check_axe, hold_still
from tests.browser.town import Town

pytestmark = pytest.mark.slow

COUNTY, COUNTY_NAME = "321323", "泗阳县人民政府"
WORDS = "众兴街道老电影院门口的路灯已经三天不亮，接孩子放学走夜路不安全。"
NOTE = "属泗阳县城区路灯，请你中心受理。"
HANDED = "众兴街道路灯一件已转泗阳，明早请跟进。"


def test_an_order_goes_to_the_countys_desk(desk: Devices, town: Town) -> None:
    city, county = desk(), desk()
    town.sign_in_official(city, "hotline_dispatcher", hotline.CENTRE, app="desk")
    town.sign_in_official(county, "hotline_leader", COUNTY, app="desk")
    county.goto("/desk/orders")
    hold_still(county)
    expect(county.get_by_role("heading", name="工单")).to_be_visible()
    number = register(city)
    pass_on(city)
    expect(county.get_by_role("row").filter(has_text=number)).to_be_visible()
    expect(county.get_by_label("热线中心")).to_have_count(0)
    city.goto("/desk/orders")
    expect(city.get_by_role("heading", name="工单")).to_be_visible()
    expect(city.get_by_role("row").filter(has_text=number)).to_have_count(0)
    city.get_by_label("热线中心").select_option(label=COUNTY_NAME)
    expect(city.get_by_role("row").filter(has_text=number)).to_be_visible()
    check_axe(city, "looking into a county's desk")


def register(city: Page) -> str:
    """Somebody has written to the city; resolves to the order's number, which is open."""
    city.goto("/desk/calls")
    hold_still(city)
    city.get_by_label("来电人说了什么").fill(WORDS)
    city.keyboard.press("Alt+Enter")
    made = city.get_by_role("link", name=re.compile(r"^\d{14}$")).first
    expect(made).to_be_visible()
    number = made.inner_text()
    made.click()
    expect(city.get_by_role("button", name=re.compile("^转其他中心"))).to_be_visible()
    return number


def pass_on(city: Page) -> None:
    """To the county's centre, with the reason."""
    city.keyboard.press("z")
    city.get_by_role("combobox", name="转给").press("ArrowDown")
    city.get_by_role("option", name=COUNTY_NAME).click()
    city.get_by_label("说明").fill(NOTE)
    check_axe(city, "passing an order to a county")
    city.keyboard.press("Alt+Enter")
    expect(city.get_by_text(re.compile("转其他中心")).first).to_be_visible()


def test_who_handed_over_sees_the_confirmation(desk: Devices, town: Town) -> None:
    giving = desk()
    town.sign_in_official(giving, "hotline_operator", hotline.CENTRE, app="desk")
    giving.goto("/desk/shift")
    hold_still(giving)
    giving.get_by_label("交接事项").fill(HANDED)
    giving.get_by_role("button", name="交班").click()
    row = giving.get_by_role("listitem").filter(has_text=HANDED).first
    expect(row).to_contain_text("待接班班长确认")
    leader: Phone = hotline.Post(town, giving, "hotline_leader", hotline.CENTRE).phone
    waiting = leader.call("GET", "/hotline/handovers").json()["items"][0]
    leader.call("POST", f"/hotline/handovers/{waiting['id']}/confirm", json={"note": ""})
    expect(row).not_to_contain_text("待接班班长确认")
    expect(row).to_contain_text("韩值班")

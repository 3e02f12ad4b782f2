"""A bidder at a phone, from the alert to the opening: told of a new tender and why, takes the documents, seals a bid on
the phone over a line that breaks, holds a signed receipt, and sees the record agree with it (F20, F35, T08)."""

from __future__ import annotations

import re
import secrets

import pytest
from playwright.sync_api import FilePayload, Page, Route, expect

from tests.browser.conftest import Devices
from tests.browser.looking import check_axe
from tests.browser.tendering import Tendering
from tests.browser.town import Town

pytestmark = pytest.mark.slow

BIDDER = f"1380528{secrets.randbelow(10**4):04d}"
NAME = "宿迁正阳市政建设有限公司"
PROJECT = "青阳湖大桥新建工程"
PRICE = "96800.50"


def test_a_bidder_goes_from_the_alert_to_the_receipt_and_the_opening(phone: Devices, town: Town) -> None:
    bidder, tendering = phone(), Tendering(town.running)
    town.sign_in(bidder, BIDDER, app="tender")
    tendering.company(BIDDER, NAME)
    subscribe(bidder)
    tender = tendering.called(PROJECT)
    follow_alert(bidder)
    receipt = hand_in(bidder)

    bidder.goto("/tender/bids")
    expect(bidder.get_by_text("已递交，密封中")).to_be_visible()
    check_axe(bidder, "my bids")
    bidder.goto(f"/tender/tenders/sections/{tender['section_id']}/opening?project={tender['project_id']}")
    expect(bidder.get_by_text(re.compile("还没到时间"))).to_be_visible()
    tendering.deadline_comes(tender)
    expect(bidder.get_by_text(re.compile("文件已封存"))).to_be_visible()
    tendering.opened(tender)
    expect(bidder.get_by_text("开标记录与您的回执逐项一致", exact=False)).to_be_visible()
    expect(bidder.get_by_text("唱标（3 家）")).to_be_visible()
    mine = bidder.get_by_role("listitem").filter(has_text=NAME)
    expect(mine).to_contain_text("¥96,800.50")
    expect(mine).to_contain_text(receipt)
    expect(bidder.get_by_text("开标记录的签名有效", exact=False)).to_be_visible()
    check_axe(bidder, "the opening")


def subscribe(bidder: Page) -> None:
    """A saved search for the words of the project."""
    bidder.goto("/tender/tender-subscriptions")
    bidder.get_by_role("button", name="新建订阅").click()
    bidder.get_by_label("关键词").fill("青阳湖大桥")
    bidder.get_by_text("工程", exact=True).click()
    check_axe(bidder, "a subscription")
    bidder.get_by_role("button", name="保存订阅").click()
    expect(bidder.get_by_role("link", name=re.compile("青阳湖大桥"))).to_be_visible()


def follow_alert(bidder: Page) -> None:
    """The alert says why it came and leads to the project, and from there into the bid room."""
    bidder.get_by_role("link", name="招标提醒").click()
    expect(bidder.get_by_text("因为您订阅了“青阳湖大桥”")).to_be_visible()
    check_axe(bidder, "alerts")
    bidder.get_by_role("link", name=re.compile(PROJECT)).click()
    expect(bidder.get_by_role("heading", name=PROJECT)).to_be_visible()
    expect(bidder.get_by_role("timer").first).to_contain_text("20 天")
    check_axe(bidder, "a project")
    bidder.get_by_role("link", name="获取文件、提问、投标").click()


def hand_in(bidder: Page) -> str:
    """Documents, price and files, sealed and sent although the line breaks; resolves to the receipt's number."""
    bidder.get_by_role("button", name="获取招标文件").click()
    expect(bidder.get_by_text(re.compile("已获取"))).to_be_visible()
    bidder.get_by_label("投标报价（元）").fill(PRICE)
    bidder.get_by_label("工期或交付期（天）").fill("170")
    bidder.get_by_label("质量承诺").fill("合格")
    bidder.get_by_label("选择投标文件").set_input_files(papers())
    check_axe(bidder, "the bid room")
    sent = break_once(bidder)
    bidder.get_by_role("button", name="加密并递交").click()
    expect(bidder.get_by_text(re.compile("签名有效"))).to_be_visible()
    check_axe(bidder, "a receipt")
    assert sent.count(8) == 2, sent
    for body in ("96800", "商务标"):
        assert body not in bidder.inner_text("main")
    return re.findall(r"TB[A-Z2-7]{16}", bidder.inner_text("main"))[0]


def break_once(page: Page) -> list[int]:
    """The second parcel is lost on its way once; the places that were sent."""
    sent: list[int] = []

    def send(route: Route) -> None:
        place = int(route.request.url.rsplit("/", 1)[-1])
        sent.append(place)
        if place == 8 and sent.count(8) == 1:
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/api/v1/tenders/bids/*/steps/*", send)
    return sent


def papers() -> list[FilePayload]:
    """Two files, a megabyte together."""
    names = ("商务标.pdf", "技术标.pdf")
    return [
        {"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-1.7 " + secrets.token_bytes(524_288)}
        for name in names
    ]

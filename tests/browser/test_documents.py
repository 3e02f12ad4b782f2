"""A document from the draft to the receipt, on the screens of those whose turn it is (issue 6, document path)."""

from __future__ import annotations

from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Devices
from tests.browser.screens.office_documents import act, write_by_hand
from tests.browser.screens.people import BUREAU, Caller
from tests.browser.town import Town

pytestmark = pytest.mark.slow


def test_a_document_is_drafted_issued_numbered_and_read(phone: Devices, desk: Devices, town: Town) -> None:
    clerk, leader = desk(), phone()
    town.sign_in_official(clerk, "document_clerk", BUREAU, "desk")
    boss = town.sign_in_official(leader, "approver", BUREAU, "palm")
    title = f"关于做好年末值班工作的通知{uuid4().hex[:4]}"
    document = _drafted(clerk, title)
    writer = Caller.of(clerk, town, "clerk").phone
    act(writer, document, "submit", checker_id=boss["id"], leader_id=boss["id"])

    leader.goto("/palm/documents")
    leader.get_by_text(title).click()
    _act(leader, "核稿通过")
    _act(leader, "签发")
    expect(leader.get_by_text("待复核编号").first).to_be_visible()

    clerk.goto(f"/desk/documents/{document}")
    _act(clerk, "复核并编号")
    expect(clerk.get_by_role("button", name="正式版面（PDF）")).to_be_visible()
    act(writer, document, "distribute", people=[boss["id"]])
    leader.goto(f"/palm/documents/{document}")
    expect(leader.get_by_text("阅知回执")).to_be_visible()
    clerk.reload()
    expect(clerk.get_by_text("1 人中 1 人已阅")).to_be_visible()

    leader.get_by_role("button", name="看版面、写批注").click()
    write_by_hand(leader)
    leader.get_by_label("文字批注").fill("请办公室跟进。")
    leader.get_by_role("button", name="保存批注").click()
    expect(leader.get_by_text("批注已保存")).to_be_visible()
    clerk.goto(f"/desk/documents/{document}/pages")
    expect(clerk.get_by_role("heading", name=f"{boss['name']}的批注")).to_be_visible()
    expect(clerk.get_by_text("请办公室跟进。")).to_be_visible()
    expect(clerk.locator("svg .other path")).to_have_count(2)


def _drafted(page: Page, title: str) -> str:
    page.goto("/desk/documents/new")
    page.get_by_label("标题", exact=True).fill(title)
    page.get_by_label("正文", exact=True).fill("各科室要落实值班责任。\n请于月底前报送值班表。")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    return page.url.rsplit("/", 1)[-1]


def _act(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()
    page.get_by_role("dialog").get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_role("dialog")).to_be_hidden()

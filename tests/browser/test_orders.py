"""An order in a unit, on the phone of its handler: in the list by itself, signed for, answered with a law and a photo,
and sent to the leader."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from config.demo import papers
from tests.browser import hotline
from tests.browser.conftest import Devices
from tests.browser.looking import check_axe
from tests.browser.town import Town

pytestmark = pytest.mark.slow
UNIT = "321300CG"
WORDS = "黄河路公交站台的顶棚被风吹落了一块，雨天没法避雨，请尽快修复。"


def test_an_order_is_answered_with_a_paper(phone: Devices, town: Town) -> None:
    handler = phone()
    account = town.sign_in_official(handler, "inquiry_handler", UNIT, app="approval")
    dispatcher = hotline.Post(town, handler, "hotline_dispatcher", hotline.CENTRE)
    order = dispatcher.phone.call("POST", "/hotline/orders", expect=201, json={"words": WORDS}).json()["id"]
    handler.goto("/approval/inquiries/handling")
    expect(handler.get_by_role("heading", name="热线工单")).to_be_visible()
    unit = next(one["organisation_id"] for one in account["grants"] if one["role"] == "inquiry_handler")
    dispatcher.act(order, "dispatch", unit_id=unit)
    handler.get_by_role("link", name=re.compile("黄河路公交站台")).first.click()
    _confirm(handler, "签收")
    handler.get_by_role("button", name="写答复").click()
    handler.get_by_label("答复内容").fill(hotline.ANSWER)
    handler.get_by_label("法律政策依据").fill(hotline.LAW)
    handler.get_by_label("已解决").check()
    name, content, media_type = papers.photographed("站台修复后", ())
    handler.get_by_label("选择文件").set_input_files({"name": name, "mimeType": media_type, "buffer": content})
    expect(handler.get_by_role("button", name=re.compile("^去掉"))).to_be_visible()
    check_axe(handler, "answering an order")
    handler.get_by_role("button", name="提交领导签批").click()
    expect(handler.get_by_text("待领导签批").first).to_be_visible()
    shown = dispatcher.phone.call("GET", f"/hotline/orders/{order}").json()
    assert [one["id"] for one in shown["files"]] == shown["replies"][0]["file_ids"] != []


def _confirm(page: Page, act: str) -> None:
    page.get_by_role("button", name=act, exact=True).click()
    page.get_by_role("button", name=f"确认{act}").click()
    expect(page.get_by_text(f"已办理：{act}")).to_be_visible()

"""A citizen asks the city from a phone without a network: a photo goes with the words; it sends itself once there is
one; the story moves as officials act, without a reload; the answer comes; three questions close it."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import Devices
from tests.browser.hotline import ANSWER, Net
from tests.browser.looking import check_axe
from tests.browser.town import Town

pytestmark = pytest.mark.slow

CITIZEN = "13805271401"
WORDS = "幸福路和平小区东门的路灯坏了三天，晚上一片漆黑，请尽快维修。"


def photo() -> dict[str, Any]:
    """A picture as a camera gives it."""
    content = io.BytesIO()
    Image.effect_noise((900, 700), 60).convert("RGB").save(content, "JPEG")
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}


def test_citizen_asks_without_a_network_and_has_the_answer(phone: Devices, town: Town) -> None:
    citizen = phone()
    town.sign_in(citizen, CITIZEN)
    order_id = ask_offline(citizen)
    net = Net(town, citizen)
    net.dispatch(order_id)
    expect(citizen.get_by_text("交给承办单位")).to_be_visible()
    expect(citizen.get_by_text(re.compile("现在由宿迁市住房和城乡建设局办理"))).to_be_visible()
    net.sign(order_id)
    net.write(order_id)
    expect(citizen.get_by_text("承办单位已签收")).to_be_visible()
    expect(citizen.get_by_text(ANSWER)).to_have_count(0)
    net.send(order_id)
    expect(citizen.get_by_text(ANSWER)).to_be_visible()
    check_axe(citizen, "an answered inquiry")
    judge(citizen)


def ask_offline(citizen: Page) -> str:
    """Written, photographed and sent without a network; resolves to the order's id once it has arrived by itself."""
    citizen.goto("/palm/inquiries")
    citizen.evaluate("navigator.serviceWorker.ready.then(() => true)")
    citizen.reload()
    citizen.get_by_role("button", name="现在就写").click()
    words = citizen.get_by_label("请说说是什么事")
    words.fill(WORDS)
    expect(citizen.get_by_label(re.compile("路灯照明"))).to_be_checked()
    check_axe(citizen, "asking")
    citizen.context.set_offline(True)
    citizen.locator("input[type=file][multiple]").set_input_files([photo()])
    expect(citizen.get_by_role("img", name="第 1 张图片")).to_be_visible()
    citizen.get_by_role("button", name="发送").click()
    other = citizen.get_by_role("button", name="不是同一件事，照常发送")
    waiting = citizen.get_by_text("等待网络").first
    expect(other.or_(waiting).first).to_be_visible()
    if other.is_visible():
        other.click()
    expect(waiting).to_be_visible()
    citizen.context.set_offline(False)
    expect(citizen.get_by_text("已经收到您的诉求")).to_be_visible()
    check_axe(citizen, "a receipt")
    citizen.get_by_role("button", name="看办理进度").click()
    expect(citizen.get_by_text("12345 已收到")).to_be_visible()
    expect(citizen.get_by_role("img", name="第 1 张图片")).to_be_visible()
    return citizen.url.rsplit("/", 1)[-1]


def judge(citizen: Page) -> None:
    """The three questions; what the unit says and what the citizen says stand apart."""
    for answer in ("联系过", "解决了", "满意"):
        citizen.get_by_text(answer, exact=True).click()
    citizen.get_by_role("button", name="提交").click()
    expect(citizen.get_by_text("已解决，群众满意")).to_be_visible()
    expect(citizen.get_by_text("单位说：")).to_be_visible()
    expect(citizen.get_by_role("button", name="问题没解决，重新打开")).to_be_visible()

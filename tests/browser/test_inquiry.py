"""A citizen asks the city from a phone without a network: a photo goes with the words; it sends itself once there is
one; the story moves as officials act, without a reload; the answer comes; three questions close it."""

from __future__ import annotations

import io
import re
from typing import Any
from uuid import uuid4

import httpx
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import Devices
from tests.browser.looking import check_axe
from tests.browser.town import Town

pytestmark = pytest.mark.slow

CITIZEN = "13805271401"
CENTRE, UNIT = "321300", "321300ZJ"
WORDS = "幸福路和平小区东门的路灯坏了三天，晚上一片漆黑，请尽快维修。"
ANSWER = "经现场查看，三盏损坏的路灯已于今日更换，现已恢复照明。"
LAW = "《城市照明管理规定》第二十一条"


class Desk:
    """An official who acts on orders from somewhere else."""

    def __init__(self, town: Town, page: Page, role: str, organisation: str, orders: str) -> None:
        account = town.official(role, organisation)
        base = town.running.known["base_url"]
        self.organisation_id = next(one["organisation_id"] for one in account["grants"] if one["role"] == role)
        self._orders = orders
        self._client = httpx.Client(base_url=f"{base}/api/v1", headers={"Origin": base})
        first = self._post("/auth/login", {"username": account["username"], "password": account["password"]})
        code = town.second_factor(page, account)
        second = self._post("/auth/mfa", {"mfa_token": first["mfa_token"], "code": code})
        self._client.headers["Authorization"] = f"Bearer {second['access']}"

    def act(self, order_id: str, action: str, **fields: Any) -> None:
        """One act on the order as it stands."""
        path = f"{self._orders}/{order_id}"
        seen = self._client.get(path)
        assert seen.is_success, seen.text
        headers = {"If-Match": seen.headers["ETag"], "Idempotency-Key": uuid4().hex}
        self._post(f"{path}/actions", {"action": action, **fields}, headers)

    def _post(self, path: str, body: dict[str, Any], headers: dict[str, str] | None = None) -> dict[str, Any]:
        answer = self._client.post(path, json=body, headers=headers)
        assert answer.is_success, answer.text
        found: dict[str, Any] = answer.json()
        return found


def photo() -> dict[str, Any]:
    """A picture as a camera gives it."""
    content = io.BytesIO()
    Image.effect_noise((900, 700), 60).convert("RGB").save(content, "JPEG")
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}


def test_citizen_asks_without_a_network_and_has_the_answer(phone: Devices, town: Town) -> None:
    citizen = phone()
    town.sign_in(citizen, CITIZEN)
    order_id = ask_offline(citizen)
    dispatcher = Desk(town, citizen, "hotline_dispatcher", CENTRE, "/hotline/orders")
    handler = Desk(town, citizen, "inquiry_handler", UNIT, "/inquiries/handling")
    deputy = Desk(town, citizen, "inquiry_deputy", UNIT, "/inquiries/handling")

    dispatcher.act(order_id, "dispatch", unit_id=handler.organisation_id)
    expect(citizen.get_by_text("交给承办单位")).to_be_visible()
    expect(citizen.get_by_text(re.compile("现在由宿迁市住房和城乡建设局办理"))).to_be_visible()
    handler.act(order_id, "sign")
    handler.act(order_id, "submit_reply", text=ANSWER, law_basis=LAW, resolution="solved")
    deputy.act(order_id, "sign_off")
    expect(citizen.get_by_text(ANSWER)).to_have_count(0)
    dispatcher.act(order_id, "pass_review")
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

"""What officials and citizens do on orders from somewhere else, while a browser test looks at one of them."""

from __future__ import annotations

import json
from typing import Any

import httpx
from playwright.sync_api import Page

from config.demo.phone import Phone
from tests.browser.town import Town
from tests.payloads.twilio import hook

CENTRE, UNIT = "321300", "321300ZJ"
ANSWER = "经现场查看，三盏损坏的路灯已于今日更换，现已恢复照明。"
LAW = "《城市照明管理规定》第二十一条"


class Post:
    """An official at his post, who acts on orders by the interface that his screens use."""

    def __init__(self, town: Town, page: Page, role: str, organisation: str) -> None:
        account = town.official(role, organisation)
        self.organisation_id = next(one["organisation_id"] for one in account["grants"] if one["role"] == role)
        self.orders = "/hotline/orders" if role.startswith("hotline_") else "/inquiries/handling"
        self.phone = Phone(town.running.known["base_url"], account["name"])
        credentials = {"username": account["username"], "password": account["password"]}
        first = self.phone.call("POST", "/auth/login", json=credentials).json()
        body = {"mfa_token": first["mfa_token"], "code": town.second_factor(page, account)}
        self.phone.token = self.phone.call("POST", "/auth/mfa", json=body).json()["access"]

    def act(self, order_id: str, action: str, **fields: Any) -> None:
        """One act on the order as it stands."""
        path = f"{self.orders}/{order_id}"
        etag = self.phone.call("GET", path).headers["ETag"]
        self.phone.call("POST", f"{path}/actions", etag=etag, json={"action": action, **fields})

    def publish(self, order_id: str) -> str:
        """Put a closed order before everybody."""
        proposed = self.phone.call("POST", f"/hotline/orders/{order_id}/publication", expect=201, json={})
        path = f"/hotline/publications/{proposed.json()['id']}/decision"
        self.phone.call("POST", path, etag=proposed.headers["ETag"], json={"publish": True})
        found: str = proposed.json()["id"]
        return found


class Net:
    """The posts through which an order goes."""

    def __init__(self, town: Town, page: Page, unit: str = UNIT, dispatcher: Post | None = None) -> None:
        self.dispatcher = dispatcher or Post(town, page, "hotline_dispatcher", CENTRE)
        self.handler = Post(town, page, "inquiry_handler", unit)
        self.deputy = Post(town, page, "inquiry_deputy", unit)

    def dispatch(self, order_id: str) -> None:
        """Given to the unit."""
        self.dispatcher.act(order_id, "dispatch", unit_id=self.handler.organisation_id)

    def sign(self, order_id: str) -> None:
        """Signed for by the unit."""
        self.handler.act(order_id, "sign")

    def write(self, order_id: str, text: str = ANSWER, law: str = LAW) -> None:
        """Answered by the unit and signed by its leader; the citizen does not see it yet."""
        self.handler.act(order_id, "submit_reply", text=text, law_basis=law, resolution="solved")
        self.deputy.act(order_id, "sign_off")

    def send(self, order_id: str) -> None:
        """Looked at by the hotline: the answer goes to the citizen."""
        self.dispatcher.act(order_id, "pass_review")


def ask(citizen: Phone, words: str, **more: Any) -> str:
    """A citizen asks; the order's id."""
    found: str = citizen.call("POST", "/inquiries", expect=201, json={"words": words, **more}).json()["id"]
    return found


def judge(citizen: Phone, order_id: str, *, solved: bool = True) -> None:
    """A citizen's three answers."""
    etag = citizen.call("GET", f"/inquiries/{order_id}").headers["ETag"]
    said = {"contacted": True, "solved": solved, "satisfied": solved}
    citizen.call("POST", f"/inquiries/{order_id}/satisfaction", etag=etag, json=said)


def ring(town: Town, sid: str, number: str, status: str = "ringing") -> None:
    """The exchange reports a call, signed as Twilio signs."""
    keys = json.loads((town.running.var / "keys.json").read_text())
    base = town.running.known["base_url"]
    path = "/webhooks/twilio/voice" if status == "ringing" else "/webhooks/twilio/voice-status"
    fields = {"CallSid": sid, "CallStatus": status, "From": number, "To": "+8612345"}
    sent = hook(keys["TWILIO_AUTH_TOKEN"], base + path, {**fields, "AccountSid": keys["TWILIO_ACCOUNT_SID"]})
    headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": sent.signature}
    assert httpx.post(base + path, content=sent.body, headers=headers, trust_env=False).status_code < 300

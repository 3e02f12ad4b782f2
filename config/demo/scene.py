"""What the acts of the play share: the devices, the case, and the telling."""

from __future__ import annotations

import re
from typing import Any

from config.demo.carrier import Carrier
from config.demo.phone import BrowserPushService, Phone, Socket, until


class Scene:
    """One citizen, some officials, one case."""

    socket: Socket

    def __init__(self, base_url: str, origin: str, accounts: list[dict[str, Any]], number: str) -> None:
        self.base_url, self.origin, self.accounts, self.number = base_url, origin, accounts, number
        self.carrier = Carrier(base_url)
        self.push = BrowserPushService()
        self.citizen = self.phone("市民")
        self.staff: list[Phone] = []
        self.case_id = self.case_no = self.query_code = ""
        self.power: dict[str, Any] = {}
        self.steps = 0

    def phone(self, owner: str) -> Phone:
        """A device for somebody."""
        return Phone(self.base_url, owner)

    def say(self, who: str, what: str) -> None:
        """Print one step: who sees what."""
        self.steps += 1
        print(f"  {self.steps:>2}. {who}：{what}", flush=True)

    def sms(self, seen: int, containing: str, *, what: str) -> str:
        """Wait for a text on the citizen's number after the first `seen`, tell of it (codes hidden), and return it."""

        def look() -> str | None:
            return next((text for text in self.carrier.newer(self.number, seen) if containing in text), None)

        text: str = until(what, look)
        self.say("市民", "收到短信 " + re.sub(r"(?<!\d)\d{6}(?!\d)", "••••••", text))
        return text

    def close(self) -> None:
        """Put the devices away."""
        self.push.close()

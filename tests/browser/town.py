"""The people of the demo city at their devices: signing in, reading and answering texts."""

from __future__ import annotations

import re
import time
from typing import Any

import pyotp
from playwright.sync_api import BrowserContext, Page, expect

from config.demo.carrier import Carrier
from tests.e2e.product import Product

_PRESENT = "session.present"
_STEP_SECONDS = 30
PATIENCE_SECONDS = 60.0


class Town:
    """Who signed in where, so that nobody asks for a second code within the minute or uses a second factor twice."""

    def __init__(self, running: Product) -> None:
        self.running = running
        self.carrier = Carrier(running.known["base_url"])
        self._at: dict[BrowserContext, str] = {}
        self._parked: dict[str, Any] = {}
        self._steps: dict[str, int] = {}

    def sign_in(self, page: Page, number: str, app: str = "palm") -> None:
        """Sign in this mobile number with the code that arrives on its handset, or with its last session."""
        if self._take_over(page, number, app):
            return
        seen = self.carrier.count(number)
        page.goto(f"/{app}/signin")
        page.get_by_label("手机号", exact=True).fill(number)
        page.get_by_role("button", name="获取验证码").click()
        field = page.get_by_label("验证码", exact=True)
        expect(field).to_be_visible()
        field.fill(self.code(page, number, seen))
        self._arrived(page, number)

    def sign_in_official(
        self, page: Page, role: str, organisation: str = "321300JY", app: str = "approval"
    ) -> dict[str, Any]:
        """Sign in the demo official with this role at this organisation (code) with password and second factor."""
        return self.sign_in_account(page, self.official(role, organisation)["username"], app)

    def sign_in_account(self, page: Page, username: str, app: str = "approval") -> dict[str, Any]:
        """Sign in this demo official, where several hold the same post."""
        account = next(one for one in self.running.accounts() if one["username"] == username)
        if self._take_over(page, account["username"], app):
            return account
        page.goto(f"/{app}/signin?as=official")
        page.get_by_label("用户名", exact=True).fill(account["username"])
        page.get_by_label("密码", exact=True).fill(account["password"])
        page.get_by_role("button", name="下一步").click()
        code = page.get_by_label("动态码", exact=True)
        expect(code).to_be_visible()
        code.fill(self.second_factor(page, account))
        self._arrived(page, account["username"])
        return account

    def official(self, role: str, organisation: str = "321300JY") -> dict[str, Any]:
        """The demo account of an official."""
        wanted = (role, organisation)
        grants = lambda account: [(one["role"], one["organisation_code"]) for one in account["grants"]]  # noqa: E731
        return next(account for account in self.running.accounts() if wanted in grants(account))

    def second_factor(self, page: Page, account: dict[str, Any]) -> str:
        """A code of the authenticator that was not used yet; waits for the next one when both of this time were."""
        username = account["username"]
        while (step := self._unused(username)) is None:
            page.wait_for_timeout(200)
        self._steps[username] = step
        return pyotp.TOTP(account["totp_secret"]).generate_otp(step)

    def _unused(self, username: str) -> int | None:
        now = int(time.time()) // _STEP_SECONDS
        step = max(now, self._steps.get(username, 0) + 1)
        return step if step <= now + 1 else None

    def texts(self, number: str) -> list[str]:
        """The texts that arrived on a number, oldest first."""
        return self.carrier.newer(number, 0)

    def text(self, page: Page, number: str, containing: str, seen: int = 0) -> str:
        """The newest text after the first `seen` that contains this; waits for it."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not (found := [text for text in self.carrier.newer(number, seen) if re.search(containing, text)]):
            assert time.monotonic() < deadline, f"{number} got no {containing!r}, but {self.texts(number)}"
            page.wait_for_timeout(100)
        return found[-1]

    def code(self, page: Page, number: str, seen: int) -> str:
        """The sign-in code in the texts after the first `seen`."""
        found = re.search(r"(?<!\d)\d{6}(?!\d)", self.text(page, number, r"(?<!\d)\d{6}(?!\d)", seen))
        assert found
        return found[0]

    def reply(self, number: str, words: str, *, containing: str) -> None:
        """Answer the newest text that contains `containing`, as a person does on the handset."""
        assert self.carrier.reply(number, words, containing=containing) < 300

    def park(self, context: BrowserContext) -> None:
        """Keep the session of a device that is being closed for the next one of its owner."""
        who = self._at.pop(context, None)
        state: Any = context.storage_state() if who else {"origins": []}
        stored = [item for origin in state["origins"] for item in origin["localStorage"] if item["name"] == _PRESENT]
        if who and stored:
            self._parked[who] = (state["cookies"], stored[0]["value"])

    def _take_over(self, page: Page, who: str, app: str) -> bool:
        parked = self._parked.pop(who, None)
        if parked is None:
            return False
        cookies, present = parked
        page.context.add_cookies(cookies)
        page.goto(f"/{app}/signin")
        page.evaluate("([name, value]) => localStorage.setItem(name, value)", [_PRESENT, present])
        page.reload()
        self._arrived(page, who)
        return True

    def _arrived(self, page: Page, who: str) -> None:
        expect(page).not_to_have_url(re.compile("/signin"))
        self._at[page.context] = who

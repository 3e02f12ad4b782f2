"""One product, one Chromium for every file of this folder; each device is a browser context of its own.

How to write a browser test here (mark the file `pytestmark = pytest.mark.slow`):

    def test_citizen_asks(phone: Devices, desk: Devices, town: Town) -> None:
        citizen = phone()                               # 390×844, touch, zh-CN; desk() is 1280×800
        town.sign_in(citizen, "13805270001")            # by the code on the handset; any mobile number is a person
        clerk = town.sign_in_official(phone(), "window_clerk", "321300JY")   # password and second factor
        citizen.goto("/palm/powers")                    # addresses are relative to the product
        check_axe(citizen)                              # tests.browser.looking; fails with a readable list
        keep(citizen, "palm-powers-phone")              # the same; a picture in docs/screens, only with SCREENS=1

`town.texts(number)` are the texts on a handset, `town.reply(number, words)` answers one, `town.running` is the
product (`query`, `manage`, `accounts`). A person who signed in keeps the session for later tests: the next `sign_in` of
the same number takes it over, when its earlier device is closed. Devices close after the test. Wait for what a person
would see (`expect(...)`), never for a time; waits are WAIT_MS long, because the suite shares two cores.

While you write: start a product (`SUQIAN_VAR=/tmp/mine python -m config.embedded run`) and run the tests with
`RUNNING_VAR=/tmp/mine`, which saves the start each time.

The screens that are kept and held against axe are lists in `tests/browser/screens/<area>.py`; see its docstring.
Playwright keeps an event loop in this worker, so tests here take no database fixture: ask `town.running.query`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser import chromium
from tests.browser.lines import Line
from tests.browser.town import Town
from tests.e2e.product import ROOT, Product, product

Devices = Callable[..., Page]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESK = {"viewport": {"width": 1280, "height": 800}}
PLAIN = {**DESK, "service_workers": "block"}
"""What an app keeps for a time without a network is a third of the work of looking at its screens."""
WAIT_MS = 30_000


@pytest.fixture(scope="package")
def running() -> Iterator[Product]:
    """The whole product with its web apps, which are built when they are not there; or one that runs (RUNNING_VAR)."""
    if there := os.environ.get("RUNNING_VAR"):
        yield Product(Path(there), {})
        return
    if not (ROOT / "web/dist/palm/index.html").exists():
        subprocess.run([shutil.which("make") or "make", "--silent", "web"], cwd=ROOT, check=True)
    with product() as started:
        built = started.var / "web"
        shutil.copytree(ROOT / "web/dist", built)
        started.settings["WEB_DIST"] = str(built)
        started.start()
        yield started


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A Chromium that shows Chinese; fails, never skips, where there is none."""
    found = chromium.find()
    chromium.ensure_fonts()
    expect.set_options(timeout=WAIT_MS)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=list(chromium.FLAGS))
        yield opened
        opened.close()


@pytest.fixture(scope="package")
def town(running: Product) -> Town:
    """The people, their handsets and their sessions."""
    return Town(running)


@pytest.fixture
def line() -> Iterator[Line]:
    """A line that can be slowed and cut: `phone(line)`."""
    opened = Line()
    yield opened
    opened.close()


@pytest.fixture
def phone(browser: Browser, town: Town) -> Iterator[Devices]:
    """Opens phones, each with its own cookies and storage."""
    yield from _devices(browser, town, PHONE)


@pytest.fixture
def desk(browser: Browser, town: Town) -> Iterator[Devices]:
    """Opens browsers at a desk, each with its own cookies and storage."""
    yield from _devices(browser, town, DESK)


@pytest.fixture
def viewer(browser: Browser, town: Town) -> Iterator[Devices]:
    """Opens browsers whose pages are only looked at: nothing is kept for a time without a network."""
    yield from _devices(browser, town, PLAIN)


def _devices(browser: Browser, town: Town, kind: dict[str, Any]) -> Iterator[Devices]:
    contexts: list[BrowserContext] = []

    def opened(line: Line | None = None) -> Page:
        context = browser.new_context(
            base_url=town.running.known["base_url"],
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            proxy={"server": line.server, "bypass": "<-loopback>"} if line else None,
            **kind,
        )
        context.set_default_timeout(WAIT_MS)
        context.add_init_script(chromium.NO_BADGE)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        town.park(context)
        context.close()

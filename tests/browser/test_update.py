"""A new version of an app waits until the person agrees to it: nobody loses a half-written sentence to a release."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Devices
from tests.browser.town import Town
from tests.e2e.product import ROOT

pytestmark = pytest.mark.slow

_CONTROLLED = """new Promise((done) => navigator.serviceWorker.controller
  ? done() : navigator.serviceWorker.addEventListener('controllerchange', () => done(), { once: true }))"""
_LOOK_FOR_NEWER = "navigator.serviceWorker.getRegistration().then((one) => one.update())"


def test_newer_version_comes_by_consent(phone: Devices, town: Town) -> None:
    person = phone()
    person.goto("/palm/powers")
    person.evaluate(_CONTROLLED)
    with released(Path(town.running.settings.get("WEB_DIST", ROOT / "web/dist")) / "palm"):
        person.get_by_role("searchbox").fill("教师")
        person.evaluate(_LOOK_FOR_NEWER)
        expect(person.get_by_text("有新版本可以使用")).to_be_visible()
        expect(person.get_by_role("searchbox")).to_have_value("教师")
        assert person.locator("meta[name=released]").count() == 0
        person.get_by_role("button", name="现在更新").click()
        expect(person.locator("meta[name=released]")).to_have_count(1)
    expect(person.get_by_role("searchbox")).to_be_visible()


class released:  # noqa: N801 - reads as `with released(folder)`
    """The app as a newer build would leave it: another page, another service worker. Undone afterwards."""

    def __init__(self, app: Path) -> None:
        self._page, self._worker = app / "index.html", app / "sw.js"
        self._copies = [path for path in app.glob("*.*") if path.name.endswith((".gz", ".br"))]

    def __enter__(self) -> None:
        self._kept = {path: path.read_bytes() for path in (self._page, self._worker, *self._copies)}
        for copy in self._copies:
            copy.unlink()
        worker = self._worker.read_text()
        version = re.search(r'"([0-9a-f]{16})"', worker)
        assert version
        self._worker.write_text(worker.replace(version[1], version[1][::-1]))
        self._page.write_text(self._page.read_text().replace("<head>", '<head><meta name="released">'))

    def __exit__(self, *_: object) -> None:
        for path, content in self._kept.items():
            path.write_bytes(content)

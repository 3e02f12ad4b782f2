"""Colleagues without a network, and a device that forgets them (issue 6, contacts)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Devices
from tests.browser.screens.people import BUREAU
from tests.browser.town import Town

pytestmark = pytest.mark.slow
KEPT = """async () => {
  const asked = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result) })
  const db = await asked(indexedDB.open('suqian.offline'))
  const names = await asked(db.transaction('kept').objectStore('kept').getAllKeys())
  db.close()
  return names.filter((name) => name.endsWith('/contacts') || name.endsWith('/key')).length
}"""


def test_colleagues_are_found_offline_and_forgotten_at_logout(phone: Devices, town: Town) -> None:
    person = phone()
    town.sign_in_official(person, "document_clerk", BUREAU, "office")
    boss = town.official("approver", BUREAU)
    person.goto(f"/office/contacts/{boss['id']}")
    expect(person.get_by_role("heading", name=boss["name"])).to_be_visible()
    person.goto("/office/contacts")
    expect(person.get_by_role("link", name=boss["name"])).to_be_visible()
    person.wait_for_function(f"({KEPT})().then((count) => count === 2)")

    person.context.set_offline(True)
    search(person, "qxm")
    expect(person.get_by_text("没有网络，显示的是")).to_be_visible()
    person.get_by_role("link", name=boss["name"]).click()
    expect(person.get_by_role("heading", name=boss["name"])).to_be_visible()

    person.context.set_offline(False)
    person.goto("/office/me")
    person.get_by_role("button", name="退出登录").click()
    expect(person.get_by_role("button", name="退出登录")).to_have_count(0)
    assert person.evaluate(KEPT) == 0


def search(page: Page, words: str) -> None:
    page.get_by_label("姓名、拼音、首字母、职务或单位").fill(words)

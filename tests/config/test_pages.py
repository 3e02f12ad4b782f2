"""Item pages have stable addresses with a head of their own (title, preview, schema.org GovernmentService) that needs
no script and passes the content security policy; the map of the site lists them; nothing in a name breaks out."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from backend.accounts import selectors as accounts
from backend.powers import services
from tests.factories import powers as items

pytestmark = pytest.mark.django_db
INDEX = (
    '<!doctype html><html><head><title>网上大厅</title><meta name="description" content="查事项、在线办"></head>'
    "<body><div id=app></div></body></html>"
)
NAMESPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture(autouse=True)
def dist(tmp_path: Path, settings) -> Path:
    settings.WEB_DIST = tmp_path
    settings.PUBLIC_BASE_URL = "https://zwfw.example.gov.cn"
    (tmp_path / "hall").mkdir()
    (tmp_path / "hall" / "index.html").write_text(INDEX, encoding="utf-8")
    return tmp_path


class Head(HTMLParser):
    """What a reader without scripts finds."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.title, self.meta, self.data, self.canonical, self._open = "", {}, "", "", ""
        self.scripts = self.titles = self.descriptions = 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self._open = tag
        self.titles += tag == "title"
        self.descriptions += tag == "meta" and values.get("name") == "description"
        if tag == "meta":
            self.meta[values.get("name") or values.get("property")] = values.get("content")
        if tag == "link" and values.get("rel") == "canonical":
            self.canonical = values["href"]
        if tag == "script":
            self.scripts += 1
            assert values.get("type") == "application/ld+json"

    def handle_data(self, data):
        if self._open == "title":
            self.title += data
        if self._open == "script":
            self.data += data

    def handle_endtag(self, tag):
        self._open = ""


def data_of(head):
    return json.loads(head.data)


def published(**content):
    power = items.published(items.organisation("宿迁市教育局"), **content)
    return power, Client().get(f"/api/v1/powers/{power}").json()["code"]


def page(code, status=200):
    response = Client().get(f"/hall/items/{code}")
    assert response.status_code == status
    return response


def test_the_page_of_an_item_says_what_it_is():
    _, code = published()
    response = page(code)
    head = Head(response.content.decode())
    address = f"https://zwfw.example.gov.cn/hall/items/{code}"
    assert (head.titles, head.descriptions) == (1, 1)
    assert data_of(head)["areaServed"] == {"@type": "City", "identifier": "321300", "name": "宿迁市"}
    assert head.title.startswith("教师资格认定 · ")
    assert head.canonical == head.meta["og:url"] == address
    assert "承诺10个工作日办结" in head.meta["description"]
    assert head.meta["og:title"] == "教师资格认定"
    data = data_of(head)
    assert (data["@type"], data["@id"], data["identifier"]) == ("GovernmentService", address, code)
    assert data["provider"]["name"] == "宿迁市教育局"
    assert data["serviceOutput"] == {"@type": "GovernmentPermit", "name": "教师资格证书"}
    assert data["availableChannel"][0]["serviceUrl"] == address
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert "unsafe-inline" not in response["Content-Security-Policy"]


def test_a_page_that_is_still_the_same_is_not_sent_again():
    _, code = published()
    again = Client().get(f"/hall/items/{code}", headers={"If-None-Match": page(code)["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_nothing_in_a_name_breaks_out():
    name = "许可</script><script>alert(1)</script>\"'&<b>"
    _, code = published(name=name)
    text = page(code).content.decode()
    head = Head(text)
    assert head.scripts == 1
    assert data_of(head)["name"] == name
    assert head.meta["og:title"] == name
    assert not re.search(r"<script>alert", text)


@pytest.mark.parametrize("code", ["JS321300XX-XK-9999", "%3Cscript%3E", "教师资格"])
def test_unknown_codes_are_the_apps_page_as_404(code):
    assert "<div id=app>" in b"".join(page(code, 404)).decode()


def test_the_site_map_lists_what_is_public_and_nothing_else():
    power, code = published()
    gone, gone_code = published(name="已取消的事项")
    services.cancel(actor=items.official("legal_officer", _office(gone)), power_id=gone, reason="法律修改")
    response = Client().get("/sitemap.xml")
    found = [node.text for node in ET.fromstring(response.content).findall("s:url/s:loc", NAMESPACE)]  # noqa: S314 - ours
    assert f"https://zwfw.example.gov.cn/hall/items/{code}" in found
    assert not [address for address in found if gone_code in address]
    assert "https://zwfw.example.gov.cn/hall/" in found
    assert not [address for address in found if "/palm/" in address or "/api/" in address]
    assert str(power) not in response.content.decode()


def _office(power):
    return accounts.organisation(Client().get(f"/api/v1/powers/{power}").json()["organisation"]["id"])


def test_robots_are_shown_the_hall_and_its_map():
    text = Client().get("/robots.txt").content.decode()
    assert "Sitemap: https://zwfw.example.gov.cn/sitemap.xml" in text
    assert "Disallow: /api/" in text
    assert "Disallow: /hall/items" not in text


def test_without_a_build_the_page_says_so(dist):
    _, code = published()
    (dist / "hall" / "index.html").unlink()
    assert page(code, 503)["Retry-After"]


def test_only_reading():
    assert Client().post("/hall/items/x").status_code == 405

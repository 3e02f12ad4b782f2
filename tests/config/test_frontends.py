"""The web process serves the built apps: hashed files for ever, pages never stale, compressed copies, history routes,
nothing inline, and a clear word when nothing was built."""

from __future__ import annotations

import gzip
import os
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

PAGE = b"<!doctype html><title>palm</title>"
SCRIPT = b"export const answer = 42;" * 60
PHONE = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/130 Mobile Safari/537.36"
DESK = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130 Safari/537.36"


@pytest.fixture
def dist(tmp_path: Path, settings: pytest.FixtureRequest) -> Path:
    settings.WEB_DIST = tmp_path  # type: ignore[attr-defined]
    _build(tmp_path / "palm")
    return tmp_path


def _build(folder: Path, page: bytes = PAGE) -> None:
    (folder / "assets").mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_bytes(page)
    (folder / "sw.js").write_bytes(b"self.skipWaiting()")
    script = folder / "assets" / "index-Ab12Cd34.js"
    script.write_bytes(SCRIPT)
    script.with_name(f"{script.name}.gz").write_bytes(gzip.compress(SCRIPT))


@pytest.mark.parametrize("path", ["/palm/", "/palm/cases/0190?from=sms", "/palm/approval/cases/1"])
def test_every_address_of_the_router_gets_the_page(client: Client, dist: Path, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert b"".join(response) == PAGE
    assert response["Content-Type"].startswith("text/html")
    assert response["Cache-Control"] == "no-cache"


def test_a_page_that_is_still_the_same_is_not_sent_again(client: Client, dist: Path) -> None:
    etag = client.get("/palm/")["ETag"]
    assert client.get("/palm/cases", headers={"If-None-Match": etag}).status_code == 304


def test_a_new_build_is_served_without_a_restart(client: Client, dist: Path) -> None:
    before = client.get("/palm/")["ETag"]
    _build(dist / "palm", b"<!doctype html><title>newer</title>")
    os.utime(dist / "palm" / "index.html", ns=(1, 1))
    response = client.get("/palm/", headers={"If-None-Match": before})
    assert b"newer" in b"".join(response)


def test_hashed_files_are_kept_for_ever_and_come_compressed(client: Client, dist: Path) -> None:
    path = "/palm/assets/index-Ab12Cd34.js"
    plain, packed = client.get(path), client.get(path, headers={"Accept-Encoding": "gzip, br"})
    assert plain["Cache-Control"] == "public, max-age=31536000, immutable"
    assert b"".join(plain) == SCRIPT
    assert packed["Content-Encoding"] == "gzip"
    assert packed["Vary"] == "Accept-Encoding"
    assert gzip.decompress(b"".join(packed)) == SCRIPT


@pytest.mark.parametrize(
    "path", ["/palm/assets/gone-1.js", "/palm/logo.png", "/palm/../../manage.py", "/handset/api/x"]
)
def test_a_file_that_is_not_there_is_no_page(client: Client, dist: Path, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


def test_nothing_inline_and_nothing_from_elsewhere_may_run(client: Client, dist: Path) -> None:
    response = client.get("/palm/")
    policy = dict(part.split(" ", 1) for part in response["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["worker-src"] == "'self'"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert policy["connect-src"].split()[-1].startswith(("ws://", "wss://"))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in response


@pytest.mark.parametrize(
    ("tiles", "origins"),
    [
        ("", "'self' data: blob:"),
        ("https://t0.example.gov.cn/vec/{z}/{x}/{y}.png", "'self' data: blob: https://t0.example.gov.cn"),
        ("https://{s}.example.gov.cn/{z}/{x}/{y}", "'self' data: blob: https://*.example.gov.cn"),
    ],
)
def test_map_pictures_come_from_the_configured_place_only(
    client: Client, dist: Path, settings: Any, tiles: str, origins: str
) -> None:
    settings.MAP_TILES = tiles
    response = client.get("/palm/")
    policy = dict(part.split(" ", 1) for part in response["Content-Security-Policy"].split("; "))
    assert policy["img-src"] == origins
    assert policy["connect-src"].split()[:2] == ["'self'", "blob:"]
    assert "microphone=(self)" in response["Permissions-Policy"]


def test_an_app_that_was_not_built_says_how_to(client: Client, dist: Path) -> None:
    response = client.get("/approval/tasks")
    assert response.status_code == 503
    assert "make web" in response.content.decode()
    assert response["Cache-Control"] == "no-store"


def test_only_reading(client: Client, dist: Path) -> None:
    response = client.post("/palm/")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    ("headers", "built", "target"),
    [
        ({"User-Agent": PHONE}, True, "/palm/"),
        ({"User-Agent": DESK}, True, "/hall/"),
        ({"User-Agent": DESK, "Sec-CH-UA-Mobile": "?1"}, True, "/palm/"),
        ({"User-Agent": DESK}, False, "/palm/"),
    ],
)
def test_the_front_door_leads_phones_to_the_palm_hall(
    client: Client, dist: Path, headers: dict[str, str], built: bool, target: str
) -> None:
    if built:
        _build(dist / "hall")
    response = client.get("/", headers=headers)
    assert (response.status_code, response["Location"]) == (302, target)
    assert "User-Agent" in response["Vary"]

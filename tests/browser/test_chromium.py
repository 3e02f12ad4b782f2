"""The browser is found by CHROMIUM, the path, Playwright's download or apt, in that order; else a clear message."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser import chromium


def program(folder: Path, name: str = "chromium") -> Path:
    path = folder / name
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_named_one_comes_before_the_path(tmp_path: Path) -> None:
    (tmp_path / "path").mkdir()
    program(tmp_path / "path")
    named = program(tmp_path)
    assert chromium.find({"CHROMIUM": str(named), "PATH": str(tmp_path / "path")}) == named


def test_named_one_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(chromium.NoBrowserError, match="CHROMIUM="):
        chromium.find({"CHROMIUM": str(tmp_path / "none")})


def test_path_comes_before_any_download(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chromium, "playwrights_own", lambda: pytest.fail("asked for a download"))
    there = program(tmp_path)
    assert chromium.find({"PATH": str(tmp_path)}) == there


def test_nothing_anywhere_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(chromium, "playwrights_own", lambda: asked.append("playwright"))
    monkeypatch.setattr(chromium, "by_apt", lambda environ: asked.append("apt"))
    with pytest.raises(chromium.NoBrowserError, match="playwright install chromium"):
        chromium.find({"PATH": str(tmp_path)})
    assert asked == ["playwright", "apt"]


def test_the_lighter_one_comes_first(tmp_path: Path) -> None:
    program(tmp_path)
    shell = program(tmp_path, "chromium-headless-shell")
    assert chromium.find({"PATH": str(tmp_path)}) == shell

"""Finds a Chromium to drive, and fonts with Chinese glyphs to see what people see."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import sync_playwright

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
"""The shell first: pages without the browser's own windows take a third of the processor's time."""
PACKAGES = ("chromium-headless-shell", "chromium")
FONTS = ("fontconfig", "fonts-noto-cjk")
NO_BADGE = "delete Navigator.prototype.setAppBadge; delete Navigator.prototype.clearAppBadge"
"""For each page: the shell has no icon to put a badge on, and ends a page that asks for one."""
INSTALL_SECONDS = 300
MISSING = (
    "No Chromium for the browser tests: set CHROMIUM=/path/to/chromium, or put one on the path, "
    "or run `.venv/bin/playwright install chromium`, or as root "
    "`apt-get install chromium-headless-shell fonts-noto-cjk`"
)


class NoBrowserError(RuntimeError):
    """No Chromium, or no Chinese fonts, and none could be installed. The message says what to do."""


def find(environ: Mapping[str, str] = os.environ) -> Path:
    """The Chromium to use: `CHROMIUM`, the path, Playwright's download, Debian's package; else NoBrowserError."""
    if named := environ.get("CHROMIUM"):
        if not os.access(named, os.X_OK):
            raise NoBrowserError(f"CHROMIUM={named} is not a program that can be started")
        return Path(named)
    found = on_path(environ) or playwrights_own() or by_apt(environ)
    if found is None:
        raise NoBrowserError(MISSING)
    return found


def on_path(environ: Mapping[str, str]) -> Path | None:
    """A Chromium on the path, if there is one."""
    found = (shutil.which(name, path=environ.get("PATH", "")) for name in NAMES)
    return next((Path(path) for path in found if path), None)


def playwrights_own() -> Path | None:
    """Playwright's own download, made now when it is not there yet; None where it cannot be had."""
    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    if not path.exists():
        _succeeds(sys.executable, "-m", "playwright", "install", "chromium")
    return path if path.exists() else None


def by_apt(environ: Mapping[str, str]) -> Path | None:
    """Debian's headless shell or Chromium, installed now; None without root or apt."""
    installed = any(_install(package, *FONTS) for package in PACKAGES)
    return on_path(environ) if installed else None


def ensure_fonts() -> None:
    """Make sure that Chinese glyphs are glyphs, not boxes; else NoBrowserError."""
    if not has_chinese_fonts() and not (_install(*FONTS) and has_chinese_fonts()):
        raise NoBrowserError("No font has Chinese glyphs: as root `apt-get install fontconfig fonts-noto-cjk`")


def has_chinese_fonts() -> bool:
    """Whether fontconfig knows a font for Chinese."""
    if shutil.which("fc-list") is None:
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False).stdout.strip())


def _install(*packages: str) -> bool:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    _succeeds("apt-get", "update", "-qq")
    return _succeeds("apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages)


def _succeeds(*command: str) -> bool:
    try:
        return subprocess.run(command, capture_output=True, timeout=INSTALL_SECONDS, check=False).returncode == 0
    except subprocess.TimeoutExpired:
        return False

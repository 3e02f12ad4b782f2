"""What is held against every screen: axe (WCAG 2.2 AA), and the picture for docs/screens."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page

from tests.e2e.product import ROOT

PICTURES = ROOT / "docs/screens"
KEEPS = os.environ.get("SCREENS") == "1"
LARGEST_BYTES = 150_000
_AXE = ROOT / "web/node_modules/axe-core/axe.min.js"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = """async (rules) => {
  const found = await axe.run(document, { runOnly: rules, resultTypes: ['violations'] })
  const seen = ({ html, failureSummary }) => ({ html, why: failureSummary })
  return found.violations.map(({ id, impact, help, nodes }) => ({ id, impact, help, nodes: nodes.map(seen) }))
}"""
_STILL = """*, *::before, *::after {
  transition: none !important; animation: none !important; caret-color: transparent !important; }"""
_WEAR = """([theme, elder]) => {
  const root = document.documentElement
  root.dataset.theme = theme
  root.classList.toggle('van-theme-dark', theme === 'dark')
  root.toggleAttribute('data-elder', elder)
}"""


def faults(page: Page) -> list[str]:
    """What axe finds on the page as it is now, a readable line each."""
    if not page.evaluate("'axe' in window"):
        # Not add_script_tag: the pages allow no inline script, and tests must not loosen that.
        page.evaluate(_AXE.read_text())
    found: list[dict[str, Any]] = page.evaluate(_RUN, _RULES)
    return [line for fault in found for line in _lines(fault)]


def _lines(fault: dict[str, Any]) -> Iterable[str]:
    for node in fault["nodes"]:
        why = " ".join(node["why"].split())
        yield f"{fault['id']} ({fault['impact']}): {fault['help']}\n    {node['html'][:200]}\n    {why[:300]}"


def check_axe(page: Page, what: str = "") -> None:
    """Fail with every fault of the page as it is now."""
    found = faults(page)
    assert not found, "\n".join([f"{what or page.url}: {len(found)} found by axe", *found])


def wear(page: Page, theme: str = "light", *, elder: bool = False) -> None:
    """Put on another appearance in place, without loading anew."""
    page.evaluate(_WEAR, [theme, elder])


def hold_still(page: Page) -> None:
    """No transitions from now on, so that colours are measured and pictures taken as they will be."""
    page.add_style_tag(content=_STILL)


def keep(page: Page, name: str, *, whole: bool = False) -> None:
    """Write docs/screens/<name>.png with SCREENS=1; `whole` takes the page to its end, not only what is seen."""
    if KEEPS:
        PICTURES.mkdir(parents=True, exist_ok=True)
        save(page.screenshot(full_page=whole, scale="css"), PICTURES / f"{name}.png")


def save(picture: bytes, path: Path) -> None:
    """A PNG of at most LARGEST_BYTES: as many colours as fit."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    for colours in (256, 128, 64, 32, 16):
        packed = io.BytesIO()
        image.quantize(colours, dither=Image.Dither.NONE).save(packed, "PNG", optimize=True)
        if packed.tell() <= LARGEST_BYTES:
            break
    path.write_bytes(packed.getvalue())

"""What is held against every screen: axe (WCAG 2.2 AA), and the picture for docs/screens."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image
from playwright.sync_api import Page

from tests.e2e.product import ROOT

if TYPE_CHECKING:
    from tests.browser.screens import Area

PICTURES = ROOT / "docs/screens"
KEEPS = os.environ.get("SCREENS") == "1"
LARGEST_BYTES = 150_000
_AXE = ROOT / "web/node_modules/axe-core/axe.min.js"
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = """async (rules) => {
  const found = await axe.run(document, { runOnly: rules, resultTypes: ['violations'] })
  const seen = ({ html, failureSummary }) => ({ html, why: failureSummary })
  return found.violations.map(({ id, impact, help, nodes }) => ({ id, impact, help, nodes: nodes.map(seen) }))
}"""
_STILL = """*, *::before, *::after {
  transition: none !important; animation: none !important; caret-color: transparent !important; }"""
_ADOPT = """(text) => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(text)
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
}"""
_LENGTH = "document.documentElement.scrollHeight"
_WEAR = """([theme, elder]) => {
  const root = document.documentElement
  root.dataset.theme = theme
  root.classList.toggle('van-theme-dark', theme === 'dark')
  root.toggleAttribute('data-elder', elder)
}"""


def faults(page: Page, only: Sequence[str] = ()) -> list[str]:
    """What axe finds on the page as it is now, a readable line each; by all rules, or by those named."""
    if not page.evaluate("'axe' in window"):
        # Not add_script_tag: the pages allow no inline script, and tests must not loosen that.
        page.evaluate(_AXE.read_text())
    found: list[dict[str, Any]] = page.evaluate(
        _RUN, {"type": "rule", "values": only} if only else {"type": "tag", "values": _TAGS}
    )
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
    page.evaluate(_ADOPT, _STILL)


def keep(page: Page, name: str, *, whole: bool = False) -> None:
    """Write docs/screens/<name>.png with SCREENS=1; `whole` takes the page to its end, on a device as long as it."""
    if not KEEPS:
        return
    size = page.viewport_size
    if whole and size:
        page.set_viewport_size({**size, "height": max(size["height"], page.evaluate(_LENGTH))})
    PICTURES.mkdir(parents=True, exist_ok=True)
    save(page.screenshot(scale="css"), PICTURES / f"{name}.png")
    if whole and size:
        page.set_viewport_size(size)


def save(picture: bytes, path: Path) -> None:
    """A PNG of at most LARGEST_BYTES: as many colours as fit."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    for colours in (256, 128, 64, 32, 16):
        packed = io.BytesIO()
        image.quantize(colours, dither=Image.Dither.NONE).save(packed, "PNG", optimize=True)
        if packed.tell() <= LARGEST_BYTES:
            break
    path.write_bytes(packed.getvalue())


def write_readme(areas: Sequence[Area]) -> None:
    """docs/screens/README.md: the pictures by area, in order, with a line each."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    (PICTURES / "README.md").write_text("\n".join(_readme(areas)) + "\n")


def _readme(areas: Sequence[Area]) -> Iterable[str]:
    yield "# Screens"
    yield "\nEvery screen as people see it, with the items and names of the demo city, on a phone (390×844) and at a"
    yield "desk (1280×800). Made by `make screens` from the lists in `tests/browser/screens`; do not edit.\n"
    areas = [area for area in areas if any(PICTURES.glob(f"{area.code}-*.png"))]
    for area in areas:
        yield f"- [{area.title}](#{area.title.lower().replace(' ', '-')})"
    for area in areas:
        yield f"\n## {area.title}"
        for screen in area.screens:
            name = f"{area.code}-{screen.name}"
            if not (PICTURES / f"{name}-phone.png").exists():
                continue
            yield f"\n**{screen.line}**\n"
            yield f'<img src="{name}-phone.png" width="234" alt="{screen.line}, on a phone"> '
            yield f'<img src="{name}-desktop.png" width="560" alt="{screen.line}, at a desk">'

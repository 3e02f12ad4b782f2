"""Every screen of every list: WCAG 2.2 AA by axe in light, dark and elder mode; a picture of each with SCREENS=1."""

from __future__ import annotations

import pytest
from playwright.sync_api import Error, Page, expect

from tests.browser import looking
from tests.browser.conftest import Devices
from tests.browser.screens import Area, Prepared, Screen, areas
from tests.browser.town import Town

pytestmark = pytest.mark.slow

PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
IN_COLOUR, IN_SIZE = ("color-contrast",), ("target-size", "scrollable-region-focusable")
"""What another appearance of the same page can break; everything else was measured in light."""
TALL = {"width": 390, "height": 3000}
"""Bars that stick to the edges cover nothing here: axe would measure targets under them."""


@pytest.mark.parametrize("area", areas(), ids=lambda area: area.code)
def test_screens(area: Area, viewer: Devices, town: Town) -> None:
    prepared = area.prepare(town, viewer)
    faults = [fault for screen in area.screens for fault in _look(area, screen, prepared)]
    assert not faults, "\n".join([f"{len(faults)} faults", *faults])


def test_leaves_of_the_book() -> None:
    """Names are unique, and the README that `make screens` writes leads through all of them."""
    names = [f"{area.code}-{screen.name}" for area in areas() for screen in area.screens]
    assert len(set(names)) == len(names)
    if looking.KEEPS:
        looking.write_readme(areas())


def _look(area: Area, screen: Screen, prepared: Prepared) -> list[str]:
    page, name = prepared.pages[screen.who], f"{area.code}-{screen.name}"
    page.set_viewport_size(PHONE)
    try:
        _go(page, screen, prepared)
    except (AssertionError, Error) as exc:
        return [f"{name} is not there: {str(exc)[:600]}"]
    looking.keep(page, f"{name}-phone", whole=screen.whole)
    if looking.KEEPS:
        page.set_viewport_size(DESKTOP)
        looking.keep(page, f"{name}-desktop")
    page.set_viewport_size(TALL)
    found = [f"{name}: {fault}" for fault in looking.faults(page)]
    looking.wear(page, "dark")
    found += [f"{name}, dark: {fault}" for fault in looking.faults(page, only=IN_COLOUR)]
    looking.wear(page, elder=True)
    found += [f"{name}, elder: {fault}" for fault in looking.faults(page, only=IN_SIZE)]
    looking.wear(page)
    page.set_viewport_size(PHONE)
    return found


def _go(page: Page, screen: Screen, prepared: Prepared) -> None:
    if screen.path is not None:
        page.goto(screen.path.format(**prepared.names))
        looking.hold_still(page)
    if screen.then:
        screen.then(page, prepared)
    expect(page.get_by_text(screen.ready).locator("visible=true").first).to_be_visible()
    expect(page.locator(".skeleton, [aria-busy=true]").locator("visible=true")).to_have_count(0)

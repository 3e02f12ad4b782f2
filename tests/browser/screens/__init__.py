"""The screens of every area, one list a file: held against axe, and kept as pictures in docs/screens by `make screens`.

A new area is a file `tests/browser/screens/<area>.py` with `AREA = Area(...)`; nothing else has to know it. `prepare`
makes what the screens show (cases, orders, tenders) and opens a signed-in page for each `who`; a screen is an address
with the names that `prepare` gave, the words by which one sees that it is there, and a line for docs/screens/README.md.
Files are named `<area>-<name>-phone.png` and `<area>-<name>-desktop.png`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from playwright.sync_api import Page

from tests.browser.town import Town

Devices = Callable[..., Page]


@dataclass(frozen=True)
class Prepared:
    """Who looks, by their names in the list; and what addresses are made of."""

    pages: Mapping[str, Page]
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Screen:
    """One screen. `path` None stays where the screen before has led; `then` acts as a person would before looking."""

    name: str
    line: str
    path: str | None
    ready: str
    who: str = "visitor"
    then: Callable[[Page, Prepared], None] | None = None
    whole: bool = False
    """Whether the picture for the phone goes to the end of the page."""


@dataclass(frozen=True)
class Area:
    """A part of the product with its own chapter in docs/screens/README.md."""

    code: str
    title: str
    place: int
    prepare: Callable[[Town, Devices], Prepared]
    screens: tuple[Screen, ...]


def areas() -> list[Area]:
    """Every area, in the order of the README."""
    modules = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    return sorted((module.AREA for module in modules if hasattr(module, "AREA")), key=lambda area: area.place)

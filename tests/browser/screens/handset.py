"""The handset page."""

from __future__ import annotations

from tests.browser.screens import Area, Devices, Prepared, Screen
from tests.browser.screens.people import CITIZEN, cases
from tests.browser.town import Town


def _prepare(town: Town, desk: Devices) -> Prepared:
    cases(town, desk)
    return Prepared({"visitor": desk()}, {"number": CITIZEN})


AREA = Area(
    "handset",
    "Handset page",
    90,
    _prepare,
    (
        Screen(
            "texts",
            "The demo handset: the texts of a number as they arrive, and answers",
            "/handset/?number={number}",
            "办件",
        ),
    ),
)

"""Who may see and change whom in the contacts; each row has one who may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.accounts.types import Role
from backend.contacts import services
from tests.factories import accounts, cases, sessions
from tests.factories.cases import Api

pytestmark = pytest.mark.django_db


@dataclass
class Town:
    """Somebody with a card, and everybody who might look."""

    callers: dict[str, Api] = field(init=False)

    def __post_init__(self) -> None:
        above = accounts.organisation()
        self.place = accounts.organisation(parent=above)
        far = accounts.organisation(region_code="321324")
        self.callers = {
            "oneself": Api(sessions.official(Role.REVIEWER, self.place)),
            "colleague": Api(sessions.official(Role.REVIEWER, self.place)),
            "above": Api(sessions.official(Role.APPROVER, above)),
            "elsewhere": Api(sessions.official(Role.REVIEWER, far)),
            "manager": Api(sessions.official(Role.SYSTEM_MANAGER, above)),
            "manager elsewhere": Api(sessions.official(Role.SYSTEM_MANAGER, far)),
            "citizen": cases.citizen(),
            "anonymous": Api(),
        }
        ids = {name: api.caller.id for name, api in self.callers.items() if api.caller is not None}
        self.path, self.successor = f"/contacts/{ids['oneself']}", str(ids["colleague"])
        services.refresh_all()


@pytest.fixture
def town() -> Town:
    return Town()


OFFICIALS = ("oneself", "colleague", "above", "elsewhere", "manager", "manager elsewhere")
READ = {**dict.fromkeys(OFFICIALS, 200), "citizen": 403}
MATRIX: dict[str, tuple[Callable[[Town, Api], Any], dict[str, int]]] = {
    "list": (lambda town, api: api.get("/contacts", unit_id=str(town.place.id)), READ),
    "search": (lambda town, api: api.get("/contacts", q="wang"), READ),
    "changes": (lambda town, api: api.get("/contacts/changes"), READ),
    "units": (lambda town, api: api.get("/contacts/units", unit_id=str(town.place.id)), READ),
    "own units": (lambda town, api: api.get("/contacts/units"), READ),
    "leaving": (
        lambda town, api: api.get(f"{town.path}/departure"),
        {**dict.fromkeys([*OFFICIALS, "citizen"], 403), "manager": 200},
    ),
    "read": (lambda town, api: api.get(town.path), READ),
    "vcard": (lambda town, api: api.get(f"{town.path}/vcard"), READ),
    "change": (
        lambda town, api: api.call("patch", town.path, {"post": "科长"}),
        {**dict.fromkeys([*OFFICIALS, "citizen"], 403), "oneself": 200, "manager": 200},
    ),
    "departure": (
        lambda town, api: api.post(f"{town.path}/departure", {"successor_id": town.successor, "reason": "调离"}),
        {**dict.fromkeys([*OFFICIALS, "citizen"], 403), "manager": 200},
    ),
}


@pytest.mark.parametrize("what", MATRIX)
def test_each_caller_gets_what_is_due(town: Town, what: str) -> None:
    call, expected = MATRIX[what]
    wanted = {name: expected.get(name, 401) for name in town.callers}
    order = sorted(town.callers, key=lambda name: wanted[name] == 200)
    assert {name: call(town, town.callers[name]).status_code for name in order} == wanted


def test_lists_hold_no_mobile_number_and_cost_the_same_for_many(town: Town) -> None:
    api = town.callers["colleague"]

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            found = api.get("/contacts", unit_id=str(town.place.id))
        assert all("mobile" not in row for row in found.json()["items"])
        return len(queries)

    fresh, seen = cost(), cost()
    for _ in range(5):
        accounts.official(Role.REVIEWER, town.place)
    services.refresh_all()
    assert cost() <= fresh <= 18
    assert cost() == seen <= 6


def test_the_tree_costs_the_same_for_many_units(town: Town) -> None:
    api = town.callers["colleague"]

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert api.get("/contacts/units").status_code == 200
        return len(queries)

    before = cost()
    for _ in range(3):
        accounts.organisation(parent=town.place)
    assert cost() == before


def test_nobody_reads_the_whole_book(town: Town) -> None:
    api = town.callers["colleague"]
    answers = [api.get(town.path).status_code for _ in range(61)]
    assert (answers[0], answers[-1]) == (200, 429)

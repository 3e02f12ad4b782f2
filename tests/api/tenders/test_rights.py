"""Who may see and do what in a tender: a matrix of callers; each row has one who may, or nobody (F35)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.accounts.types import Role
from tests.api.tenders.test_journey import api
from tests.factories import accounts, cases
from tests.factories import tenders as make
from tests.factories.cases import Api

pytestmark = pytest.mark.django_db


@dataclass
class Town:
    """A tender with a bid that is being uploaded, and everybody who might knock."""

    callers: dict[str, Api] = field(init=False)

    def __post_init__(self) -> None:
        self.tender, elsewhere = make.called(), make.Desk()
        desk = self.tender.desk
        self.company, rival = make.company(), make.company()
        self.tender.take(self.company)
        self.bid = self.tender.upload(self.company, self.tender.sealed(self.company, 98_000_00))
        officials = {
            "editor": desk.editor, "reviewer": desk.reviewer, "opener": desk.openers[0],
            "editor elsewhere": elsewhere.editor, "opener elsewhere": elsewhere.openers[0],
        }  # fmt: skip
        self.callers = {
            **{name: api(actor.user_id, factor=True) for name, actor in officials.items()},
            "system manager": api(accounts.official(Role.SYSTEM_MANAGER, desk.place), factor=True),
            "bidder": api(self.company.person),
            "rival": api(rival.person),
            "citizen": cases.citizen(),
            "anonymous": Api(),
        }
        self.project, self.section = self.tender.project.id, self.tender.section.id


@pytest.fixture
def town() -> Town:
    return Town()


OFFICIALS = ("editor", "reviewer", "opener", "editor elsewhere", "opener elsewhere", "system manager")
SIGNED_IN = (*OFFICIALS, "bidder", "rival", "citizen")
Call = Callable[[Town, Api], Any]
DRAFT = {"kind": "tender_doc", "content": {"content": "补充图纸。"}}
MATRIX: dict[str, tuple[Call, dict[str, int]]] = {
    "public project": (
        lambda town, one: one.get(f"/tenders/projects/{town.project}"),
        dict.fromkeys((*SIGNED_IN, "anonymous"), 200),
    ),
    "project at the desk": (
        lambda town, one: one.get(f"/tender-desk/projects/{town.project}"),
        {"editor": 200, "reviewer": 200},
    ),
    "draft a notice": (
        lambda town, one: one.post(f"/tender-desk/projects/{town.project}/notices", DRAFT),
        {"editor": 201, "reviewer": 404},
    ),
    "questions at the desk": (
        lambda town, one: one.get(f"/tender-desk/sections/{town.section}/questions"),
        {"editor": 200, "reviewer": 200},
    ),
    "calendar": (
        lambda town, one: one.get(f"/tender-desk/sections/{town.section}/calendar"),
        {"editor": 200, "reviewer": 200},
    ),
    "the day of an act": (
        lambda town, one: one.post(
            f"/tender-desk/sections/{town.section}/acts", {"act": "evaluation_report", "done_on": "2026-01-01"}
        ),
        {"editor": 409, "reviewer": 409},
    ),
    "invitations": (
        lambda town, one: one.get(f"/tenders/companies/{town.company.id}/invitations"),
        {"bidder": 200},
    ),
    "involvements": (
        lambda town, one: one.get(f"/tenders/companies/{town.company.id}/involvements"),
        {"bidder": 200},
    ),
    "agents": (lambda town, one: one.get(f"/tenders/companies/{town.company.id}/agents"), {"bidder": 200}),
    "qualifications": (
        lambda town, one: one.get(f"/tenders/companies/{town.company.id}/qualifications"),
        {"bidder": 200},
    ),
    "a bid": (lambda town, one: one.get(f"/tenders/bids/{town.bid.id}"), {"bidder": 200}),
    "hand a bid in": (lambda town, one: one.post(f"/tenders/bids/{town.bid.id}/submit"), {"bidder": 201}),
    "withdraw a bid": (lambda town, one: one.post(f"/tenders/bids/{town.bid.id}/withdraw"), {"bidder": 200}),
    "subscriptions": (
        lambda town, one: one.get("/tenders/subscriptions"),
        dict.fromkeys(SIGNED_IN, 200),
    ),
}  # fmt: skip


def test_each_caller_gets_what_is_due(town: Town) -> None:
    """One town for all rows: those who are refused knock first and nothing changes; then the one who may."""
    found: dict[str, dict[str, int]] = {}
    wanted: dict[str, dict[str, int]] = {}
    for what, (call, expected) in MATRIX.items():
        wanted[what] = {name: expected.get(name, 401 if name == "anonymous" else 404) for name in town.callers}
        order = sorted(town.callers, key=lambda name: wanted[what][name] < 300)
        found[what] = {name: call(town, town.callers[name]).status_code for name in order}
    assert found == wanted


@pytest.mark.parametrize(
    ("path", "most"),
    [("/tenders/projects", 6), ("/tenders/projects/{project}", 14), ("/tenders/ocds/releases", 6)],
)
def test_public_pages_cost_the_same_for_many_tenders(town: Town, path: str, most: int) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert Api().get(path.format(project=town.project)).status_code == 200
        return len(queries)

    before = cost()
    for _ in range(3):
        make.called(town.tender.desk)
    assert cost() == before <= most

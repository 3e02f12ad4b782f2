"""Who may see and do what on whose leave: a matrix of callers; denied = nothing happened; each row has a control."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.accounts.types import Role
from backend.journal.models import JournalLine
from backend.leave.models import LeaveRequest
from kernel import clock
from tests.factories import accounts, cases, leave, sessions
from tests.factories.cases import Api

pytestmark = pytest.mark.django_db


@dataclass
class Town:
    """A unit, somebody who asks to be away, and everybody who might knock."""

    callers: dict[str, Api] = field(init=False)
    request: LeaveRequest = field(init=False)

    def __post_init__(self) -> None:
        above = accounts.organisation()
        place = accounts.organisation(parent=above)
        far = accounts.organisation(region_code="321324")
        self.callers = {
            "person": Api(sessions.official(Role.REVIEWER, place)),
            "colleague": Api(sessions.official(Role.WINDOW_CLERK, place)),
            "head": Api(sessions.official(Role.APPROVER, place)),
            "above": Api(sessions.official(Role.APPROVER, above)),
            "elsewhere": Api(sessions.official(Role.APPROVER, far)),
            "manager": Api(sessions.official(Role.SYSTEM_MANAGER, place)),
            "citizen": cases.citizen(),
            "anonymous": Api(),
        }
        person = self.callers["person"].caller
        assert person is not None
        self.place, self.person_id = place, person.id
        self.day = leave.workday()
        self.request = leave.asked(person.id, kind="personal", reason="家人住院")

    @property
    def path(self) -> str:
        """The request's address."""
        return f"/leave/requests/{self.request.id}"

    @property
    def etag(self) -> str:
        """The request's version as it is."""
        return f'"{LeaveRequest.objects.get(pk=self.request.id).version}"'

    def act(self, api: Api, name: str, body: dict[str, Any] | None = None) -> Any:
        """An act on the request with its version."""
        return api.post(f"{self.path}/{name}", body or {}, etag=self.etag)


@pytest.fixture
def town() -> Town:
    return Town()


Call = Callable[[Town, Api], Any]
OFFICIALS = dict.fromkeys(("person", "colleague", "head", "above", "elsewhere", "manager"), 200) | {"citizen": 403}
MATRIX: dict[str, tuple[Call, dict[str, int]]] = {
    "kinds": (lambda town, api: api.get("/leave/kinds"), OFFICIALS),
    "balances": (lambda town, api: api.get("/leave/balances"), OFFICIALS),
    "list": (lambda town, api: api.get("/leave/requests", to_decide="true"), OFFICIALS),
    "away": (lambda town, api: api.get("/leave/away"), OFFICIALS),
    "away elsewhere": (
        lambda town, api: api.get("/leave/away", unit_id=str(town.place.id)),
        {**OFFICIALS, "elsewhere": 404},
    ),
    "read": (lambda town, api: api.get(town.path), {"person": 200, "head": 200, "citizen": 404}),
    "decide": (lambda town, api: town.act(api, "decide", {"agree": True}), {"head": 200, "person": 403}),
    "withdraw": (lambda town, api: town.act(api, "withdraw"), {"person": 200, "head": 403}),
    "cancel": (lambda town, api: town.act(api, "cancel"), {"person": 409, "head": 403}),
    "return": (
        lambda town, api: town.act(api, "return", {"returned_on": town.day.isoformat()}),
        {"person": 409, "head": 403},
    ),
    "paper": (
        lambda town, api: api.call(
            "post", f"{town.path}/files", {"file": cases.photo()}, format="multipart", key="leave-paper-1"
        ),
        {"person": 201, "head": 403},
    ),
    "ask": (
        lambda town, api: api.post("/leave/requests", _wishes(town.day + timedelta(days=30))),
        {**dict.fromkeys(OFFICIALS, 201), "citizen": 403, "above": 409, "elsewhere": 409},
    ),
    "career": (
        lambda town, api: api.post(
            "/leave/careers", {"person_id": str(town.person_id), "works_since": "2010-07-01", "carried": "2.0"}
        ),
        {"manager": 204},
    ),
}


def _wishes(day: date) -> dict[str, Any]:
    return {"kind": "trip", "starts_on": day.isoformat(), "ends_on": day.isoformat(), "destination": "南京"}


@pytest.mark.parametrize("act", MATRIX)
def test_who_may(town: Town, act: str) -> None:
    call, allowed = MATRIX[act]
    for who in reversed(town.callers):
        before = JournalLine.objects.count()
        expected = allowed.get(who, 401 if who == "anonymous" else 404)
        answer = call(town, town.callers[who])
        assert answer.status_code == expected, (who, answer.content.decode()[:300])
        if expected >= 400:
            assert JournalLine.objects.count() == before, who


def test_the_reason_and_papers_are_for_the_person_and_who_decides(town: Town) -> None:
    person, head = town.callers["person"], town.callers["head"]
    added = person.call("post", f"{town.path}/files", {"file": cases.photo()}, format="multipart", key="leave-paper-2")
    paper = f"{town.path}/files/{added.json()['id']}"
    shown = head.get(town.path).json()
    assert (shown["reason"], shown["acts"], len(shown["files"])) == ("家人住院", ["decide"], 1)
    assert head.get(paper).status_code == 200
    for who in ("colleague", "above", "manager"):
        assert town.callers[who].get(paper).status_code == 404
    assert head.call("delete", paper).status_code == 403
    assert "家人住院" not in "".join(str(line.data) for line in JournalLine.objects.all())
    assert [row["id"] for row in head.get("/leave/requests", to_decide="true").json()["items"]] == [
        str(town.request.id)
    ]
    assert town.act(head, "decide", {"agree": True}).status_code == 200
    assert head.get("/leave/requests", to_decide="true").json()["items"] == []
    assert person.get("/leave/requests", state="granted").json()["items"][0]["state"] == "granted"
    assert person.get(town.path).json()["acts"] == ["cancel", "add_file"]


def test_a_stale_or_missing_version_is_refused(town: Town) -> None:
    head = town.callers["head"]
    assert head.post(f"{town.path}/decide", {"agree": True}).status_code == 428
    assert head.post(f"{town.path}/decide", {"agree": True}, etag='"99"').status_code == 412
    assert town.act(head, "decide", {"agree": False}).json()["code"] == "leave_comment_missing"


def test_the_balance_tells_what_waits(town: Town) -> None:
    leave.career(town.person_id)
    leave.asked(town.person_id, leave.workday(1))
    year = leave.workday(1).year
    [row] = town.callers["person"].get("/leave/balances", year=str(year)).json()["items"]
    assert (row["kind"], row["granted"], row["used"], row["waiting"], row["left"]) == ("annual", 10, 1, 1, 9)
    [unknown] = town.callers["colleague"].get("/leave/balances").json()["items"]
    assert (unknown["known"], unknown["left"]) == (False, 0)


@pytest.mark.parametrize(("path", "ceiling"), [("/leave/requests", 6), ("/leave/requests?to_decide=true", 8)])
def test_queries_do_not_grow_with_requests(town: Town, path: str, ceiling: int) -> None:
    caller = town.callers["head" if "to_decide" in path else "person"]
    where, _, asked = path.partition("?")
    query = dict([asked.split("=")]) if asked else {}
    for number in (1, 3):
        for more in range(number):
            leave.asked(town.person_id, leave.workday(number + more + 1), kind="personal")
        with CaptureQueriesContext(connection) as found:
            assert caller.get(where, **query).status_code == 200
        asked_for = [row for row in found.captured_queries if "clock_timestamp" not in row["sql"]]
        assert len(asked_for) <= ceiling, [row["sql"][:120] for row in asked_for]
    assert clock.today() < town.day

"""Who may see and do what in attendance: a matrix of callers; denied = nothing happened; each row has a control."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.accounts.types import Role
from backend.attendance import services
from backend.attendance.models import Correction, Shift
from backend.centres import selectors as centres
from backend.centres import services as centre_services
from backend.journal.models import JournalLine
from kernel import clock
from tests.factories import accounts, attendance, cases, sessions
from tests.factories.cases import Api
from tests.factories.centres import description

pytestmark = pytest.mark.django_db
MORNING = attendance.moment(date(2026, 11, 2), 8, 50)
MONTH = date(2026, 10, 1)


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with clock.held(MORNING):
        yield


@dataclass
class Town:
    """A unit with a shift, a closed month, and everybody who might knock."""

    callers: dict[str, Api] = field(init=False)

    def __post_init__(self) -> None:
        above = accounts.organisation()
        place = accounts.organisation(parent=above)
        with clock.held(attendance.moment(date(2026, 9, 30), 8)):
            attendance.shift(place)
        self.callers = {
            "person": Api(sessions.official(Role.REVIEWER, place)),
            "colleague": Api(sessions.official(Role.WINDOW_CLERK, place)),
            "head": Api(sessions.official(Role.APPROVER, place)),
            "above": Api(sessions.official(Role.APPROVER, above)),
            "elsewhere": Api(sessions.official(Role.APPROVER, accounts.organisation(region_code="321324"))),
            "manager": Api(sessions.official(Role.SYSTEM_MANAGER, place)),
            "citizen": cases.citizen(),
            "anonymous": Api(),
        }
        self.place = place
        self.coming = attendance.shift(place, valid_from=clock.today() + timedelta(days=9))
        centre_services.import_centre(actor=accounts.system(), document=description(place))
        self.window_id = next(iter(centres.windows(centre_code="test")))
        while services.show_due():
            pass
        self.person = self.callers["person"]
        asked = self.person.post("/attendance/corrections", correction())
        assert asked.status_code == 201, asked.content
        self.correction = asked.json()
        disputed = self.person.post("/attendance/months/2026-10/dispute", {"text": "9日在岗"})
        assert disputed.status_code == 200, disputed.content
        self.sheet_id = disputed.json()["sheet_id"]

    def id_of(self, who: str) -> UUID:
        """The person behind a caller."""
        caller = self.callers[who].caller
        assert caller is not None
        return caller.id


def correction(kind: str = "out") -> dict[str, Any]:
    """A forgotten punch."""
    return {"day": "2026-10-09", "kind": kind, "time": "17:40", "reason": "忘记签退"}


@pytest.fixture
def town() -> Town:
    return Town()


Call = Callable[[Town, Api], Any]
UNIT = ("person", "colleague", "head", "manager")
OFFICIALS = (*UNIT, "above", "elsewhere")
KEPT = {"head": 200, "above": 200, "manager": 200}
SHIFT = {
    "name": "夏令时", "valid_from": "2026-12-01", "am_starts": "08:30", "am_ends": "12:00", "grace_minutes": 5,
    "outside_allowed": True,
}  # fmt: skip


def _decide(town: Town, api: Api) -> Any:
    path = f"/attendance/corrections/{town.correction['id']}"
    version = Correction.objects.get(pk=town.correction["id"]).version
    return api.post(f"{path}/decide", {"agree": True}, etag=f'"{version}"')


def _put_shift(town: Town, api: Api) -> Any:
    row = Shift.objects.get(pk=town.coming.id)
    body = {**SHIFT, "valid_from": (clock.today() + timedelta(days=20 + row.version)).isoformat()}
    return api.call("put", f"/attendance/shifts/{row.id}", body, etag=f'"{row.version}"')


def _roster(town: Town) -> str:
    return f"/attendance/rosters?window={town.window_id}&from=2026-11-02&to=2026-11-06"


def _put_roster(town: Town, api: Api) -> Any:
    head = town.callers["head"].get(_roster(town))
    body = {"items": [{"person_id": str(town.id_of("colleague")), "day": "2026-11-03", "half": "am"}]}
    return api.call("put", _roster(town), body, etag=head["ETag"])


MATRIX: dict[str, tuple[Call, dict[str, int]]] = {
    "today": (lambda town, api: api.get("/attendance/today"), {**dict.fromkeys(OFFICIALS, 200), "citizen": 403}),
    "punch": (
        lambda town, api: api.post("/attendance/punches", {"kind": "in"}),
        {**dict.fromkeys(UNIT, 201), "above": 409, "elsewhere": 409, "citizen": 403},
    ),
    "month": (
        lambda town, api: api.get("/attendance/months/2026-10"),
        {**dict.fromkeys(OFFICIALS, 200), "citizen": 403},
    ),
    "confirm": (
        lambda town, api: api.post("/attendance/months/2026-10/confirm"),
        {**dict.fromkeys(UNIT, 200), "person": 409, "above": 409, "elsewhere": 409, "citizen": 409},
    ),
    "dispute": (
        lambda town, api: api.post("/attendance/months/2026-10/dispute", {"text": "有误"}),
        {**dict.fromkeys(UNIT, 200), "person": 409, "above": 409, "elsewhere": 409, "citizen": 403},
    ),
    "ask a correction": (
        lambda town, api: api.post("/attendance/corrections", correction("in")),
        {**dict.fromkeys(UNIT, 201), "above": 422, "elsewhere": 422, "citizen": 403},
    ),
    "read a correction": (
        lambda town, api: api.get(f"/attendance/corrections/{town.correction['id']}"),
        {"person": 200, "head": 200, "above": 200},
    ),
    "decide": (_decide, {"person": 403, "above": 200, "head": 409}),
    "unit's month": (
        lambda town, api: api.get(f"/attendance/units/{town.place.id}/months/2026-10"),
        {"head": 200, "above": 200},
    ),
    "answer": (
        lambda town, api: api.post(
            f"/attendance/units/{town.place.id}/disputes/{town.sheet_id}/answer", {"text": "已核对"}
        ),
        {"above": 200},
    ),
    "managed": (
        lambda town, api: api.get("/attendance/managed"),
        {**dict.fromkeys(OFFICIALS, 200), "citizen": 200},
    ),
    "shifts": (lambda town, api: api.get("/attendance/shifts", organisation=str(town.place.id)), KEPT),
    "keep a shift": (
        lambda town, api: api.post("/attendance/shifts", {**SHIFT, "organisation_id": str(town.place.id)}),
        {"manager": 201, "above": 409, "head": 409},
    ),
    "change a shift": (_put_shift, KEPT),
    "places": (lambda town, api: api.get("/attendance/places", organisation=str(town.place.id)), KEPT),
    "keep a place": (
        lambda town, api: api.post(
            "/attendance/places",
            {"organisation_id": str(town.place.id), "name": "主楼", "radius_m": 200, **attendance.HERE},
        ),
        dict.fromkeys(KEPT, 201),
    ),
    "roster": (lambda town, api: api.get(_roster(town)), KEPT),
    "keep a roster": (_put_roster, KEPT),
}


SETTLING = ("confirm", "dispute")
ACTS = [[act for act in MATRIX if act not in SETTLING], *([act] for act in SETTLING)]


@pytest.mark.parametrize("acts", ACTS, ids=["all that can share a town", *SETTLING])
def test_who_may(town: Town, acts: list[str]) -> None:
    for act in acts:
        _knock(town, act)


def _knock(town: Town, act: str) -> None:
    call, allowed = MATRIX[act]
    for who in reversed(town.callers):
        before = JournalLine.objects.count()
        expected = allowed.get(who, 401 if who == "anonymous" else 404)
        answer = call(town, town.callers[who])
        assert answer.status_code == expected, (act, who, answer.content.decode()[:300])
        if expected >= 400:
            assert JournalLine.objects.count() == before, (act, who)


def test_lists_hold_only_ones_own_or_what_one_decides(town: Town) -> None:
    def ids(who: str, **query: Any) -> list[str]:
        return [row["id"] for row in town.callers[who].get("/attendance/corrections", **query).json()["items"]]

    own = [town.correction["id"]]
    assert (ids("person"), ids("colleague"), ids("head")) == (own, [], [])
    waiting = {who: ids(who, to_decide=True) for who in ("person", "head", "above", "elsewhere", "manager")}
    assert waiting == {"person": [], "head": own, "above": own, "elsewhere": [], "manager": []}
    assert [unit["id"] for unit in town.callers["head"].get("/attendance/managed").json()["units"]] == [
        str(town.place.id)
    ]
    assert town.callers["person"].get("/attendance/managed").json() == {"units": [], "windows": []}


def test_a_head_reads_the_sheets_that_their_people_have_seen(town: Town) -> None:
    path = f"/attendance/units/{town.place.id}/months/2026-10"
    before = town.callers["head"].get(path).json()
    assert [row["person_id"] for row in before["items"]] == [str(town.id_of("person"))]
    assert before["closed"] is True
    assert town.callers["head"].get(path.replace("2026-10", "2026-11")).json()["closed"] is False
    assert before["items"][0]["dispute"]["text"] == "9日在岗"
    assert town.callers["colleague"].get("/attendance/months/2026-10").json()["state"] == "shown"
    assert len(town.callers["head"].get(path).json()["items"]) == 2


def test_refusals_say_what_to_do_in_both_languages(town: Town) -> None:
    queued = {"kind": "in", "queued": True, "punched_at": (clock.now() + timedelta(hours=1)).isoformat()}
    refused = town.person.post("/attendance/punches", queued)
    assert (refused.status_code, refused.json()["code"]) == (422, "attendance_punch_not_timely")
    assert refused.json()["errors"][0]["pointer"] == "/punched_at"
    assert "补签" in refused.json()["detail"]
    half = town.person.post("/attendance/punches", {"kind": "in", "latitude": 33.9})
    assert half.json()["code"] == "attendance_position_incomplete"
    assert town.person.get("/attendance/months/2026-13").status_code == 404


def test_the_same_key_is_one_punch_and_no_position_comes_back(town: Town) -> None:
    body = {"kind": "in", **attendance.FAR, "accuracy": 20}
    answers = [town.person.post("/attendance/punches", body, key="queued-punch-1") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert set(answers[0].json()) == {"id", "kind", "at", "received_at", "where", "queued"}
    assert len(town.person.get("/attendance/today").json()["punches"]) == 1


@pytest.mark.parametrize(
    ("who", "path", "ceiling"),
    [
        ("person", "/attendance/today", 11),
        ("person", "/attendance/months/2026-10", 14),
        ("head", "/attendance/units/{unit}/months/2026-10", 13),
        ("head", "/attendance/corrections?to_decide=true", 5),
    ],
)
def test_queries_do_not_grow_with_people(town: Town, who: str, path: str, ceiling: int) -> None:
    for _ in range(2):
        for _ in range(3):
            person = Api(sessions.official(Role.REVIEWER, town.place))
            assert person.post("/attendance/corrections", correction()).status_code == 201
        with CaptureQueriesContext(connection) as found:
            assert town.callers[who].get(path.format(unit=town.place.id)).status_code == 200
        asked = [row for row in found.captured_queries if "clock_timestamp" not in row["sql"]]
        assert len(asked) <= ceiling, [row["sql"][:120] for row in asked]

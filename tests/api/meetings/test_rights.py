"""Who may see and do what on whose meeting: a matrix of callers; denied = nothing happened; each row has a control."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.accounts.types import Role
from backend.journal.models import JournalLine
from backend.meetings.models import Meeting
from kernel import clock
from tests.factories import accounts, cases, meetings, sessions
from tests.factories.cases import Api

pytestmark = pytest.mark.django_db


@dataclass
class Town:
    """A unit with a meeting, and everybody who might knock."""

    callers: dict[str, Api] = field(init=False)
    meeting: Meeting = field(init=False)

    def __post_init__(self) -> None:
        above = accounts.organisation()
        place = accounts.organisation(parent=above)
        far = accounts.organisation(region_code="321324")
        self.callers = {
            "organiser": Api(sessions.official(Role.REVIEWER, place)),
            "invited": Api(sessions.official(Role.WINDOW_CLERK, place)),
            "colleague": Api(sessions.official(Role.REVIEWER, place)),
            "leader": Api(sessions.official(Role.APPROVER, place)),
            "above": Api(sessions.official(Role.APPROVER, above)),
            "elsewhere": Api(sessions.official(Role.REVIEWER, far)),
            "manager": Api(sessions.official(Role.SYSTEM_MANAGER, place)),
            "citizen": cases.citizen(),
            "anonymous": Api(),
        }
        organiser, invited = self.callers["organiser"].caller, self.callers["invited"].caller
        assert organiser is not None
        assert invited is not None
        self.place, self.organiser_id, self.invited_id = place, organiser.id, invited.id
        self.meeting = meetings.called(organiser.id, [invited.id])

    @property
    def path(self) -> str:
        """The meeting's address."""
        return f"/meetings/{self.meeting.id}"

    @property
    def etag(self) -> str:
        """The meeting's version as it is."""
        return f'"{Meeting.objects.get(pk=self.meeting.id).version}"'


@pytest.fixture
def town() -> Town:
    return Town()


Call = Callable[[Town, Api], Any]
ONLY_ORGANISER = {"organiser": 200, "invited": 403}
READERS = {"organiser": 200, "invited": 200}
NAMES = ("organiser", "invited", "colleague", "leader", "above", "elsewhere", "manager")
OFFICIALS = dict.fromkeys(NAMES, 200) | {"citizen": 403}


def _span() -> dict[str, str]:
    at = meetings.ahead()
    return {"starts_at": at.isoformat(), "ends_at": (at + timedelta(hours=1)).isoformat()}


MATRIX: dict[str, tuple[Call, dict[str, int]]] = {
    "read": (lambda town, api: api.get(town.path), READERS),
    "answer": (lambda town, api: api.post(f"{town.path}/receipt", {"answer": "attend"}), READERS),
    "urge": (lambda town, api: api.post(f"{town.path}/urge"), ONLY_ORGANISER),
    "code": (lambda town, api: api.get(f"{town.path}/sign-in-code"), ONLY_ORGANISER),
    "sign in": (
        lambda town, api: api.post(f"{town.path}/sign-in", {"code": "00000000"}),
        {"organiser": 409, "invited": 409},
    ),
    "change": (lambda town, api: api.call("patch", town.path, {"notes": "带材料"}, etag=town.etag), ONLY_ORGANISER),
    "cancel": (lambda town, api: api.post(f"{town.path}/cancel", {"reason": "并会"}, etag=town.etag), ONLY_ORGANISER),
    "minutes": (
        lambda town, api: api.post(f"{town.path}/minutes", {"text": "略"}, etag=town.etag),
        {"organiser": 409, "invited": 403},
    ),
    "paper": (
        lambda town, api: api.call(
            "post", f"{town.path}/files", {"file": cases.photo()}, format="multipart", key="meeting-paper-1"
        ),
        {"organiser": 201, "invited": 403},
    ),
    "rooms": (lambda town, api: api.get("/meetings/rooms", **_span()), OFFICIALS),
    "keep a room": (
        lambda town, api: api.post(
            "/meetings/rooms/keep", {"organisation_id": str(town.place.id), "name": "二楼会议室", "seats": 12}
        ),
        {**dict.fromkeys((*NAMES, "citizen"), 403), "manager": 204},
    ),
    "people": (lambda town, api: api.get("/meetings/people", unit_id=str(town.place.id)), OFFICIALS),
    "list": (lambda town, api: api.get("/meetings"), {**OFFICIALS, "citizen": 200}),
    "call": (
        lambda town, api: api.post("/meetings", {"title": "碰头会", "people": [str(town.invited_id)], **_span()}),
        {**dict.fromkeys(OFFICIALS, 201), "citizen": 403},
    ),
}


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


def test_lists_hold_only_ones_own_and_reasons_are_for_the_organiser(town: Town) -> None:
    invited = town.callers["invited"]
    invited.post(f"{town.path}/receipt", {"answer": "leave", "reason": "就医"})
    assert [row["id"] for row in invited.get("/meetings").json()["items"]] == [str(town.meeting.id)]
    assert town.callers["colleague"].get("/meetings").json()["items"] == []
    assert invited.get("/meetings", when="past").json()["items"] == []
    other = meetings.official(town.place)
    meeting = meetings.called(town.organiser_id, [town.invited_id, other])
    Api(sessions.signed_in(other, factor=True)).post(
        f"/meetings/{meeting.id}/receipt", {"answer": "leave", "reason": "家事"}
    )
    for who, reason in (("organiser", "家事"), ("invited", "")):
        people = town.callers[who].get(f"/meetings/{meeting.id}").json()["people"]
        assert {row["reason"] for row in people if row["person_id"] == str(other)} == {reason}


def test_a_taken_room_is_a_clear_conflict(town: Town) -> None:
    room = meetings.room(town.place)
    wishes = {"title": "碰头会", "people": [str(town.invited_id)], "room_id": str(room.id), **_span()}
    assert town.callers["organiser"].post("/meetings", wishes).status_code == 201
    refused = town.callers["colleague"].post("/meetings", wishes)
    assert refused.status_code == 409
    problem = refused.json()
    assert problem["code"] == "meeting_room_taken"
    assert problem["holder"]["organiser_name"] in problem["detail"]
    assert problem["free_rooms"] == []
    assert problem["free_from"] is not None


@pytest.mark.parametrize(("path", "ceiling"), [("/meetings", 6), ("{meeting}", 14)])
def test_queries_do_not_grow_with_people(town: Town, path: str, ceiling: int) -> None:
    caller = town.callers["organiser"]
    for _ in range(2):
        more = [meetings.official(town.place) for _ in range(3)]
        meeting = meetings.called(town.organiser_id, more, starts_at=meetings.ahead(days=5))
        with CaptureQueriesContext(connection) as found:
            assert caller.get(path.format(meeting=f"/meetings/{meeting.id}")).status_code == 200
        asked = [row for row in found.captured_queries if "clock_timestamp" not in row["sql"]]
        assert len(asked) <= ceiling, [row["sql"][:120] for row in asked]


def test_a_day_with_everything(town: Town, travel: Callable[..., None]) -> None:
    organiser, invited = town.callers["organiser"], town.callers["invited"]
    travel(hours=(town.meeting.starts_at - clock.now()).total_seconds() / 3600)
    for api in (organiser, invited):
        api.sign_in_again()
    shown = organiser.get(f"{town.path}/sign-in-code").json()
    assert shown["link"].endswith(f"{town.path}/sign-in?code={shown['digits']}")
    assert invited.post(f"{town.path}/sign-in", {"code": shown["digits"]}).status_code == 200
    assert organiser.get(f"{town.path}/sign-in-code").json()["signed_in"] == 1
    due = (clock.today() + timedelta(days=3)).isoformat()
    decision = {"text": "上报方案", "owner_id": str(town.invited_id), "due_on": due}
    written = organiser.post(f"{town.path}/minutes", {"text": "会议议定。", "decisions": [decision]}, etag=town.etag)
    assert written.status_code == 200, written.content
    assert [row["text"] for row in invited.get(town.path).json()["decisions"]] == ["上报方案"]

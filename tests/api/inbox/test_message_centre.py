"""The message centre, badge and preferences: own messages only, stable pages, pinned queries."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from backend.notifications import selectors
from kernel import outbox, realtime
from kernel.ids import uuid7
from tests.factories import sessions
from tests.factories.notifications import case_event
from tests.factories.sessions import Caller

pytestmark = pytest.mark.django_db
API = "/api/v1"
MAX_QUERIES_OF_A_PAGE = 5


@pytest.fixture
def citizen() -> Caller:
    """Somebody signed in."""
    return sessions.citizen()


def tell(person_id: UUID, names: list[str]) -> None:
    """Things happen to this person's cases."""
    for name in names:
        case_event(name, person_id)
    while outbox.run_pending():
        pass


def get(client: Client, caller: Caller, path: str, status: int = 200) -> Any:
    """A read by this caller."""
    answer = client.get(API + path, headers=caller.headers)
    assert answer.status_code == status, answer.content
    return answer.json()


def post(client: Client, caller: Caller, path: str, status: int = 200) -> Any:
    """An act by this caller."""
    answer = client.post(API + path, content_type="application/json", headers=caller.headers)
    assert answer.status_code == status, answer.content
    return answer.json()


def test_the_message_centre_shows_what_was_told_and_how(client: Client, citizen: Caller) -> None:
    """Newest first, each with its channels and reasons in words."""
    tell(citizen.id, ["case.submitted", "case.accepted"])
    items = get(client, citizen, "/inbox")["items"]
    assert [row["type"] for row in items] == ["case.accepted", "case.submitted"]
    channels = {row["channel"]: row for row in items[0]["channels"]}
    assert channels["sms"]["state"] == "queued"
    assert channels["push"]["reason"] == "no_device"
    assert channels["push"]["reason_label"] == "没有开启推送的设备"
    assert items[0]["at"].endswith("+08:00")
    assert get(client, citizen, f"/inbox/{items[0]['id']}") == items[0]


def test_pages_are_stable_and_their_cost_does_not_grow(client: Client, citizen: Caller) -> None:
    """A new message between two pages shifts nothing; five queries, however long the page."""
    tell(citizen.id, ["case.step_passed"] * 7)
    first = get(client, citizen, "/inbox?limit=3")
    tell(citizen.id, ["case.accepted"])
    second = get(client, citizen, f"/inbox?limit=10&cursor={first['next']}")
    seen = [row["id"] for row in first["items"] + second["items"]]
    assert len(seen) == len(set(seen)) == 7
    assert second["next"] is None
    costs = []
    for limit in (2, 8):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            get(client, citizen, f"/inbox?limit={limit}")
        costs.append(len(queries))
    assert costs[0] == costs[1] <= MAX_QUERIES_OF_A_PAGE


def test_reading_and_the_badge(client: Client, citizen: Caller) -> None:
    """One, then all; reading twice is reading once."""
    tell(citizen.id, ["case.submitted", "case.accepted", "case.granted"])
    assert get(client, citizen, "/me/badge") == {"unread": 3}
    newest = get(client, citizen, "/inbox")["items"][0]["id"]
    read = post(client, citizen, f"/inbox/{newest}/read")
    assert read["read_at"]
    assert post(client, citizen, f"/inbox/{newest}/read")["read_at"] == read["read_at"]
    assert len(get(client, citizen, "/inbox?unread=true")["items"]) == 2
    assert post(client, citizen, "/inbox/read-all") == {"read": 2, "unread": 0}
    assert get(client, citizen, "/me/badge") == {"unread": 0}
    assert get(client, citizen, "/inbox?unread=perhaps", 400)["errors"][0]["pointer"] == "/query/unread"


def test_others_messages_do_not_exist(client: Client, citizen: Caller) -> None:
    """Foreign and unknown look the same, and nothing is read by trying."""
    stranger, official = sessions.citizen(), sessions.official("supervisor")
    tell(citizen.id, ["case.accepted"])
    theirs = get(client, citizen, "/inbox")["items"][0]["id"]
    for caller in (stranger, official):
        foreign = post(client, caller, f"/inbox/{theirs}/read", 404)
        unknown = post(client, caller, f"/inbox/{uuid7()}/read", 404)
        assert {**foreign, "request_id": ""} == {**unknown, "request_id": ""}
        get(client, caller, f"/inbox/{theirs}", 404)
        assert get(client, caller, "/inbox")["items"] == []
        assert post(client, caller, "/inbox/read-all") == {"read": 0, "unread": 0}
    assert get(client, citizen, "/me/badge") == {"unread": 1}
    for path in ("/inbox", "/me/badge", "/me/preferences"):
        assert client.get(API + path).status_code == 401


def test_what_a_snapshot_shows_is_what_events_patch(client: Client, citizen: Caller) -> None:
    """The log's `inbox` rows are the rows of GET /inbox, and its badge is GET /me/badge."""
    tell(citizen.id, ["case.accepted"])
    state = selectors.snapshot_for(citizen.id)
    assert state["inbox"] == get(client, citizen, "/inbox")["items"]
    tell(citizen.id, ["case.granted"])
    added = [event for event in realtime.events_since(citizen.id, 0) if event.type == "inbox.added"]
    assert added[-1].data["set"] == {"badge": get(client, citizen, "/me/badge")}
    assert added[-1].data["upsert"]["inbox"] == get(client, citizen, "/inbox?limit=1")["items"]


def test_preferences_re_channel_but_never_silence(client: Client, citizen: Caller) -> None:
    """A statutory purpose keeps a channel; the refusal names purpose and remedy; versions are checked."""

    def patch(body: dict[str, Any], etag: str, status: int) -> Any:
        answer = client.patch(
            f"{API}/me/preferences",
            body,
            content_type="application/json",
            headers={**citizen.headers, **({"If-Match": etag} if etag else {})},
        )
        assert answer.status_code == status, answer.content
        return answer

    etag = client.get(f"{API}/me/preferences", headers=citizen.headers)["ETag"]
    patch({"case_notice": {"sms": False}}, "", 428)
    changed = patch({"case_notice": {"sms": False}, "rating": {"sms": False, "push": False}}, etag, 200)
    chosen = {row["purpose"]: row["channels"] for row in changed.json()["items"]}
    assert chosen["case_notice"] == {"sms": False, "push": True}
    assert chosen["rating"] == {"sms": False, "push": False}
    patch({"work": {"push": False}}, etag, 412)
    refused = patch({"case_notice": {"push": False}}, changed["ETag"], 422).json()
    assert refused["errors"][0]["pointer"] == "/case_notice"
    assert "短信或推送" in refused["errors"][0]["detail"]
    patch({"case_notice": {"inbox": False}}, changed["ETag"], 400)
    patch({"nonsense": {"sms": False}}, changed["ETag"], 400)
    now = client.get(f"{API}/me/preferences", headers=citizen.headers)
    assert now["ETag"] == changed["ETag"]
    assert {row["purpose"]: row["channels"] for row in now.json()["items"]} == chosen

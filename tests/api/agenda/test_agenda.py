"""The agenda over HTTP: the one inbox by time left, schedules by rule, the feed by its secret only; denied = nothing
happened."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.accounts.types import Role
from backend.journal.models import JournalLine
from backend.workflow import services as workflow
from kernel import clock
from kernel.ids import uuid7
from tests.factories import accounts, cases, meetings, sessions
from tests.factories.cases import Api

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Any:
    return accounts.organisation()


def _span(**more: str) -> dict[str, str]:
    now = clock.now()
    return {"since": (now - timedelta(days=1)).isoformat(), "until": (now + timedelta(days=30)).isoformat(), **more}


def _person(api: Api) -> Any:
    assert api.caller is not None
    return api.caller.id


def test_one_inbox_holds_every_kind_by_time_left_and_follows_a_delegation(place: Any) -> None:
    boss, deputy = Api(sessions.official(Role.REVIEWER, place)), Api(sessions.official(Role.WINDOW_CLERK, place))
    today = clock.today()
    for days, kind, subject in (
        (4, "review", "case"),
        (1, "inquiry.sign", "inquiry"),
        (2, "document.read", "document"),
    ):
        workflow.open_task(
            subject=(subject, uuid7()),
            kind=kind,
            organisation_id=place.id,
            role=Role.REVIEWER,
            title=kind,
            due_on=today + timedelta(days=days),
        )
    given = boss.post("/agenda/tasks", {"title": "自己的事", "due_on": (today + timedelta(days=3)).isoformat()})
    assert given.status_code == 201, given.content
    items = boss.get("/agenda/todos").json()["items"]
    assert [item["kind"] for item in items] == ["inquiry.sign", "document.read", "agenda.task", "review"]
    assert deputy.get("/agenda/todos").json()["items"] == []
    made = boss.post(
        "/agenda/delegations",
        {"delegate_id": str(_person(deputy)), "from_on": today.isoformat(), "to_on": today.isoformat()},
    )
    assert made.status_code == 201, made.content
    (item,) = deputy.get("/agenda/todos").json()["items"]
    assert (item["title"], item["for_name"]) == ("自己的事", made.json()["principal_name"])
    path, etag = f"/agenda/tasks/{given.json()['id']}", given["ETag"]
    done = deputy.post(f"{path}/progress", {"progress": 100}, etag=etag)
    assert done.status_code == 200, done.content
    line = JournalLine.objects.filter(action="agenda.task_finished").get()
    assert json.loads(line.data)["for"] == str(_person(boss))
    assert deputy.call("delete", f"/agenda/delegations/{made.json()['id']}").status_code == 204
    assert boss.get("/agenda/delegations").json()["items"] == []


def test_who_may_do_what(place: Any) -> None:
    owner = Api(sessions.official(Role.REVIEWER, place))
    others = {
        "colleague": Api(sessions.official(Role.REVIEWER, place)),
        "elsewhere": Api(sessions.official(Role.REVIEWER, accounts.organisation(region_code="321324"))),
        "citizen": cases.citizen(),
        "anonymous": Api(),
    }
    at = meetings.ahead()
    body = {"title": "看病", "starts_at": at.isoformat(), "ends_at": at.isoformat(), "openness": "private"}
    entry = owner.post("/agenda/entries", body)
    task = owner.post("/agenda/tasks", {"title": "写稿", "due_on": clock.today().isoformat()})
    share = owner.post("/agenda/shares", {"level": "busy", "organisation_id": str(place.id)})
    assert [found.status_code for found in (entry, task, share)] == [201, 201, 201], share.content
    entry_path, task_path = f"/agenda/entries/{entry.json()['id']}", f"/agenda/tasks/{task.json()['id']}"
    lines = JournalLine.objects.count()
    tries = {
        "entry": lambda api: api.get(entry_path),
        "change": lambda api: api.call("patch", entry_path, {"title": "改"}, etag='"1"'),
        "remove": lambda api: api.call("delete", entry_path, etag='"1"'),
        "task": lambda api: api.get(task_path),
        "progress": lambda api: api.post(f"{task_path}/progress", {"progress": 10}, etag='"1"'),
        "drop": lambda api: api.post(f"{task_path}/drop", {"reason": "不"}, etag='"1"'),
        "unshare": lambda api: api.call("delete", f"/agenda/shares/{share.json()['id']}"),
        "schedule": lambda api: api.get("/agenda/entries", **_span(owner_id=str(_person(owner)))),
        "unit": lambda api: api.get("/agenda/entries", **_span(unit_id=str(place.id))),
        "people": lambda api: api.get("/agenda/people"),
        "tasks": lambda api: api.get("/agenda/tasks"),
        "feed": lambda api: api.post("/agenda/feed"),
    }
    expected = {
        "colleague": {"entry": 200, "schedule": 200, "unit": 200, "people": 200, "tasks": 200},
        "elsewhere": {"people": 200, "tasks": 200},
        "citizen": {"schedule": 403, "unit": 403, "people": 403, "tasks": 403, "feed": 403},
        "anonymous": dict.fromkeys(tries, 401),
    }
    for who, api in others.items():
        for name, act in tries.items():
            if name == "feed" and who in {"colleague", "elsewhere"}:
                continue
            answer = act(api)
            assert answer.status_code == expected[who].get(name, 404), (who, name, answer.content.decode()[:200])
    assert others["colleague"].get(entry_path).json()["title"] == ""
    assert JournalLine.objects.count() == lines
    for name, act in tries.items():
        assert act(owner).status_code in {200, 201, 204, 412, 428} or name in {"progress", "drop"}, name


def test_the_feed_opens_by_its_address_only(place: Any) -> None:
    owner = Api(sessions.official(Role.REVIEWER, place))
    assert owner.get("/agenda/feed").json() == {"open": False, "opened_at": None, "address": None}
    address = owner.post("/agenda/feed").json()["address"]
    path = address[address.index("/agenda") :]
    answer = Api().get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert owner.get("/agenda/feed").json()["address"] is None
    assert Api().get("/agenda/feeds/guess.ics").status_code == 404
    assert owner.call("delete", "/agenda/feed").status_code == 204
    assert Api().get(path).status_code == 404


def test_a_weekly_report_over_http(place: Any) -> None:
    owner = Api(sessions.official(Role.REVIEWER, place))
    monday = clock.today() - timedelta(days=clock.today().weekday())
    path = f"/agenda/reports/{monday.isoformat()}"
    draft = owner.post(path)
    assert draft.status_code == 200, draft.content
    words = {"done": "完成三项工作", "planned": "下周走访", "problems": ""}
    written = owner.call("patch", path, words, etag=draft["ETag"])
    assert written.json()["done"] == "完成三项工作"
    assert owner.call("patch", path, words, etag=draft["ETag"]).status_code == 412
    assert owner.post(f"{path}/hand-in", etag=written["ETag"]).json()["state"] == "handed_in"
    leader = Api(sessions.official(Role.APPROVER, place))
    assert [row["done"] for row in leader.get(f"{path}/unit").json()["items"]] == ["完成三项工作"]
    assert owner.post("/agenda/reports/2026-13-01").status_code == 404
    assert owner.post(f"/agenda/reports/{(monday + timedelta(days=1)).isoformat()}").status_code == 422


CEILINGS = {"/agenda/todos": 9, "/agenda/tasks": 6, "/agenda/entries": 9}


@pytest.mark.parametrize("path", CEILINGS)
def test_queries_do_not_grow(place: Any, path: str) -> None:
    owner = Api(sessions.official(Role.REVIEWER, place))
    at = meetings.ahead()
    for _ in range(2):
        for number in range(3):
            owner.post("/agenda/tasks", {"title": f"事{number}", "due_on": clock.today().isoformat()})
            owner.post(
                "/agenda/entries", {"title": f"事{number}", "starts_at": at.isoformat(), "ends_at": at.isoformat()}
            )
        with CaptureQueriesContext(connection) as found:
            answer = owner.get(path, **(_span() if path.endswith("entries") else {}))
        assert answer.status_code == 200
        asked = [row["sql"] for row in found.captured_queries if "clock_timestamp" not in row["sql"]]
        assert len(asked) <= CEILINGS[path], asked

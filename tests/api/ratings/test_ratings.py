"""/cases/{id}/rating and /ratings/rectifications: once a case, own cases only, officials inside their organisation."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from backend.ratings.models import Rating, Rectification
from kernel.ids import uuid7
from tests.factories import sessions
from tests.factories.ratings import Asked, asked
from tests.factories.sessions import Caller

pytestmark = pytest.mark.django_db
API = "/api/v1"
MAX_QUERIES_OF_A_PAGE = 6


def call(
    client: Client, caller: Caller | None, method: str, path: str, status: int, body: Any = None, **headers: str
) -> Any:
    """A request by this caller; the answer."""
    sent = {**(caller.headers if caller else {}), **{name.replace("_", "-"): value for name, value in headers.items()}}
    content = {} if method == "get" else {"data": body or {}, "content_type": "application/json"}
    answer = getattr(client, method)(API + path, headers=sent, **content)
    assert answer.status_code == status, answer.content.decode()
    return answer


def rated(person: Asked) -> str:
    """Where a case's rating is."""
    return f"/cases/{person.case_id}/rating"


def owner(person: Asked) -> Caller:
    """The applicant, signed in."""
    return sessions.signed_in(person.person_id)


def test_a_citizen_rates_once_and_corrects(client: Client) -> None:
    """201 with an ETag; a second POST is refused; PATCH corrects with If-Match."""
    person = asked()
    citizen = owner(person)
    call(client, citizen, "get", rated(person), 404)
    made = call(client, citizen, "post", rated(person), 201, {"level": 4, "tags": ["attitude"], "comment": "很好"})
    assert (made.json()["level_name"], made.json()["channel"]) == ("满意", "app")
    again = call(client, citizen, "post", rated(person), 409, {"level": 5})
    assert again.json()["code"] == "already_rated"
    call(client, citizen, "patch", rated(person), 428, {"level": 5})
    better = call(client, citizen, "patch", rated(person), 200, {"level": 5}, If_Match=made["ETag"]).json()
    assert (better["level"], better["tags"], better["corrections"]) == (5, ["attitude"], 1)
    call(client, citizen, "patch", rated(person), 412, {"level": 3}, If_Match=made["ETag"])
    assert call(client, citizen, "get", rated(person), 200).json()["level"] == 5


def test_the_same_intent_twice_is_one_rating(client: Client) -> None:
    """Idempotency-Key: the first answer again."""
    person = asked()
    citizen, key = owner(person), str(uuid4())
    first = call(client, citizen, "post", rated(person), 201, {"level": 5}, Idempotency_Key=key)
    second = call(client, citizen, "post", rated(person), 201, {"level": 5}, Idempotency_Key=key)
    assert first.content == second.content
    assert Rating.objects.count() == 1


def test_a_rating_by_sms_is_seen_here(client: Client) -> None:
    """The same rating on every channel."""
    person = asked()
    person.answer("5")
    found = call(client, owner(person), "get", rated(person), 200).json()
    assert (found["level"], found["channel"]) == (5, "sms")


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        ({}, 400, "/level"),
        ({"level": 0}, 400, "/level"),
        ({"level": 6}, 400, "/level"),
        ({"level": "好"}, 400, "/level"),
        ({"level": 5, "score": 5}, 400, "/score"),
        ({"level": 5, "tags": ["nonsense"]}, 422, "/tags/0"),
        ({"level": 5, "comment": "x" * 1001}, 400, "/comment"),
    ],
)
def test_what_is_no_rating_is_refused(client: Client, body: Any, status: int, pointer: str) -> None:
    """With a pointer; nothing is kept."""
    person = asked()
    refused = call(client, owner(person), "post", rated(person), status, body).json()
    assert refused["errors"][0]["pointer"] == pointer
    assert not Rating.objects.exists()


def test_others_cases_do_not_exist(client: Client) -> None:
    """Neither for citizens nor for officials; not signed in is 401."""
    person = asked()
    person.answer("5")
    for stranger in (sessions.citizen(), sessions.official("approver", person.organisation)):
        foreign = call(client, stranger, "get", rated(person), 404).json()
        unknown = call(client, stranger, "get", f"/cases/{uuid7()}/rating", 404).json()
        assert {**foreign, "request_id": ""} == {**unknown, "request_id": ""}
        call(client, stranger, "post", rated(person), 404, {"level": 1})
    call(client, None, "get", rated(person), 401)
    assert Rating.objects.get().level == 5


def test_officials_see_what_was_said_not_who(client: Client) -> None:
    """List, one, act; the page costs the same however long; others' organisations show nothing."""
    person = asked()
    person.answer("2 等太久")
    chief = sessions.official("approver", person.organisation)
    clerk = sessions.official("window_clerk", person.organisation)
    page = call(client, chief, "get", "/ratings/rectifications?state=opened", 200).json()
    row = page["items"][0]
    assert (row["comment"], row["level_name"], row["actions"]) == ("等太久", "不满意", ["assign"])
    text = str(page)
    assert str(person.person_id) not in text
    assert person.phone[3:] not in text
    path = f"/ratings/rectifications/{row['id']}"
    one = call(client, chief, "get", path, 200)
    body = {"action": "assign", "assignee_id": str(clerk.id)}
    call(client, chief, "post", f"{path}/actions", 400, body, If_Match=one["ETag"])
    given = call(
        client, chief, "post", f"{path}/actions", 200, body, If_Match=one["ETag"], Idempotency_Key=str(uuid4())
    )
    assert given.json()["state"] == "assigned"
    stale = {"If_Match": one["ETag"], "Idempotency_Key": str(uuid4())}
    call(client, clerk, "post", f"{path}/actions", 412, {"action": "record_contact", "note": "已联系"}, **stale)
    wrong = {"If_Match": given["ETag"], "Idempotency_Key": str(uuid4())}
    call(client, clerk, "post", f"{path}/actions", 403, {"action": "close", "note": "x"}, **wrong)
    assert call(client, clerk, "get", "/ratings/rectifications", 200).json()["items"][0]["actions"] == [
        "record_contact"
    ]
    stranger = sessions.official("approver")
    assert call(client, stranger, "get", "/ratings/rectifications", 200).json()["items"] == []
    call(client, stranger, "get", path, 404)
    assert Rectification.objects.get().state == "assigned"


def test_the_list_costs_the_same_for_many(client: Client) -> None:
    """No query a row."""
    first = asked()
    first.answer("1")
    chief = sessions.official("approver", first.organisation)
    costs = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            call(client, chief, "get", "/ratings/rectifications", 200)
        costs.append(len(queries))
        for _more in range(3):
            asked(organisation=first.organisation).answer("1")
    assert costs[0] == costs[1] <= MAX_QUERIES_OF_A_PAGE


def test_tags_are_offered(client: Client) -> None:
    """In the reader's language."""
    citizen = sessions.citizen()
    names = [row["name"] for row in call(client, citizen, "get", "/ratings/tags", 200).json()["items"]]
    assert names[0] == "办事效率"

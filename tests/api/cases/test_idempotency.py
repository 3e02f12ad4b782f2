"""Same Idempotency-Key, one effect, the first answer again (reliability F22, F03)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection

from backend.cases import services
from backend.cases.models import Case, CaseStep
from tests.factories import cases

TWINS = 24


@pytest.fixture
def at() -> cases.Department:
    return cases.department()


@pytest.fixture
def wang() -> cases.Api:
    return cases.citizen()


def _body(at: cases.Department, name: str = "王小明") -> dict[str, Any]:
    return {"power_id": str(at.power_id), "applicant": {"kind": "person"}, "form": {"name": name}}


def _count(api: cases.Api) -> int:
    assert api.caller is not None
    return Case.objects.filter(applicant_id=api.caller.id).count()


@pytest.mark.django_db(transaction=True)
def test_many_twins_make_one_case(at: cases.Department, wang: cases.Api) -> None:
    answers: list[Any] = []
    gate = threading.Barrier(TWINS)

    def run() -> None:
        gate.wait()
        answers.append(wang.post("/cases", _body(at), key="twins-of-one-intent"))
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(TWINS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert len({answer.json()["id"] for answer in answers if answer.status_code == 201}) == 1
    assert _count(wang) == 1


@pytest.mark.django_db
def test_the_first_answer_again_byte_for_byte(
    at: cases.Department, wang: cases.Api, travel: Callable[..., None]
) -> None:
    first = wang.post("/cases", _body(at), key="one-intent-0001")
    travel(hours=23)
    wang.sign_in_again()
    again = wang.post("/cases", _body(at), key="one-intent-0001")
    assert again.content == first.content
    assert (again.status_code, again["ETag"], again["Idempotent-Replayed"]) == (201, first["ETag"], "true")
    assert _count(wang) == 1


@pytest.mark.django_db
def test_a_submission_repeated_is_the_same_receipt(at: cases.Department, wang: cases.Api) -> None:
    case = cases.draft(wang, at.power_id)
    path = f"/cases/{case['id']}/submit"
    first, again = (wang.post(path, etag=case["etag"], key="one-submission") for _ in range(2))
    assert first.status_code == 201
    assert again.content == first.content
    assert CaseStep.objects.filter(case_id=case["id"], action="submit").count() == 1


@pytest.mark.django_db
def test_key_belongs_to_content_person_and_route(at: cases.Department, wang: cases.Api) -> None:
    key = "shared-by-chance"
    first = wang.post("/cases", _body(at), key=key)
    other_content = wang.post("/cases", _body(at, "王小朋"), key=key)
    assert (other_content.status_code, other_content.json()["code"]) == (422, "idempotency_key_reused")
    other_person = cases.citizen().post("/cases", _body(at), key=key)
    assert other_person.status_code == 201
    assert other_person.json()["id"] != first.json()["id"]
    other_route = wang.post(f"/cases/{first.json()['id']}/withdraw", etag=first["ETag"], key=key)
    assert other_route.status_code == 200
    assert _count(wang) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("key", [None, "", "short", "x" * 10_000, "control\tcharacter", "空格 与汉字"])
def test_a_key_is_needed_and_must_be_one(at: cases.Department, wang: cases.Api, key: str | None) -> None:
    assert wang.caller is not None
    headers = {**wang.caller.headers, **({"Idempotency-Key": key} if key is not None else {})}
    answer = wang.client.post("/api/v1/cases", _body(at), headers=headers, format="json")
    assert answer.status_code == 400
    assert _count(wang) == 0


@pytest.mark.django_db
def test_refusals_are_repeated_and_faults_are_not(
    at: cases.Department, wang: cases.Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = wang.post("/cases", {**_body(at), "form": {}})
    path = f"/cases/{bare.json()['id']}/submit"
    refused, again = (wang.post(path, etag=bare["ETag"], key="a-refused-intent") for _ in range(2))
    assert refused.status_code == 422
    assert again.content == refused.content
    with monkeypatch.context() as broken:
        broken.setattr(services, "start_draft", _away)
        assert wang.post("/cases", _body(at), key="a-broken-intent").status_code == 503
    assert wang.post("/cases", _body(at), key="a-broken-intent").status_code == 201
    assert _count(wang) == 2


def _away(**_: Any) -> None:
    raise OperationalError("the connection is gone")


@pytest.mark.django_db
def test_a_broken_batch_is_finished_by_the_same_request(
    at: cases.Department, wang: cases.Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [cases.submitted(wang, at.power_id) for _ in range(3)]
    items = [{"case_id": one["id"], "etag": one["etag"], "action": "accept"} for one in found]
    items[1]["etag"] = '"1"'
    act, done = services.act, []

    def breaks_at_the_third(**facts: Any) -> Case:
        if len(done) == 2:
            raise OperationalError("the connection is gone")
        done.append(facts["case_id"])
        return act(**facts)

    with monkeypatch.context() as broken:
        broken.setattr(services, "act", breaks_at_the_third)
        assert at.clerk.post("/approval/batch", {"items": items}, key="one-whole-batch").status_code == 503
    assert [cases.own(wang, one["id"])["state"] for one in found] == ["in_review", "submitted", "submitted"]
    whole = at.clerk.post("/approval/batch", {"items": items}, key="one-whole-batch")
    assert [row["status"] for row in whole.json()["items"]] == [200, 412, 200]
    again = at.clerk.post("/approval/batch", {"items": items}, key="one-whole-batch")
    assert again.content == whole.content
    assert again["Idempotent-Replayed"] == "true"
    assert CaseStep.objects.filter(action="accept").count() == 2
    reused = at.clerk.post("/approval/batch", {"items": items[:1]}, key="one-whole-batch")
    assert (reused.status_code, reused.json()["code"]) == (422, "idempotency_key_reused")

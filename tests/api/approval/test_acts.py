"""Officials' acts: version seen, post held, factor fresh, two people; two at once: one act, one refusal (F23)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from backend.accounts.models import RefreshSession
from backend.cases.models import Case, CaseStep
from kernel import clock
from tests.factories import cases


@pytest.mark.django_db
def test_version_is_needed_and_must_be_the_latest() -> None:
    at, wang = cases.department(), cases.citizen()
    case = cases.submitted(wang, at.power_id)
    path = f"/approval/cases/{case['id']}/actions"
    body = {"action": "accept", "opinion": "齐全"}
    assert at.clerk.post(path, body).status_code == 428
    stale = at.clerk.post(path, body, etag='"1"')
    assert stale.status_code == 412
    assert stale.json()["current"]["state"] == "submitted"
    assert Case.objects.get(pk=case["id"]).state == "submitted"


@pytest.mark.django_db
def test_own_application_and_own_review_are_left_to_others() -> None:
    at = cases.department()
    wang = cases.citizen()
    case = cases.pending(wang, at)
    Case.objects.filter(pk=case["id"]).update(applicant_id=at.approver.caller.id)  # type: ignore[union-attr]
    own = at.approver.post(
        f"/approval/cases/{case['id']}/actions", {"action": "grant", "opinion": "准"}, etag=case["etag"]
    )
    assert (own.status_code, own.json()["code"]) == (403, "case_own_application")


@pytest.mark.django_db
def test_signing_needs_a_fresh_factor() -> None:
    at, wang = cases.department(), cases.citizen()
    case = cases.pending(wang, at)
    old = clock.now() - timedelta(hours=2)
    RefreshSession.objects.filter(pk=at.approver.caller.session_id).update(mfa_at=old)  # type: ignore[union-attr]
    refused = cases.act(at.approver, case["id"], "grant")
    assert (refused.status_code, refused.json()["code"]) == (403, "mfa_required")
    assert Case.objects.get(pk=case["id"]).state == "pending_decision"


@pytest.mark.django_db
def test_wrong_post_is_refused() -> None:
    at, wang = cases.department(), cases.citizen()
    case = cases.submitted(wang, at.power_id)
    refused = cases.act(at.approver, case["id"], "accept")
    assert (refused.status_code, refused.json()["code"]) == (403, "case_not_your_step")


@pytest.mark.django_db
def test_tasks_by_time_left_and_by_last_digits() -> None:
    at, wang = cases.department(), cases.citizen()
    first, second = cases.submitted(wang, at.power_id), cases.submitted(wang, at.power_id)
    rows = at.clerk.get("/approval/tasks").json()["items"]
    assert {row["case_no"] for row in rows} == {first["case_no"], second["case_no"]}
    assert rows[0]["applicant"] == "王*明"
    found = at.clerk.get("/approval/tasks", q=second["case_no"][-6:]).json()["items"]
    assert [row["case_no"] for row in found] == [second["case_no"]]
    page = at.clerk.get("/approval/tasks", limit="1").json()
    rest = at.clerk.get("/approval/tasks", limit="1", cursor=page["next"]).json()
    assert {page["items"][0]["case_no"], rest["items"][0]["case_no"]} == {first["case_no"], second["case_no"]}
    assert rest["next"] is None


@pytest.mark.django_db
def test_batch_gives_a_result_for_each() -> None:
    at, wang = cases.department(), cases.citizen()
    good, stale = cases.submitted(wang, at.power_id), cases.submitted(wang, at.power_id)
    items = [
        {"case_id": good["id"], "etag": good["etag"], "action": "accept", "opinion": "齐全"},
        {"case_id": stale["id"], "etag": '"1"', "action": "accept", "opinion": "齐全"},
        {"case_id": "nonsense", "etag": '"1"', "action": "accept"},
    ]
    answer = at.clerk.post("/approval/batch", {"items": items})
    assert [row["status"] for row in answer.json()["items"]] == [200, 412, 400]
    assert Case.objects.get(pk=good["id"]).state == "in_review"
    assert Case.objects.get(pk=stale["id"]).state == "submitted"


def _together(*calls: Callable[[], Any]) -> list[Any]:
    answers: list[Any] = []
    gate = threading.Barrier(len(calls))

    def run(call: Callable[[], Any]) -> None:
        gate.wait()
        answers.append(call())
        connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def _three_ends(at: cases.Department, wang: cases.Api, case: dict[str, Any]) -> list[Callable[[], Any]]:
    path = f"/approval/cases/{case['id']}/actions"
    grant = {"action": "grant", "opinion": "准"}
    deny = {"action": "deny", "opinion": "否", "legal_basis": "教师法第十一条"}
    return [
        lambda: at.approver.post(path, grant, etag=case["etag"]),
        lambda: at.approver.post(path, deny, etag=case["etag"]),
        lambda: wang.post(f"/cases/{case['id']}/withdraw", etag=case["etag"]),
    ]


@pytest.mark.django_db(transaction=True)
def test_two_decisions_at_once_are_one() -> None:
    at, wang = cases.department(), cases.citizen()
    for _ in range(10):
        case = cases.pending(wang, at)
        answers = _together(*_three_ends(at, wang, case))
        assert sorted(answer.status_code for answer in answers) in ([200, 412, 412], [200, 409, 412], [200, 409, 409])
        ends = CaseStep.objects.filter(case_id=case["id"], action__in=["grant", "deny", "withdraw"])
        assert ends.count() == 1


@pytest.mark.django_db(transaction=True)
def test_twins_of_one_submit_make_one_number() -> None:
    at, wang = cases.department(), cases.citizen()
    case = cases.draft(wang, at.power_id)
    path = f"/cases/{case['id']}/submit"
    answers = _together(*[lambda: wang.post(path, etag=case["etag"], key="one-intent-only")] * 6)
    assert {answer.status_code for answer in answers} <= {201, 409}
    numbers = {answer.json()["case_no"] for answer in answers if answer.status_code == 201}
    assert len(numbers) == 1

"""What a case costs in queries, and that it costs no more the longer its list or its story is.

The figures are ceilings to be lowered, not raised without a reason.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.cases import rules
from backend.cases.models import Case
from tests.factories import cases

pytestmark = pytest.mark.django_db

CEILINGS = {
    "GET /cases": 3,
    "GET /cases/{id}": 9,
    "GET /cases/{id}/timeline": 5,
    "GET /approval/tasks": 11,
    "GET /approval/cases/{id}": 24,
    "GET /progress": 9,
    "submit": 62,
    "accept": 113,
    "pass": 89,
    "grant": 128,
}


@pytest.fixture
def at() -> cases.Department:
    return cases.department()


@pytest.fixture
def wang() -> cases.Api:
    return cases.citizen()


def queries(api: cases.Api, method: str, path: str, *given: Any, **options: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = getattr(api, method)(path, *given, **options)
    assert answer.status_code < 300, answer.content
    return len(captured)


def act(official: cases.Api, case_id: str, action: str) -> int:
    etag = official.get(f"/approval/cases/{case_id}")["ETag"]
    body = {"action": action, "opinion": "经审查。"}
    return queries(official, "post", f"/approval/cases/{case_id}/actions", body, etag=etag)


def reading(at: cases.Department, wang: cases.Api, case: dict[str, Any]) -> dict[str, int]:
    number, code = case["case_no"], case["query_code"]
    return {
        "GET /cases": queries(wang, "get", "/cases"),
        "GET /cases/{id}": queries(wang, "get", f"/cases/{case['id']}"),
        "GET /cases/{id}/timeline": queries(wang, "get", f"/cases/{case['id']}/timeline"),
        "GET /approval/tasks": queries(at.reviewer, "get", "/approval/tasks"),
        "GET /approval/cases/{id}": queries(at.reviewer, "get", f"/approval/cases/{case['id']}"),
        "GET /progress": queries(cases.Api(), "get", "/progress", case_no=number, query_code=code),
    }


def test_the_main_job_stays_below_its_ceilings(at: cases.Department, wang: cases.Api) -> None:
    case = cases.draft(wang, at.power_id)
    path = f"/cases/{case['id']}/submit"
    used = {"submit": queries(wang, "post", path, {}, etag=case["etag"])}
    used["accept"] = act(at.clerk, case["id"], "accept")
    used |= reading(at, wang, cases.own(wang, case["id"]))
    used["pass"] = act(at.reviewer, case["id"], "pass")
    used["grant"] = act(at.approver, case["id"], "grant")
    above = {name: (count, CEILINGS[name]) for name, count in used.items() if count > CEILINGS[name]}
    assert not above, f"more queries than allowed: {above}"


def test_more_cases_and_a_longer_story_cost_nothing_more(at: cases.Department, wang: cases.Api) -> None:
    case = cases.pending(wang, at)
    assert act(at.approver, case["id"], "send_back")
    first, first_pass = reading(at, wang, case), act(at.reviewer, case["id"], "pass")
    for _ in range(4):
        act(at.approver, case["id"], "send_back")
        act(at.reviewer, case["id"], "pass")
    for _ in range(3):
        other = cases.submitted(wang, at.power_id)
        act(at.clerk, other["id"], "accept")
    act(at.approver, case["id"], "send_back")
    later, later_pass = reading(at, wang, case), act(at.reviewer, case["id"], "pass")
    assert (later, later_pass) == (first, first_pass)


def test_last_digits_are_found_by_an_index(at: cases.Department, wang: cases.Api) -> None:
    row = Case.objects.get(pk=cases.submitted(wang, at.power_id)["id"])
    Case.objects.bulk_create(_copies(row, 3000))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_case")
        cursor.execute("EXPLAIN SELECT id FROM cases_case WHERE reverse(case_no) LIKE '781%'")
        plan = "\n".join(line[0] for line in cursor.fetchall())
    assert "case_last_digits" in plan
    with CaptureQueriesContext(connection) as captured:
        rows = at.clerk.get("/approval/tasks", q=(row.case_no or "")[-6:]).json()["items"]
    assert [found["case_no"] for found in rows] == [row.case_no]
    asked = next(query["sql"] for query in captured if "REVERSE" in query["sql"])
    assert "LIKE" in asked


def _copies(row: Case, count: int) -> list[Case]:
    fields = {field.attname: getattr(row, field.attname) for field in Case._meta.concrete_fields}
    del fields["id"]
    day = row.received_on
    assert day is not None
    return [Case(**{**fields, "case_no": rules.case_number("321399", day, serial)}) for serial in range(count)]

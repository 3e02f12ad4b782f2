"""The life of a case through the API: apply, supplement, accept, decide, deliver; and every other way it can end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from backend.cases.models import CaseNotice
from kernel.models import OutboxEvent
from tests.factories import cases

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> cases.Department:
    return cases.department()


@pytest.fixture
def wang() -> cases.Api:
    return cases.citizen()


def _types(case_id: str) -> list[str]:
    events = OutboxEvent.objects.filter(subject_id=case_id, type__startswith="case.").order_by("occurred_at", "id")
    return [event.type for event in events]


def test_granted_and_delivered(at: cases.Department, wang: cases.Api) -> None:
    case = cases.pending(wang, at)
    assert len(case["case_no"]) == 20
    assert case["state"] == "pending_decision"
    assert cases.act(at.approver, case["id"], "grant").json()["state"] == "approved"
    delivered = cases.act(at.clerk, case["id"], "deliver", delivery_method="counter")
    assert delivered.json()["state_label"] == "已办结"
    assert _types(case["id"]) == [
        "case.submitted", "case.accepted", "case.step_passed", "case.granted", "case.delivered", "case.closed",
    ]  # fmt: skip
    kinds = CaseNotice.objects.filter(case_id=case["id"]).order_by("at").values_list("kind", flat=True)
    assert list(kinds) == ["acceptance", "grant", "delivery"]
    story = wang.get(f"/cases/{case['id']}/timeline").json()["items"]
    assert [entry["kind"] for entry in story] == ["submit", "accept", "pass", "grant", "deliver"]
    assert all(entry["who"] == "" for entry in story)


def test_supplement_is_asked_for_once(at: cases.Department, wang: cases.Api) -> None:
    case = cases.submitted(wang, at.power_id)
    asked = cases.act(at.clerk, case["id"], "request_supplement", items=["体检证明", "学历证书"])
    assert asked.json()["state"] == "supplement_required"
    case = cases.own(wang, case["id"])
    assert case["supplement_items"] == ["体检证明", "学历证书"]
    again = wang.post(f"/cases/{case['id']}/supplement", etag=case["etag"])
    assert again.json()["state"] == "submitted"
    second = cases.act(at.clerk, case["id"], "request_supplement", items=["还有一项"])
    assert (second.status_code, second.json()["code"]) == (409, "case_second_supplement")
    assert cases.act(at.clerk, case["id"], "accept").status_code == 200


def test_refusal_names_reasons_law_and_remedy(at: cases.Department, wang: cases.Api) -> None:
    case = cases.submitted(wang, at.power_id)
    bare = cases.act(at.clerk, case["id"], "refuse_acceptance", opinion="")
    assert bare.status_code == 422
    assert {fault["pointer"] for fault in bare.json()["errors"]} == {"/opinion", "/legal_basis"}
    done = cases.act(
        at.clerk, case["id"], "refuse_acceptance", opinion="不属于本机关职权范围", legal_basis="行政许可法第三十二条"
    )
    assert done.json()["state"] == "not_accepted"
    notice = cases.own(wang, case["id"])["notices"][0]
    assert notice["title"] == "不予受理决定书"
    assert any("行政复议" in paragraph for paragraph in notice["paragraphs"])


def test_silence_for_five_working_days_is_acceptance(
    at: cases.Department, wang: cases.Api, travel: Callable[..., None], deliver_events: Callable[[], int]
) -> None:
    case = cases.submitted(wang, at.power_id)
    travel(days=20)
    deliver_events()
    wang.sign_in_again()
    after = cases.own(wang, case["id"])
    assert after["state"] == "in_review"
    assert after["accepted_on"] == case["received_on"]
    assert "case.deemed_accepted" in _types(case["id"])
    deliver_events()
    assert _types(case["id"]).count("case.deemed_accepted") == 1


def test_special_procedure_stops_the_clock(at: cases.Department, wang: cases.Api, travel: Callable[..., None]) -> None:
    case = cases.submitted(wang, at.power_id)
    due = cases.act(at.clerk, case["id"], "accept").json()["due_on"]
    paused = cases.act(at.reviewer, case["id"], "suspend", procedure="expert_review", planned_days=5)
    assert paused.json()["state"] == "special_procedure"
    travel(days=10)
    at.reviewer.sign_in_again()
    resumed = cases.act(at.reviewer, case["id"], "resume")
    assert resumed.json()["state"] == "in_review"
    assert resumed.json()["due_on"] > due
    notice = CaseNotice.objects.get(case_id=case["id"], kind="special_procedure")
    assert notice.title == "特别程序时间告知书"


def test_extension_once_and_within_the_law(at: cases.Department, wang: cases.Api) -> None:
    case = cases.pending(wang, at)
    too_long = cases.act(at.approver, case["id"], "extend", extension_days=11)
    assert too_long.status_code == 422
    longer = cases.act(at.approver, case["id"], "extend", extension_days=10, opinion="案情复杂")
    assert longer.json()["due_on"] > case["due_on"]
    again = cases.act(at.approver, case["id"], "extend", extension_days=1)
    assert (again.status_code, again.json()["code"]) == (409, "deadline_already_extended")


def test_denial(at: cases.Department, wang: cases.Api) -> None:
    case = cases.pending(wang, at)
    denied = cases.act(at.approver, case["id"], "deny", opinion="不具备相应学历", legal_basis="教师法第十一条")
    assert denied.json()["state"] == "denied"
    assert cases.own(wang, case["id"])["outcome"] == "denied"
    assert cases.act(at.clerk, case["id"], "deliver").json()["state"] == "closed"


def test_sent_back_and_reviewed_again(at: cases.Department, wang: cases.Api) -> None:
    case = cases.pending(wang, at)
    assert cases.act(at.approver, case["id"], "send_back", opinion="请补充核查").json()["state"] == "in_review"
    assert cases.act(at.reviewer, case["id"], "send_back").status_code == 409
    assert cases.act(at.reviewer, case["id"], "pass").json()["state"] == "pending_decision"


@pytest.mark.parametrize("stage", ["draft", "submitted", "pending"])
def test_withdrawal(at: cases.Department, wang: cases.Api, stage: str) -> None:
    makers: dict[str, Callable[[], dict[str, Any]]] = {
        "draft": lambda: cases.draft(wang, at.power_id),
        "submitted": lambda: cases.submitted(wang, at.power_id),
        "pending": lambda: cases.pending(wang, at),
    }
    case = makers[stage]()
    gone = wang.post(f"/cases/{case['id']}/withdraw", etag=cases.own(wang, case["id"])["etag"])
    assert gone.json()["state"] == "withdrawn"
    for official in (at.clerk, at.reviewer, at.approver):
        assert official.get("/approval/tasks").json()["items"] == []


def test_submit_needs_identity_form_and_materials(at: cases.Department) -> None:
    unnamed = cases.citizen(named=False)
    case = cases.draft(unnamed, at.power_id)
    refused = unnamed.post(f"/cases/{case['id']}/submit", etag=case["etag"])
    assert (refused.status_code, refused.json()["code"]) == (403, "case_identity_needed")
    wang = cases.citizen()
    body = {"power_id": str(at.power_id), "applicant": {"kind": "person"}, "form": {}}
    bare = wang.post("/cases", body)
    path = f"/cases/{bare.json()['id']}"
    faulty = wang.post(f"{path}/submit", etag=bare["ETag"])
    assert faulty.status_code == 422
    assert faulty.json()["errors"][0]["pointer"] == "/form/name"
    filled = wang.call("patch", path, {"form": {"name": "王小明"}}, etag=bare["ETag"])
    missing = wang.post(f"{path}/submit", etag=filled["ETag"])
    assert missing.json()["errors"][0]["pointer"] == "/materials/id_card"


def test_progress_without_signing_in(at: cases.Department, wang: cases.Api) -> None:
    case = cases.submitted(wang, at.power_id)
    anybody = cases.Api()
    shown = anybody.get("/progress", case_no=case["case_no"], query_code=case["query_code"].lower())
    assert shown.json()["clock"] == "agency"
    assert "王小明" not in shown.content.decode()
    wrong = anybody.get("/progress", case_no=case["case_no"], query_code="AAAAAAAA")
    unknown = anybody.get("/progress", case_no="32130020131125000187", query_code="AAAAAAAA")
    assert wrong.status_code == unknown.status_code == 404
    assert wrong.json()["code"] == unknown.json()["code"]

"""What the law asks of single points: receipt, vouchers, silence, pauses, two people, and what is kept of a draft."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from backend.accounts.types import Role
from backend.attachments.models import StoredFile
from backend.cases.models import Case, CaseNotice
from backend.powers.types import LegalBasis, StepInfo
from kernel.clock import SHANGHAI
from kernel.models import OutboxEvent, PersonEvent
from tests.factories import cases, sessions

pytestmark = pytest.mark.django_db
Travel = Callable[..., None]

CLERK = StepInfo("accept", "受理", "window_clerk", 0)
IMMEDIATE = {"project_type": "immediate", "promised_limit": 0, "steps": (CLERK,)}


@pytest.fixture
def wang() -> cases.Api:
    return cases.citizen()


def _paragraphs(api: cases.Api, case_id: str, kind: str) -> str:
    found = [notice for notice in cases.own(api, case_id)["notices"] if notice["kind"] == kind]
    assert len(found) == 1
    return "".join(found[0]["paragraphs"])


@pytest.mark.parametrize(
    ("sent", "received"),
    [
        (datetime(2026, 3, 5, 10, 0), "2026-03-05"),
        (datetime(2026, 3, 5, 20, 30), "2026-03-06"),
        (datetime(2026, 3, 7, 10, 0), "2026-03-09"),
        (datetime(2026, 2, 14, 10, 0), "2026-02-14"),
        (datetime(2026, 9, 30, 22, 0), "2026-10-08"),
    ],
)
def test_received_on_the_next_working_day(travel: Travel, sent: datetime, received: str) -> None:
    travel(to=sent.replace(tzinfo=SHANGHAI))
    at, wang = cases.department(), cases.citizen()
    case = cases.draft(wang, at.power_id)
    receipt = wang.post(f"/cases/{case['id']}/submit", etag=case["etag"]).json()["receipt"]
    assert receipt["received_on"] == received
    assert receipt["case_no"][6:14] == f"{sent:%Y%m%d}"


def test_silence_is_not_told_as_complete_materials(travel: Travel, deliver_events: Callable[[], int]) -> None:
    travel(to=datetime(2026, 3, 2, 10, 0, tzinfo=SHANGHAI))
    at, wang = cases.department(), cases.citizen()
    case = cases.submitted(wang, at.power_id)
    travel(to=datetime(2026, 3, 10, 10, 0, tzinfo=SHANGHAI))
    deliver_events()
    wang.sign_in_again()
    after = cases.own(wang, case["id"])
    assert (after["accepted_on"], after["due_on"]) == ("2026-03-02", "2026-03-16")
    text = _paragraphs(wang, case["id"], "acceptance")
    assert "视为自2026年03月02日起受理" in text
    assert "材料齐全" not in text


def test_answered_in_time_is_not_accepted_by_law(
    wang: cases.Api, travel: Travel, deliver_events: Callable[[], int]
) -> None:
    at = cases.department()
    case = cases.submitted(wang, at.power_id)
    assert cases.act(at.clerk, case["id"], "request_supplement", items=["学历证书"]).status_code == 200
    travel(days=30)
    deliver_events()
    wang.sign_in_again()
    assert cases.own(wang, case["id"])["state"] == "supplement_required"


def test_an_immediate_item_is_due_on_the_day_and_needs_one_step(wang: cases.Api) -> None:
    at = cases.department(type_code="public_service", **IMMEDIATE)
    case = cases.submitted(wang, at.power_id)
    story = wang.get(f"/cases/{case['id']}/timeline").json()["items"]
    assert [entry["kind"] for entry in story] == ["submit", "accept", "accept", "deliver"]
    accepted = cases.act(at.clerk, case["id"], "accept").json()
    after = cases.own(wang, case["id"])
    assert (accepted["state"], accepted["due_on"]) == ("pending_decision", after["accepted_on"])
    assert cases.act(at.clerk, case["id"], "grant").json()["state"] == "approved"
    assert cases.act(at.clerk, case["id"], "deliver", delivery_method="on_the_spot").json()["state"] == "closed"
    titles = [notice["title"] for notice in cases.own(wang, case["id"])["notices"]]
    assert titles == ["受理通知书", "准予决定书", "送达回证"]
    texts = "".join(_paragraphs(wang, case["id"], kind) for kind in ("acceptance", "grant"))
    assert "行政许可法" not in texts


def test_a_licence_is_denied_by_the_decision_the_law_names(wang: cases.Api) -> None:
    at = cases.department(legal_bases=(LegalBasis("教师法", "第十一条", "学历要求"),))
    case = cases.pending(wang, at)
    bare = cases.act(at.approver, case["id"], "deny", opinion=" ", legal_basis="")
    assert [fault["pointer"] for fault in bare.json()["errors"]] == ["/opinion", "/legal_basis"]
    cases.act(at.approver, case["id"], "deny", opinion="不具备相应学历", legal_basis="教师法第十一条")
    notice = CaseNotice.objects.get(case_id=case["id"], kind="denial")
    assert notice.title == "不予行政许可决定书"
    text = _paragraphs(wang, case["id"], "denial")
    assert all(part in text for part in ("不具备相应学历", "教师法第十一条", "行政复议", "行政诉讼"))


def test_each_special_procedure_stops_the_clock_once(wang: cases.Api, travel: Travel) -> None:
    at = cases.department()
    case = cases.submitted(wang, at.power_id)
    cases.act(at.clerk, case["id"], "accept")
    before = at.reviewer.get("/approval/tasks").json()["items"][0]
    cases.act(at.reviewer, case["id"], "suspend", procedure="hearing", planned_days=3)
    waiting = at.reviewer.get("/approval/tasks").json()["items"]
    assert [(row["kind"], row["remaining"]) for row in waiting] == [("case.resume", 3)]
    assert cases.act(at.reviewer, case["id"], "pass").status_code == 409
    assert cases.act(at.reviewer, case["id"], "resume").json()["state"] == "in_review"
    after = at.reviewer.get("/approval/tasks").json()["items"][0]
    assert (after["kind"], after["due_on"] >= before["due_on"]) == ("case.review", True)
    again = cases.act(at.reviewer, case["id"], "suspend", procedure="hearing", planned_days=3)
    assert (again.status_code, again.json()["code"]) == (409, "case_procedure_repeated")
    travel(days=1)
    at.reviewer.sign_in_again()
    other = cases.act(at.reviewer, case["id"], "suspend", procedure="expert_review", planned_days=3)
    assert other.status_code == 200


def test_a_late_step_does_not_bar_a_special_procedure(wang: cases.Api, travel: Travel) -> None:
    at = cases.department(
        steps=(CLERK, StepInfo("review", "审查", "reviewer", 1), StepInfo("d", "决定", "approver", 3))
    )
    case = cases.submitted(wang, at.power_id)
    cases.act(at.clerk, case["id"], "accept")
    travel(days=5)
    at.reviewer.sign_in_again()
    assert at.reviewer.get("/approval/tasks").json()["items"][0]["overdue"]
    paused = cases.act(at.reviewer, case["id"], "suspend", procedure="testing", planned_days=3)
    assert paused.status_code == 200, paused.content
    assert cases.act(at.reviewer, case["id"], "resume").status_code == 200


def test_an_extension_comes_before_the_due_date(wang: cases.Api, travel: Travel) -> None:
    at = cases.department()
    case = cases.pending(wang, at)
    travel(days=60)
    at.approver.sign_in_again()
    late = cases.act(at.approver, case["id"], "extend", extension_days=5, opinion="案情复杂")
    assert (late.status_code, late.json()["code"]) == (409, "extension_too_late")


def test_who_reviewed_does_not_decide(wang: cases.Api) -> None:
    step = StepInfo("review", "审查", "approver", 2)
    at = cases.department(steps=(CLERK, step, StepInfo("decide", "决定", "approver", 3)))
    case = cases.submitted(wang, at.power_id)
    cases.act(at.clerk, case["id"], "accept")
    assert cases.act(at.approver, case["id"], "pass").json()["state"] == "pending_decision"
    alone = cases.act(at.approver, case["id"], "grant")
    assert (alone.status_code, alone.json()["code"]) == (403, "case_same_person")
    colleague = cases.Api(sessions.official(Role.APPROVER, at.place))
    assert cases.act(colleague, case["id"], "grant").status_code == 200


def test_a_legal_officer_handles_the_step_that_is_his(wang: cases.Api) -> None:
    steps = (CLERK, StepInfo("legal", "法制审核", "legal_officer", 2), StepInfo("decide", "决定", "approver", 3))
    at = cases.department(steps=steps)
    officer = cases.Api(sessions.official(Role.LEGAL_OFFICER, at.place))
    case = cases.submitted(wang, at.power_id)
    assert officer.get(f"/approval/cases/{case['id']}").status_code == 404
    cases.act(at.clerk, case["id"], "accept")
    assert cases.act(officer, case["id"], "pass").json()["state"] == "pending_decision"


def test_a_draft_thrown_away_leaves_no_data(wang: cases.Api) -> None:
    at = cases.department()
    case = cases.draft(wang, at.power_id)
    gone = wang.post(f"/cases/{case['id']}/withdraw", etag=case["etag"]).json()
    assert (gone["state"], gone["form"], gone["materials"]) == ("withdrawn", {}, [])
    assert set(StoredFile.objects.filter(owner_id=case["id"]).values_list("state", flat=True)) == {"discarded"}
    assert not OutboxEvent.objects.filter(subject_id=case["id"]).exists()
    assert wang.get("/me/snapshot").json()["state"]["cases"] == []


def test_drafts_are_limited(wang: cases.Api) -> None:
    at = cases.department()
    body = {"power_id": str(at.power_id), "applicant": {"kind": "person"}, "form": {}}
    for _ in range(20):
        assert wang.post("/cases", body).status_code == 201
    full = wang.post("/cases", body)
    assert (full.status_code, full.json()["code"]) == (409, "case_too_many_drafts")


def test_corrections_after_submission_reach_other_screens(wang: cases.Api) -> None:
    at = cases.department()
    case = cases.submitted(wang, at.power_id)
    cases.act(at.clerk, case["id"], "request_supplement", items=["更正姓名"])
    case = cases.own(wang, case["id"])
    wang.call("patch", f"/cases/{case['id']}", {"form": {"name": "王晓明"}}, etag=case["etag"])
    last = PersonEvent.objects.filter(subject_id=case["id"], type="case.changed").latest("seq")
    assert last.data["upsert"]["cases"] == [
        row for row in wang.get("/me/snapshot").json()["state"]["cases"] if row["id"] == case["id"]
    ]


def test_two_languages(wang: cases.Api) -> None:
    at = cases.department()
    case = cases.submitted(wang, at.power_id)
    assert wang.caller is not None
    headers = {**wang.caller.headers, "Accept-Language": "en"}
    shown = wang.client.get(f"/api/v1/cases/{case['id']}", headers=headers).json()
    story = wang.client.get(f"/api/v1/cases/{case['id']}/timeline", headers=headers).json()["items"]
    assert shown["state_label"] == "Waiting for acceptance"
    assert story[0]["title"] == "Application handed in"
    assert case["state_label"] == "待受理"


def test_what_is_personal_stands_nowhere_in_clear(wang: cases.Api) -> None:
    at = cases.department()
    case = cases.submitted(wang, at.power_id)
    row = Case.objects.filter(pk=case["id"]).extra(select={"raw": "cases_case::text"}).values("raw")[0]["raw"]
    assert "王小明" not in row
    assert case["query_code"] not in row
    assert "王小明" not in str(list(OutboxEvent.objects.filter(subject_id=case["id"]).values("data")))

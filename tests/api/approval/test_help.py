"""What helps an official decide: a masked file, data in clear with a reason, wordings, a look ahead at an act."""

from __future__ import annotations

import copy
import json
from datetime import date, timedelta

import pytest

from backend.cases.models import Case, CaseNotice, CaseStep, OpinionWording
from backend.journal.models import JournalLine
from kernel import clock
from kernel.models import OutboxEvent
from tests.factories import cases, powers


@pytest.mark.django_db
def test_a_masked_file_shows_no_personal_data() -> None:
    schema = copy.deepcopy(powers.content().form_schema)
    schema["properties"]["name"]["x-mask"] = "name"
    at, wang = cases.department(form_schema=schema), cases.citizen()
    case = cases.submitted(wang, at.power_id)
    whole = at.clerk.get(f"/approval/cases/{case['id']}").json()
    masked = at.clerk.get(f"/approval/cases/{case['id']}", masked="true").json()
    assert (whole["identity"]["name"], masked["identity"]["name"]) == ("王小明", "王*明")
    assert masked["identity"]["id_number"].count("*") == 11
    assert (whole["form"]["name"], masked["form"]["name"]) == ("王小明", "王*明")


@pytest.mark.django_db
def test_unmasking_needs_a_reason_and_is_journalled() -> None:
    at, wang = cases.department(), cases.citizen()
    case = cases.submitted(wang, at.power_id)
    path = f"/approval/cases/{case['id']}/unmask"
    assert at.clerk.post(path, {"names": ["id_number"], "reason": "  "}).status_code == 400
    before = JournalLine.objects.filter(action="case.unmasked").count()
    answer = at.clerk.post(path, {"names": ["id_number"], "reason": "电话核对身份"})
    assert answer.status_code == 200
    assert answer.json() == {"id_number": at.clerk.get(f"/approval/cases/{case['id']}").json()["identity"]["id_number"]}
    lines = JournalLine.objects.filter(action="case.unmasked")
    assert lines.count() == before + 1
    line = lines.latest("recorded_at")
    assert json.loads(line.data)["fields"] == ["id_number"]
    assert str(line.subject_id) == case["id"]


@pytest.mark.django_db
def test_a_stranger_and_another_office_unmask_nothing() -> None:
    at, other, wang = cases.department(), cases.department(), cases.citizen()
    case = cases.submitted(wang, at.power_id)
    body = {"names": ["phone"], "reason": "电话核对身份"}
    assert other.clerk.post(f"/approval/cases/{case['id']}/unmask", body).status_code == 404
    assert wang.post(f"/approval/cases/{case['id']}/unmask", body).status_code == 404
    assert not JournalLine.objects.filter(action="case.unmasked", subject_id=case["id"]).exists()


@pytest.mark.django_db
def test_a_preview_tells_what_the_act_will_say_and_does_nothing() -> None:
    at, wang = cases.department(), cases.citizen()
    case = cases.submitted(wang, at.power_id)
    path, body = f"/approval/cases/{case['id']}", {"action": "accept", "opinion": "材料齐全"}
    before = (CaseStep.objects.count(), CaseNotice.objects.count(), OutboxEvent.objects.count())
    seen = at.clerk.post(f"{path}/preview", body, etag=case["etag"])
    assert seen.status_code == 200, seen.content
    assert (CaseStep.objects.count(), CaseNotice.objects.count(), OutboxEvent.objects.count()) == before
    assert Case.objects.get(pk=case["id"]).state == "submitted"
    done = at.clerk.post(f"{path}/actions", body, etag=case["etag"])
    assert done.status_code == 200, done.content
    file = at.clerk.get(path).json()
    issued = [{"title": one["title"], "paragraphs": one["paragraphs"]} for one in file["notices"]]
    assert seen.json()["notices"] == issued
    assert (seen.json()["state"], seen.json()["due_on"]) == (file["state"], file["due_on"])
    assert seen.json()["messages"][0]["title"]
    assert file["case_no"] in seen.json()["messages"][0]["body"]


@pytest.mark.django_db
def test_a_preview_refuses_what_the_act_would_refuse() -> None:
    at, wang = cases.department(), cases.citizen()
    case = cases.submitted(wang, at.power_id)
    path = f"/approval/cases/{case['id']}/preview"
    refuse = {"action": "refuse_acceptance", "opinion": "不属于本机关职权范围"}
    lacking = at.clerk.post(path, refuse, etag=case["etag"])
    assert (lacking.status_code, lacking.json()["errors"][0]["pointer"]) == (422, "/legal_basis")
    assert at.clerk.post(path, refuse, etag='"1"').status_code == 412
    assert at.approver.post(path, refuse, etag=case["etag"]).json()["code"] == "case_not_your_step"
    assert wang.post(path, refuse, etag=case["etag"]).status_code == 404


@pytest.mark.django_db
def test_a_signing_act_can_be_previewed_without_a_fresh_factor() -> None:
    at, wang = cases.department(), cases.citizen()
    case = cases.pending(wang, at)
    body = {"action": "deny", "opinion": "不符合条件", "legal_basis": "教师法第十一条"}
    seen = at.approver.post(f"/approval/cases/{case['id']}/preview", body, etag=case["etag"])
    assert seen.json()["state"] == "denied"
    assert any("教师法第十一条" in line for line in seen.json()["notices"][0]["paragraphs"])
    assert Case.objects.get(pk=case["id"]).state == "pending_decision"


@pytest.mark.django_db
def test_wordings_are_rows_with_dates() -> None:
    at, wang = cases.department(), cases.citizen()
    today = clock.today()
    OpinionWording.objects.create(
        action="grant", field="opinion", text="已经停用。", effective_from=date(2020, 1, 1),
        effective_until=today - timedelta(days=1),
    )  # fmt: skip
    OpinionWording.objects.create(
        action="grant", field="opinion", text="明日启用。", effective_from=today + timedelta(days=1)
    )
    items = at.approver.get("/approval/wordings").json()["items"]
    texts = [row["text"] for row in items if row["action"] == "grant"]
    assert "申请人的申请符合法定条件、标准，依法准予行政许可。" in texts
    assert not {"已经停用。", "明日启用。"} & set(texts)
    assert {"refuse_acceptance", "deny"} <= {row["action"] for row in items if row["field"] == "legal_basis"}
    assert wang.get("/approval/wordings").json()["items"] == []


@pytest.mark.django_db
def test_to_dos_by_kind() -> None:
    at, wang = cases.department(), cases.citizen()
    cases.submitted(wang, at.power_id)
    assert len(at.clerk.get("/approval/tasks", kind="case.accept").json()["items"]) == 1
    assert at.clerk.get("/approval/tasks", kind="case.deliver").json()["items"] == []
    assert at.clerk.get("/approval/tasks", kind="case.nonsense").status_code == 400

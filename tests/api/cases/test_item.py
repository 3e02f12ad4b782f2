"""What an applicant has to fill in, with what the account knows already; for its owner, by the version that counts."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories import accounts, cases, powers

pytestmark = pytest.mark.django_db

FIELDS = {
    "name": {"type": "string", "title": "姓名", "maxLength": 50, "x-prefill": "identity.name"},
    "id_number": {"type": "string", "title": "号码", "maxLength": 18, "x-prefill": "identity.id_number"},
    "mobile": {"type": "string", "title": "手机", "maxLength": 11, "x-prefill": "account.phone"},
    "company": {"type": "string", "title": "单位", "maxLength": 100, "x-prefill": "legal_person.name"},
    "remark": {"type": "string", "title": "说明", "maxLength": 100},
}
SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "properties": FIELDS,
    "x-groups": [{"title": "申请人", "fields": list(FIELDS)}],
}


def _begun(api: cases.Api, power_id: Any, **form: Any) -> dict[str, Any]:
    body = {"power_id": str(power_id), "applicant": {"kind": "person"}, "form": form}
    answer = api.post("/cases", body)
    assert answer.status_code == 201, answer.content
    begun: dict[str, Any] = answer.json()
    return begun


def test_a_draft_begins_with_what_the_account_knows() -> None:
    wang, power_id = cases.citizen(), powers.published(form_schema=SCHEMA)
    form = _begun(wang, power_id)["form"]
    assert form["name"] == "王小明"
    assert len(form["id_number"]) == 18
    assert len(form["mobile"]) == 11
    assert form["mobile"].startswith("1")
    assert set(form) == {"name", "id_number", "mobile"}


def test_what_the_person_says_comes_first_and_nothing_is_made_up() -> None:
    power_id = powers.published(form_schema=SCHEMA)
    assert _begun(cases.citizen(), power_id, name="王老太")["form"]["name"] == "王老太"
    assert set(_begun(cases.citizen(named=False), power_id)["form"]) == {"mobile"}


def test_the_form_and_the_documents_are_those_it_is_handed_in_under() -> None:
    place = accounts.organisation()
    power_id = powers.published(place, form_schema=SCHEMA)
    wang = cases.citizen()
    case = cases.draft(wang, power_id)
    found = wang.get(f"/cases/{case['id']}/item").json()
    assert found["power_id"] == str(power_id)
    assert found["form_schema"] == SCHEMA
    assert "id_card" in [material["code"] for material in found["materials"]]
    assert wang.post(f"/cases/{case['id']}/submit", etag=case["etag"]).status_code == 201
    assert wang.get(f"/cases/{case['id']}/item").json()["version_id"] == found["version_id"]


def test_nobody_else_sees_it() -> None:
    case = _begun(cases.citizen(), powers.published())
    assert cases.citizen().get(f"/cases/{case['id']}/item").status_code == 404
    assert cases.Api().get(f"/cases/{case['id']}/item").status_code == 401

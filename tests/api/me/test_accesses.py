"""Everybody sees which official opened their files, read their documents, or saw their numbers in clear, and nobody
sees that of somebody else."""

from __future__ import annotations

import pytest

from tests.factories import cases


@pytest.mark.django_db
def test_every_look_of_an_official_is_shown_to_the_applicant() -> None:
    at, wang = cases.department(), cases.citizen()
    case = cases.submitted(wang, at.power_id)
    assert wang.get("/me/accesses").json() == {"items": [], "next": None}
    file = at.clerk.get(f"/approval/cases/{case['id']}").json()
    at.clerk.get(f"/cases/{case['id']}/materials/{file['materials'][0]['id']}/content")
    at.clerk.post(f"/approval/cases/{case['id']}/unmask", {"names": ["id_number"], "reason": "电话核对身份"})
    looks = wang.get("/me/accesses").json()["items"]
    assert [look["kind"] for look in looks] == ["number", "document", "file"]
    assert looks[0]["names"] == ["id_number"]
    assert {(look["case_no"], look["power_name"]) for look in looks} == {(file["case_no"], file["power_name"])}
    assert all("*" in look["who"] for look in looks)


@pytest.mark.django_db
def test_the_own_looks_and_those_at_others_are_not_shown() -> None:
    at, wang, li = cases.department(), cases.citizen(), cases.citizen()
    case = cases.submitted(wang, at.power_id)
    at.clerk.get(f"/approval/cases/{case['id']}")
    wang.get(f"/cases/{case['id']}")
    assert len(wang.get("/me/accesses").json()["items"]) == 1
    assert li.get("/me/accesses").json()["items"] == []


@pytest.mark.django_db
def test_pages_follow_each_other() -> None:
    at, wang = cases.department(), cases.citizen()
    case = cases.submitted(wang, at.power_id)
    for _ in range(3):
        at.clerk.get(f"/approval/cases/{case['id']}")
    first = wang.get("/me/accesses", limit="2").json()
    second = wang.get("/me/accesses", limit="2", cursor=first["next"]).json()
    assert [len(page["items"]) for page in (first, second)] == [2, 1]
    assert second["next"] is None

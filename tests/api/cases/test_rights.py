"""Who may see and do what on whose case (reliability F33, F34): a matrix of callers, denied = nothing happened, and an
allowed control in each row, so that a product that refuses everybody fails too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from backend.accounts.types import Role
from backend.cases.models import Case, CaseMaterial, CaseNotice, CaseStep
from backend.journal.models import JournalLine
from backend.workflow.models import Task
from kernel.models import OutboxEvent, PersonEvent
from tests.factories import accounts, cases, powers, sessions
from tests.factories.cases import Api

pytestmark = pytest.mark.django_db

Make = Callable[["City"], dict[str, Any]]
Call = Callable[[Api, dict[str, Any]], Any]


@dataclass
class City:
    """A department below a parent, its neighbours, and everybody who might knock."""

    at: cases.Department = field(init=False)
    owner: Api = field(default_factory=cases.citizen)
    callers: dict[str, Api] = field(init=False)

    def __post_init__(self) -> None:
        parent = accounts.organisation()
        place = accounts.organisation(parent=parent)
        self.at = cases.Department(place, powers.published(place))
        sibling, county = accounts.organisation(parent=parent), accounts.organisation(region_code="321324")
        clerk = self.at.clerk.caller
        assert clerk is not None
        self.callers = {
            "owner": self.owner,
            "other citizen": cases.citizen(),
            "clerk": self.at.clerk,
            "clerk without second factor": Api(sessions.signed_in(clerk.id, organisation=place)),
            "reviewer": self.at.reviewer,
            "approver": self.at.approver,
            "clerk above": Api(sessions.official(Role.WINDOW_CLERK, parent)),
            "sibling's clerk": Api(sessions.official(Role.WINDOW_CLERK, sibling)),
            "sibling's approver": Api(sessions.official(Role.APPROVER, sibling)),
            "other county's clerk": Api(sessions.official(Role.WINDOW_CLERK, county)),
            "auditor": Api(sessions.official(Role.AUDITOR, place)),
            "other county's auditor": Api(sessions.official(Role.AUDITOR, county)),
            "system manager": Api(sessions.official(Role.SYSTEM_MANAGER, place)),
            "anonymous": Api(),
        }


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[City]:
    """One city for the whole file: fourteen people with passwords take a while. Each test rolls back what it did."""
    outer = transaction.atomic()
    outer._from_testcase = True  # type: ignore[attr-defined] - as Django's own test cases do for durable blocks
    with django_db_blocker.unblock(), outer:
        yield City()
        transaction.set_rollback(True)


def _draft(city: City) -> dict[str, Any]:
    return cases.draft(city.owner, city.at.power_id)


def _submitted(city: City) -> dict[str, Any]:
    return cases.submitted(city.owner, city.at.power_id)


def _asked(city: City) -> dict[str, Any]:
    case = _submitted(city)
    assert cases.act(city.at.clerk, case["id"], "request_supplement", items=["学历证书"]).status_code == 200
    return cases.own(city.owner, case["id"])


def _withdrawn_draft(city: City) -> dict[str, Any]:
    case = _draft(city)
    assert city.owner.post(f"/cases/{case['id']}/withdraw", etag=case["etag"]).status_code == 200
    return cases.own(city.owner, case["id"])


def _material(case: dict[str, Any]) -> str:
    return f"/cases/{case['id']}/materials/{case['materials'][0]['id'] if case['materials'] else uuid4()}"


def _accept(api: Api, case: dict[str, Any]) -> Any:
    return api.post(f"/approval/cases/{case['id']}/actions", {"action": "accept"}, etag=case["etag"])


HANDLERS = {"clerk", "reviewer", "approver", "clerk above"}
ROWS: dict[str, tuple[Make, Call, dict[str, int]]] = {
    "read": (_submitted, lambda api, case: api.get(f"/cases/{case['id']}"), {"owner": 200}),
    "story": (_submitted, lambda api, case: api.get(f"/cases/{case['id']}/timeline"), {"owner": 200}),
    "save": (
        _draft,
        lambda api, case: api.call("patch", f"/cases/{case['id']}", {"form": {"name": "张三"}}, etag=case["etag"]),
        {"owner": 200},
    ),
    "add a file": (
        _draft,
        lambda api, case: api.post(
            f"/cases/{case['id']}/materials", {"material": "photo", "file": cases.photo()}, format="multipart"
        ),
        {"owner": 201},
    ),
    "take a file back": (_draft, lambda api, case: api.call("delete", _material(case)), {"owner": 204}),
    "file of a draft": (_draft, lambda api, case: api.get(f"{_material(case)}/content"), {"owner": 200}),
    "file": (
        _submitted,
        lambda api, case: api.get(f"{_material(case)}/content"),
        {"owner": 200, **dict.fromkeys(HANDLERS, 200)},
    ),
    "submit": (_draft, lambda api, case: api.post(f"/cases/{case['id']}/submit", etag=case["etag"]), {"owner": 201}),
    "withdraw": (
        _submitted,
        lambda api, case: api.post(f"/cases/{case['id']}/withdraw", etag=case["etag"]),
        {"owner": 200},
    ),
    "supplement": (
        _asked,
        lambda api, case: api.post(f"/cases/{case['id']}/supplement", etag=case["etag"]),
        {"owner": 200},
    ),
    "case file": (
        _submitted,
        lambda api, case: api.get(f"/approval/cases/{case['id']}"),
        {**dict.fromkeys(HANDLERS, 200), "auditor": 200},
    ),
    "accept": (_submitted, _accept, {"reviewer": 403, "approver": 403, "clerk": 200, "clerk above": 412}),
    "accept from above": (_submitted, _accept, {"reviewer": 403, "approver": 403, "clerk above": 200, "clerk": 412}),
}
NOBODYS: dict[str, tuple[Make, Call]] = {
    "draft": (_draft, lambda api, case: api.get(f"/approval/cases/{case['id']}")),
    "accepted draft": (_draft, _accept),
    "draft thrown away": (_withdrawn_draft, lambda api, case: api.get(f"/approval/cases/{case['id']}")),
}


def _state_of_everything() -> tuple[Any, ...]:
    found = Case.objects.order_by("id").values_list("id", "version", "state", "updated_at")
    tables = (CaseStep, CaseNotice, OutboxEvent, PersonEvent, JournalLine, Task)
    counts = [table.objects.count() for table in tables]  # type: ignore[attr-defined]
    materials = CaseMaterial.objects.order_by("id").values_list("id", "removed_at")
    return tuple(found), tuple(counts), tuple(materials)


def _body(answer: Any) -> dict[str, Any]:
    return {name: value for name, value in answer.json().items() if name != "request_id"}


def _check_denied(city: City, call: Call, case: dict[str, Any], who: str, status: int) -> None:
    before = _state_of_everything()
    answer = call(city.callers[who], case)
    assert answer.status_code == status, f"{who}: {answer.status_code} {answer.content[:200]!r}"
    assert _state_of_everything() == before, f"{who} was refused, yet something happened"
    if status == 404:
        unknown = call(city.callers[who], {**case, "id": str(uuid4())})
        assert _body(answer) == _body(unknown), f"{who} can tell a foreign case from one that is not there"


@pytest.mark.parametrize("row", ROWS)
def test_matrix(city: City, row: str) -> None:
    make, call, known = ROWS[row]
    case = make(city)
    refused = {who: known.get(who, 404) for who in city.callers if known.get(who, 404) >= 400}
    for who, status in sorted(refused.items()):
        if status != 412:
            _check_denied(city, call, case, who, 401 if who == "anonymous" else status)
    for who, status in known.items():
        if status < 400 or status == 412:
            assert call(city.callers[who], case).status_code == status, who


@pytest.mark.parametrize("row", NOBODYS)
def test_what_was_never_handed_in_is_the_owners_alone(city: City, row: str) -> None:
    make, call = NOBODYS[row]
    case = make(city)
    for who in city.callers:
        _check_denied(city, call, case, who, 401 if who == "anonymous" else 404)
    assert city.owner.get(f"/cases/{case['id']}").status_code == 200


def test_lists_hold_nothing_foreign(city: City) -> None:
    case = _submitted(city)
    for who, api in city.callers.items():
        if who == "anonymous":
            continue
        own = [row["id"] for row in api.get("/cases").json()["items"]]
        assert own == ([case["id"]] if who == "owner" else []), who
        for query in ({}, {"q": case["case_no"][-6:]}):
            rows = api.get("/approval/tasks", **query).json()["items"]
            expected = [case["id"]] if who in {"clerk", "clerk above"} else []
            assert [row["case_id"] for row in rows] == expected, who


def test_a_batch_reaches_no_further_than_its_acts(city: City) -> None:
    case = _submitted(city)
    items = [{"case_id": case["id"], "etag": case["etag"], "action": "accept"}]
    for who in ("owner", "other citizen", "sibling's clerk", "auditor", "clerk without second factor"):
        answer = city.callers[who].post("/approval/batch", {"items": items})
        assert [row["status"] for row in answer.json()["items"]] == [404], who
    assert cases.own(city.owner, case["id"])["state"] == "submitted"
    answer = city.at.clerk.post("/approval/batch", {"items": items})
    assert [row["status"] for row in answer.json()["items"]] == [200]


def test_who_handles_sees_everything_and_who_audits_sees_masks(city: City) -> None:
    case = _submitted(city)
    handled = city.at.reviewer.get(f"/approval/cases/{case['id']}").json()
    audited = city.callers["auditor"].get(f"/approval/cases/{case['id']}").json()
    number = handled["identity"]["id_number"]
    assert (handled["identity"]["name"], handled["form"]) == ("王小明", {"name": "王小明"})
    assert audited["identity"]["id_number"] == f"{number[:3]}{'*' * 11}{number[-4:]}"
    assert (audited["identity"]["name"], audited["form"], audited["actions"]) == ("王*明", {}, [])
    assert JournalLine.objects.filter(action="case.viewed", subject_id=case["id"]).count() == 2


EXTRAS = {
    "id": str(uuid4()),
    "state": "approved",
    "applicant_id": str(uuid4()),
    "organisation_id": str(uuid4()),
    "case_no": "32130020131125000187",
    "received_on": "2013-11-25",
    "version": 9,
    "is_staff": True,
}


@pytest.mark.parametrize("name", EXTRAS)
def test_nobody_writes_what_is_not_his_to_write(city: City, name: str) -> None:
    case = _draft(city)
    extra = {name: EXTRAS[name]}
    before = _state_of_everything()
    body = {"power_id": str(city.at.power_id), "applicant": {"kind": "person"}, "form": {}}
    nested = {**body, "applicant": {"kind": "person", **extra}}
    act = {"action": "withdraw", **extra}
    answers = [
        city.owner.post("/cases", {**body, **extra}),
        city.owner.post("/cases", nested),
        city.owner.call("patch", f"/cases/{case['id']}", {"form": {}, **extra}, etag=case["etag"]),
        city.owner.post(f"/cases/{case['id']}/submit", extra, etag=case["etag"]),
        city.at.clerk.post(f"/approval/cases/{case['id']}/actions", act, etag=case["etag"]),
    ]
    assert [answer.status_code for answer in answers] == [400] * 5
    assert _state_of_everything() == before


def test_other_verbs_do_nothing(city: City) -> None:
    case = _draft(city)
    before = _state_of_everything()
    assert city.owner.call("put", f"/cases/{case['id']}", {"form": {}}, etag=case["etag"]).status_code == 405
    assert city.owner.call("delete", f"/cases/{case['id']}").status_code == 405
    assert city.owner.caller is not None
    headers = {**city.owner.caller.headers, "X-HTTP-Method-Override": "PATCH", "If-Match": case["etag"]}
    disguised = city.owner.client.post(f"/api/v1/cases/{case['id']}", {"form": {}}, headers=headers, format="json")
    assert disguised.status_code == 405
    assert _state_of_everything() == before

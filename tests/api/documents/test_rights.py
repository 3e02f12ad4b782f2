"""Who may see and do what on whose document: a matrix of callers; each row has one who may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.accounts import selectors as accounts
from backend.accounts.types import Role
from backend.documents import services
from backend.documents.models import Document
from backend.documents.types import Act, Kind
from tests.factories import accounts as people
from tests.factories import cases, sessions
from tests.factories.cases import Api
from tests.factories.documents import BODY

pytestmark = pytest.mark.django_db


@dataclass
class Town:
    """A document that is being checked, one that is numbered, and everybody who might knock."""

    callers: dict[str, Api] = field(init=False)

    def __post_init__(self) -> None:
        above = people.organisation()
        self.place = people.organisation(parent=above)
        far = people.organisation(region_code="321324")
        self.callers = {
            "drafter": Api(sessions.official(Role.REVIEWER, self.place)),
            "checker": Api(sessions.official(Role.REVIEWER, self.place)),
            "leader": Api(sessions.official(Role.APPROVER, self.place)),
            "clerk": Api(sessions.official(Role.DOCUMENT_CLERK, self.place)),
            "reader": Api(sessions.official(Role.REVIEWER, far)),
            "colleague": Api(sessions.official(Role.REVIEWER, self.place)),
            "clerk above": Api(sessions.official(Role.DOCUMENT_CLERK, above)),
            "clerk elsewhere": Api(sessions.official(Role.DOCUMENT_CLERK, far)),
            "manager": Api(sessions.official(Role.SYSTEM_MANAGER, above)),
            "citizen": cases.citizen(),
            "anonymous": Api(),
        }
        self.ids = {name: api.caller.id for name, api in self.callers.items() if api.caller is not None}
        services.keep_code(actor=people.system(), organisation_id=self.place.id, code="宿测发")
        self.checked = self._draft()
        self.numbered = self._draft()
        for who, act in (("checker", Act.CHECK), ("leader", Act.ISSUE), ("clerk", Act.RECHECK)):
            self._act(who, self.numbered, act)
        self._act("clerk", self.numbered, Act.DISTRIBUTE, people=[self.ids["reader"]])
        self.numbered.refresh_from_db()

    def _draft(self) -> Document:
        actor = accounts.actor_for(self.ids["drafter"])
        made = services.draft(actor=actor, kind=Kind.NOTICE, title="关于测试的通知", body=BODY)
        self._act("drafter", made, Act.SUBMIT, checker_id=self.ids["checker"], leader_id=self.ids["leader"])
        return made

    def _act(self, who: str, document: Document, what: Act, **wishes: Any) -> None:
        services.act(actor=accounts.actor_for(self.ids[who]), document_id=document.id, what=what, **wishes)

    def do(self, api: Api, document: Document, action: str, **more: Any) -> Any:
        """An act over the API on the document as it is."""
        version = Document.objects.get(pk=document.id).version
        return api.post(f"/documents/{document.id}/actions", {"action": action, **more}, etag=f'"{version}"')


@pytest.fixture
def town() -> Town:
    return Town()


Call = Callable[[Town, Api], Any]
INSIDE = {"drafter": 200, "checker": 200, "leader": 200, "clerk": 200}
NO_CITIZEN = {"citizen": 403}
OFFICIALS = (
    "drafter",
    "checker",
    "leader",
    "clerk",
    "reader",
    "colleague",
    "clerk above",
    "clerk elsewhere",
    "manager",
)

MATRIX: dict[str, tuple[Call, dict[str, int]]] = {
    "read one that is checked": (lambda town, api: api.get(f"/documents/{town.checked.id}"), INSIDE | NO_CITIZEN),
    "read one that was distributed": (
        lambda town, api: api.get(f"/documents/{town.numbered.id}"),
        INSIDE | {"reader": 200} | NO_CITIZEN,
    ),
    "editions": (lambda town, api: api.get(f"/documents/{town.checked.id}/editions"), INSIDE | NO_CITIZEN),
    "check": (
        lambda town, api: town.do(api, town.checked, "check"),
        {"checker": 200, "drafter": 403, "leader": 403, "clerk": 403},
    ),
    "send back": (
        lambda town, api: town.do(api, town.checked, "send_back", opinion="请修改"),
        {"checker": 200, "drafter": 403, "leader": 403, "clerk": 403},
    ),
    "edit": (
        lambda town, api: api.call(
            "patch",
            f"/documents/{town.checked.id}",
            {"title": "关于测试工作的通知"},
            etag=f'"{Document.objects.get(pk=town.checked.id).version}"',
        ),
        {"checker": 200, "drafter": 403, "leader": 403, "clerk": 403},
    ),
    "void": (
        lambda town, api: town.do(api, town.numbered, "void", opinion="有误"),
        {"clerk": 200, "drafter": 403, "checker": 403, "leader": 403, "reader": 403},
    ),
    "chase": (
        lambda town, api: town.do(api, town.numbered, "chase"),
        {"clerk": 200, "drafter": 200, "leader": 200, "checker": 403, "reader": 403},
    ),
    "receipt": (
        lambda town, api: api.post(f"/documents/{town.numbered.id}/read"),
        dict.fromkeys([*INSIDE, "reader"], 204) | NO_CITIZEN,
    ),
    "draft": (
        lambda town, api: api.post("/documents", {"kind": "notice", "title": "关于值班的通知"}),
        dict.fromkeys(OFFICIALS, 201) | NO_CITIZEN,
    ),
    "receive": (
        lambda town, api: api.post("/documents/incoming", {"kind": "notice", "title": "来文", "sender": "省办"}),
        dict.fromkeys([*OFFICIALS, "citizen"], 403) | dict.fromkeys(["clerk", "clerk above", "clerk elsewhere"], 201),
    ),
    "register of numbers": (
        lambda town, api: api.get("/documents/numbers", code="宿测发", year=2026),
        dict.fromkeys(OFFICIALS, 422) | {"clerk": 200} | NO_CITIZEN,
    ),
    "list": (lambda town, api: api.get("/documents"), dict.fromkeys(OFFICIALS, 200) | NO_CITIZEN),
}


@pytest.mark.parametrize("what", MATRIX)
def test_each_caller_gets_what_is_due(town: Town, what: str) -> None:
    call, expected = MATRIX[what]
    wanted = {name: expected.get(name, 401 if name == "anonymous" else 404) for name in town.callers}
    allowed = [name for name in town.callers if wanted[name] < 300]
    order = [name for name in town.callers if name not in allowed] + allowed[:1]
    found = {name: call(town, town.callers[name]).status_code for name in order}
    assert found == {name: wanted[name] for name in order}


def test_lists_show_each_what_is_theirs(town: Town) -> None:
    def titles(who: str, **query: Any) -> int:
        return len(town.callers[who].get("/documents", **query).json()["items"])

    assert [titles(who) for who in ("drafter", "checker", "clerk", "reader", "colleague", "clerk above")] == [
        2, 2, 2, 1, 0, 0
    ]  # fmt: skip
    assert titles("checker", box="todo") == 1
    assert titles("reader", box="unread") == 1
    town.callers["reader"].post(f"/documents/{town.numbered.id}/read")
    assert titles("reader", box="unread") == 0
    assert titles("drafter", q=town.numbered.number.replace("〔", "[").replace("〕", "]")) == 1
    assert titles("drafter", box="incoming") == 0


def test_a_stale_act_changes_nothing_and_a_missing_person_is_named(town: Town) -> None:
    api = town.callers["checker"]
    stale = api.post(f"/documents/{town.checked.id}/actions", {"action": "check"}, etag='"1"')
    assert stale.status_code == 412
    made = town.callers["drafter"].post("/documents", {"kind": "letter", "title": "关于商请的函"}).json()
    refused = town.callers["drafter"].post(
        f"/documents/{made['id']}/actions", {"action": "submit"}, etag=f'"{made["version"]}"'
    )
    assert refused.status_code == 400
    assert [one["pointer"] for one in refused.json()["errors"]] == ["/checker_id", "/leader_id"]


def test_a_page_of_documents_costs_the_same_whatever_it_holds(town: Town) -> None:
    api = town.callers["drafter"]

    def cost(path: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert api.get(path).status_code == 200
        return len(queries)

    before = cost("/documents")
    for _ in range(4):
        api.post("/documents", {"kind": "notice", "title": "关于值班的通知"})
    assert cost("/documents") == before <= 8
    assert cost(f"/documents/{town.numbered.id}") <= 16

"""Who may see and do what on whose order (reliability F33, F34): a matrix of callers, refused = nothing happened, and
an allowed control in each row; a foreign order and one that is not there look alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from backend.inquiries.models import Order, OrderEntry, OrderFile, Publication, Reply
from backend.journal.models import JournalLine
from backend.workflow.models import Task
from kernel.models import OutboxEvent, PersonEvent
from tests.api.inquiries.people import api
from tests.factories import accounts, cases, sessions
from tests.factories import inquiries as make
from tests.factories.cases import Api

pytestmark = pytest.mark.django_db
Call = Callable[[Api, dict[str, Any]], Any]
ANSWER = {"text": make.ANSWER, "law_basis": "《城市照明管理规定》", "resolution": "solved"}


@dataclass
class Town:
    """A hotline, its units, and everybody who might knock."""

    net: make.Net = field(default_factory=make.net)
    owner: Api = field(default_factory=cases.citizen)
    callers: dict[str, Api] = field(init=False)

    def __post_init__(self) -> None:
        net, elsewhere = self.net, accounts.organisation(region_code="321324")
        self.callers = {
            "owner": self.owner,
            "other citizen": cases.citizen(),
            "operator": api(net.operator),
            "dispatcher": api(net.dispatcher),
            "handler": api(net.city.handler),
            "deputy": api(net.city.deputy),
            "handler without second factor": Api(sessions.signed_in(net.city.handler.person_id)),
            "assistant": api(net.county.handler),
            "other unit": api(net.township.handler),
            "clerk of the unit": Api(sessions.official("window_clerk", net.city.place)),
            "handler elsewhere": Api(sessions.official("inquiry_handler", elsewhere)),
            "dispatcher elsewhere": Api(sessions.official("hotline_dispatcher", elsewhere)),
            "anonymous": Api(),
        }


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Town]:
    """One town for the whole file. Each test rolls back what it did."""
    outer = transaction.atomic()
    outer._from_testcase = True  # type: ignore[attr-defined] - as Django's own test cases do for durable blocks
    with django_db_blocker.unblock(), outer:
        yield Town()
        transaction.set_rollback(True)


def _asked(town: Town) -> dict[str, Any]:
    made = town.owner.post("/inquiries", {"words": make.WORDS}).json()
    return {"id": made["id"], "path": made["id"]}


def _dispatched(town: Town) -> dict[str, Any]:
    order = _asked(town)
    make.dispatched(town.net, make.fresh(order["id"]), assist_ids=(town.net.county.place.id,))
    return order


def _signed(town: Town) -> dict[str, Any]:
    order = _dispatched(town)
    make.act(town.net.city.handler, make.fresh(order["id"]), "sign")
    return order


def _submitted(town: Town) -> dict[str, Any]:
    order = _signed(town)
    make.answer(town.net.city, make.fresh(order["id"]))
    return order


def _answered(town: Town) -> dict[str, Any]:
    order = _submitted(town)
    make.act(town.net.city.deputy, make.fresh(order["id"]), "sign_off")
    make.act(town.net.dispatcher, make.fresh(order["id"]), "pass_review")
    return order


def _with_photo(town: Town) -> dict[str, Any]:
    order = _dispatched(town)
    path = f"/inquiries/{order['id']}/files"
    order["file"] = town.owner.post(path, {"file": cases.photo()}, format="multipart").json()["id"]
    return order


def _act(side: str, action: str, **fields: Any) -> Call:
    def call(who: Api, order: dict[str, Any]) -> Any:
        version = Order.objects.values_list("version", flat=True).filter(pk=order["id"]).first() or 1
        path = f"/{side}/{order['path']}/actions"
        return who.post(path, {"action": action, **fields}, etag=f'"{version}"')

    return call


def _say(who: Api, order: dict[str, Any]) -> Any:
    version = Order.objects.values_list("version", flat=True).get(pk=order["id"])
    said = {"contacted": True, "solved": True, "satisfied": True}
    return who.post(f"/inquiries/{order['path']}/satisfaction", said, etag=f'"{version}"')


def _get(path: str) -> Call:
    return lambda who, order: who.get(path.format(**order))


def _upload(path: str) -> Call:
    return lambda who, order: who.post(path.format(**order), {"file": cases.photo()}, format="multipart")


def _unmask(side: str) -> Call:
    body = {"names": ["phone"], "reason": "电话联系诉求人"}
    return lambda who, order: who.post(f"/{side}/{order['path']}/unmask", body)


UNIT, DESK = "inquiries/handling", "hotline/orders"
IN_REACH = ("operator", "dispatcher", "handler", "deputy", "assistant")
READS = dict.fromkeys(IN_REACH, 200)
NOT_THEIRS = dict.fromkeys(IN_REACH, 403)
ROWS: dict[str, tuple[Callable[[Town], dict[str, Any]], Call, dict[str, int]]] = {
    "read": (_dispatched, _get("/inquiries/{path}"), {"owner": 200}),
    "story": (_dispatched, _get("/inquiries/{path}/timeline"), {"owner": 200}),
    "add a photo": (_dispatched, _upload("/inquiries/{path}/files"), {"owner": 201}),
    "photo": (_with_photo, _get("/inquiries/{path}/files/{file}/content"), {"owner": 200, **READS}),
    "say": (_answered, _say, {"owner": 200}),
    "handle": (_dispatched, _get(f"/{UNIT}/{{path}}"), READS),
    "number in clear": (_dispatched, _unmask(UNIT), READS),
    "number in clear at the desk": (_dispatched, _unmask(DESK), {"operator": 200, "dispatcher": 200}),
    "add a paper": (
        _signed,
        _upload(f"/{UNIT}/{{path}}/files"),
        {**dict.fromkeys(IN_REACH, 201)},
    ),
    "sign": (_dispatched, _act(UNIT, "sign"), {**NOT_THEIRS, "assistant": 200, "handler": 200}),
    "answer": (_signed, _act(UNIT, "submit_reply", **ANSWER), {**NOT_THEIRS, "handler": 200}),
    "sign off": (_submitted, _act(UNIT, "sign_off"), {**NOT_THEIRS, "deputy": 200}),
    "opinion": (_signed, _act(UNIT, "give_opinion", text="由物业负责。"), {**NOT_THEIRS, "assistant": 200}),
    "urge": (_signed, _act(DESK, "urge"), {**NOT_THEIRS, "operator": 200, "dispatcher": 200}),
}


def _state_of_everything() -> tuple[Any, ...]:
    orders = Order.objects.order_by("id").values_list("id", "version", "state", "updated_at")
    tables = (OrderEntry, OrderFile, Reply, Publication, OutboxEvent, PersonEvent, JournalLine, Task)
    return tuple(orders), tuple(table.objects.count() for table in tables)  # type: ignore[attr-defined]


def _body(answer: Any) -> dict[str, Any]:
    return {name: value for name, value in answer.json().items() if name != "request_id"}


@pytest.mark.parametrize("row", ROWS)
def test_matrix(town: Town, row: str) -> None:
    prepare, call, known = ROWS[row]
    order = prepare(town)
    for who, caller in town.callers.items():
        status = 401 if who == "anonymous" else known.get(who, 404)
        if status < 400:
            continue
        before = _state_of_everything()
        answer = call(caller, order)
        assert answer.status_code == status, f"{who}: {answer.status_code} {answer.content[:200]!r}"
        assert _state_of_everything() == before, f"{who} was refused, yet something happened"
        if status == 404:
            unknown = call(caller, {**order, "path": str(uuid4())})
            assert _body(answer) == _body(unknown), f"{who} can tell a foreign order from one that is not there"
    for who, status in known.items():
        if status < 400:
            with transaction.atomic():
                assert call(town.callers[who], order).status_code == status, who
                transaction.set_rollback(True)


DESK_ONLY = (
    "/hotline/orders", "/hotline/calls", "/hotline/wallboard", "/hotline/handovers", "/hotline/publications",
    "/hotline/units", "/hotline/tasks",
)  # fmt: skip


def test_the_desk_is_the_hotlines(town: Town) -> None:
    order = _dispatched(town)
    for path in DESK_ONLY:
        seen = {who: caller.get(path) for who, caller in town.callers.items()}
        assert [seen[who].status_code for who in ("operator", "dispatcher", "anonymous")] == [200, 200, 401], path
        outside = {who: answer for who, answer in seen.items() if who not in ("operator", "dispatcher", "anonymous")}
        shown = {who for who, answer in outside.items() if answer.status_code == 200 and answer.json()["items"]}
        assert not shown, f"{path} shows something to {shown}"
        assert all(order["id"] not in str(answer.content) for answer in outside.values()), path


def test_lists_hold_nothing_foreign(town: Town) -> None:
    order = _dispatched(town)
    for who, caller in town.callers.items():
        if who == "anonymous":
            continue
        own = [row["id"] for row in caller.get("/inquiries").json()["items"]]
        assert own == ([order["id"]] if who == "owner" else []), who
        waits = [row["order"]["id"] for row in caller.get("/inquiries/tasks").json()["items"]]
        assert waits == ([order["id"]] if who in {"handler", "assistant"} else []), who


def test_a_report_shows_its_caller_to_no_unit(town: Town) -> None:
    caller = {"name": "欧阳举报", "phone": "13905271234"}
    body = {"words": "举报某公司欠薪，我叫欧阳举报。", "request_type": "report", "caller": caller}
    made = town.callers["operator"].post("/hotline/orders", body).json()
    make.dispatched(town.net, make.fresh(made["id"]))
    for who in ("handler", "deputy"):
        shown = town.callers[who].get(f"/inquiries/handling/{made['id']}").content.decode()
        listed = town.callers[who].get("/inquiries/tasks").content.decode()
        assert "欧阳举报" not in shown + listed, who
        assert "13905271234" not in shown + listed, who
    assert "欧阳举报" in town.callers["operator"].get(f"/hotline/orders/{made['id']}").content.decode()

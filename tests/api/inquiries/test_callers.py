"""Who asked, as officials see it: masked for screens, in clear for a reason that is kept and that who asked can read,
never for those from whom the caller is protected."""

from __future__ import annotations

import json
from typing import Any

import pytest

from backend.journal.models import JournalLine
from tests.api.inquiries.people import api
from tests.factories import accounts, cases
from tests.factories import inquiries as make
from tests.factories.cases import Api

pytestmark = pytest.mark.django_db
BODY = {"names": ["name", "phone"], "reason": "电话联系诉求人"}
UNIT, DESK = "/inquiries/handling", "/hotline/orders"


@pytest.fixture
def net() -> make.Net:
    return make.net()


def registered(net: make.Net, **fields: Any) -> tuple[str, str]:
    """An order of somebody on the phone, in the hands of the city's unit: its id and the number."""
    phone = accounts.mobile()
    body = {"words": make.WORDS, "caller": {"name": "周大爷", "phone": phone}, **fields}
    order_id = api(net.operator).post("/hotline/orders", body).json()["id"]
    make.dispatched(net, make.fresh(order_id))
    return order_id, phone


def looks(order_id: str) -> list[JournalLine]:
    return list(JournalLine.objects.filter(action="inquiry.unmasked", subject_id=order_id))


def test_screens_get_name_and_number_masked(net: make.Net) -> None:
    order_id, phone = registered(net)
    hidden = {"name": "周*爷", "phone": f"{phone[-11:-8]}****{phone[-4:]}", "gender": ""}
    for who, side in ((net.operator, DESK), (net.city.handler, UNIT)):
        answer = api(who).get(f"{side}/{order_id}", masked="true")
        assert answer.json()["caller"] == hidden
        assert phone[-11:] not in answer.content.decode()


def test_the_number_in_clear_needs_a_reason_that_is_kept(net: make.Net) -> None:
    order_id, phone = registered(net)
    handler = api(net.city.handler)
    path = f"{UNIT}/{order_id}/unmask"
    for wrong in ({**BODY, "reason": "  "}, {**BODY, "names": []}, {**BODY, "names": ["words"]}):
        assert handler.post(path, wrong).status_code == 400
    assert not looks(order_id)
    assert handler.post(path, BODY).json() == {"name": "周大爷", "phone": phone}
    (line,) = looks(order_id)
    assert line.actor_id == net.city.handler.person_id
    assert json.loads(line.data) == {"fields": ["name", "phone"]}
    assert BODY["reason"] not in line.data


def test_who_asked_reads_who_saw_his_number(net: make.Net) -> None:
    owner = cases.citizen()
    made = owner.post("/inquiries", {"words": make.WORDS}).json()
    make.dispatched(net, make.fresh(made["id"]))
    assert api(net.city.handler).post(f"{UNIT}/{made['id']}/unmask", {**BODY, "names": ["phone"]}).status_code == 200
    shown = owner.get("/me/accesses").json()["items"]
    assert [(one["kind"], one["names"], one["about"]) for one in shown] == [("number", ["phone"], "inquiry")]


@pytest.mark.parametrize("hidden", [{"request_type": "report"}, {"confidential": True}, {"anonymous": True}])
def test_a_hidden_caller_stays_hidden_from_the_unit(net: make.Net, hidden: dict[str, Any]) -> None:
    order_id, phone = registered(net, **hidden)
    for who in (net.city.handler, net.city.deputy):
        answer = api(who).post(f"{UNIT}/{order_id}/unmask", BODY)
        assert answer.status_code == 404
        assert phone[-8:] not in answer.content.decode()
    assert not looks(order_id)
    seen = api(net.operator).post(f"{DESK}/{order_id}/unmask", BODY).json()
    assert seen["phone"] == phone


def test_somebody_elses_unit_finds_nothing(net: make.Net) -> None:
    order_id, _ = registered(net)
    strangers: tuple[Api, ...] = (api(net.township.handler), cases.citizen())
    assert [who.post(f"{UNIT}/{order_id}/unmask", BODY).status_code for who in strangers] == [404, 404]
    assert api(net.city.handler).post(f"{DESK}/{order_id}/unmask", BODY).status_code == 404
    assert not looks(order_id)

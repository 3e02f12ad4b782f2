"""The unit's handler: to-dos by time left, an answer with law and papers, an assisting unit's opinion; what the unit
keeps for itself is not the citizen's."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.api.inquiries.people import api
from tests.factories import cases
from tests.factories import inquiries as make
from tests.factories.cases import Api

pytestmark = pytest.mark.django_db
ANSWER = {"text": make.ANSWER, "law_basis": "《城市照明管理规定》第二十一条", "resolution": "solved"}


@pytest.fixture
def net() -> make.Net:
    return make.net()


def act(who: Api, order_id: object, action: str, **fields: Any) -> Any:
    path = f"/inquiries/handling/{order_id}"
    return who.post(f"{path}/actions", {"action": action, **fields}, etag=who.get(path)["ETag"])


def add(who: Api, order_id: object, name: str) -> str:
    path = f"/inquiries/handling/{order_id}/files"
    made = who.post(path, {"file": cases.photo(name)}, format="multipart")
    assert made.status_code == 201, made.content
    return str(made.json()["id"])


def test_papers_go_to_the_citizen_with_the_answer_and_not_before(net: make.Net) -> None:
    citizen = cases.citizen()
    asked = citizen.post("/inquiries", {"words": make.WORDS}).json()["id"]
    make.signed(net, make.fresh(asked))
    handler, deputy = api(net.city.handler), api(net.city.deputy)
    shown, kept = add(handler, asked, "现场.jpg"), add(handler, asked, "内部.jpg")
    assert citizen.get(f"/inquiries/{asked}").json()["files"] == []
    assert act(handler, asked, "submit_reply", file_ids=[str(uuid4())], **ANSWER).status_code == 404
    assert act(handler, asked, "submit_reply", file_ids=[shown], **ANSWER).status_code == 200
    assert deputy.get(f"/inquiries/handling/{asked}").json()["replies"][0]["file_ids"] == [shown]
    assert act(deputy, asked, "sign_off").status_code == 200
    assert citizen.get(f"/inquiries/{asked}/files/{shown}/content").status_code == 404
    make.act(net.dispatcher, make.fresh(asked), "pass_review")
    seen = citizen.get(f"/inquiries/{asked}").json()
    assert [one["id"] for one in seen["files"]] == seen["replies"][0]["file_ids"] == [shown]
    assert citizen.get(f"/inquiries/{asked}/files/{shown}/content").status_code == 200
    assert citizen.get(f"/inquiries/{asked}/files/{kept}/content").status_code == 404


def test_an_answer_takes_no_file_of_another_order(net: make.Net) -> None:
    one, other = make.called(net), make.called(net, "平安路菜场后门垃圾堆了一个星期没有人清运。")
    for order in (one, other):
        make.signed(net, order)
    handler = api(net.city.handler)
    foreign = add(handler, other.id, "别处.jpg")
    assert act(handler, one.id, "submit_reply", file_ids=[foreign], **ANSWER).status_code == 404
    assert make.fresh(one.id).state == "signed"


def test_an_assisting_unit_opens_the_order_from_its_to_do(net: make.Net) -> None:
    order = make.called(net)
    make.dispatched(net, order, assist_ids=(net.county.place.id,))
    assistant = api(net.county.handler)
    todo = next(one for one in assistant.get("/agenda/todos").json()["items"] if one["subject_kind"] == "inquiry_part")
    opened = assistant.get(f"/inquiries/handling/{todo['subject_id']}").json()
    assert (opened["id"], "give_opinion" in opened["actions"]) == (str(order.id), True)
    assert api(net.township.handler).get(f"/inquiries/handling/{todo['subject_id']}").status_code == 404
    assert act(assistant, order.id, "give_opinion", text="小区内部路灯由物业负责。").status_code == 200
    assert assistant.get("/inquiries/tasks").json()["items"] == []


def test_a_merged_callers_answer_has_the_papers_too(net: make.Net) -> None:
    citizen = cases.citizen()
    asked = citizen.post("/inquiries", {"words": make.WORDS}).json()["id"]
    first = make.called(net)
    make.signed(net, first)
    make.act(net.dispatcher, make.fresh(asked), "merge", target_no=first.order_no, note="同一处路灯")
    handler = api(net.city.handler)
    shown = add(handler, first.id, "现场.jpg")
    assert act(handler, first.id, "submit_reply", file_ids=[shown], **ANSWER).status_code == 200
    make.act(net.city.deputy, first, "sign_off")
    make.act(net.dispatcher, first, "pass_review")
    assert citizen.get(f"/inquiries/{asked}").json()["replies"][0]["file_ids"] == [shown]
    assert citizen.get(f"/inquiries/{asked}/files/{shown}/content").status_code == 200

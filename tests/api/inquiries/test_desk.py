"""The operators' desk and the unit's side through the API: screen pop, registration, suggestions, wallboard, hand-over,
knowledge, publications after a privacy check, figures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from backend.inquiries import services
from tests.api.inquiries.people import api
from tests.factories import accounts, cases
from tests.factories import inquiries as make
from tests.factories.cases import Api

pytestmark = pytest.mark.django_db
Travel = Callable[..., None]


@pytest.fixture
def net() -> make.Net:
    return make.net()


@pytest.fixture
def operator(net: make.Net) -> Api:
    return api(net.operator)


@pytest.fixture
def leader(net: make.Net) -> Api:
    return api(net.leader)


def act(who: Api, order_id: str, action: str, *, side: str = "hotline/orders", **fields: Any) -> Any:
    etag = who.get(f"/{side}/{order_id}")["ETag"]
    return who.post(f"/{side}/{order_id}/actions", {"action": action, **fields}, etag=etag)


def test_a_call_becomes_an_order_that_its_unit_answers(net: make.Net, operator: Api) -> None:
    phone = accounts.mobile()
    services.note_call(sid="CA" + "1" * 32, status="ringing", number=phone)
    call = operator.get("/hotline/calls").json()["items"][0]
    assert operator.post(f"/hotline/calls/{call['id']}/take").json()["state"] == "answered"
    other = api(make.official("hotline_operator", net.centre))
    assert other.post(f"/hotline/calls/{call['id']}/take").status_code == 409
    body = {"words": make.WORDS, "caller": {"name": "周大爷", "phone": phone}, "call_id": call["id"]}
    made = operator.post("/hotline/orders", body)
    assert made.status_code == 201, made.content
    order_id = made.json()["id"]
    dispatcher, handler, deputy = api(net.dispatcher), api(net.city.handler), api(net.city.deputy)
    assert "dispatch" in dispatcher.get(f"/hotline/orders/{order_id}").json()["actions"]
    assert act(dispatcher, order_id, "dispatch", unit_id=str(net.city.place.id)).status_code == 200
    side = "inquiries/handling"
    assert handler.get("/inquiries/tasks").json()["items"][0]["order"]["id"] == order_id
    assert act(handler, order_id, "sign", side=side).status_code == 200
    shown = handler.get(f"/{side}/{order_id}").json()
    assert shown["caller"] == {"name": "周大爷", "phone": phone, "gender": ""}
    answer = {"text": make.ANSWER, "law_basis": "《城市照明管理规定》", "resolution": "solved"}
    assert act(handler, order_id, "submit_reply", side=side, **answer).status_code == 200
    assert act(deputy, order_id, "sign_off", side=side).json()["state"] == "review"
    assert act(dispatcher, order_id, "pass_review").json()["state"] == "callback"
    heard = act(operator, order_id, "call_back", reached=True, contacted=True, solved=True, satisfied=True)
    assert heard.json()["state"] == "closed"
    pop = operator.get(f"/hotline/calls/{call['id']}").json()
    assert [row["id"] for row in pop["history"]] == [order_id]


def test_two_dispatchers_at_once_one_act(net: make.Net) -> None:
    order = make.called(net)
    one, two = api(net.dispatcher), api(net.leader)
    etag = one.get(f"/hotline/orders/{order.id}")["ETag"]
    body = {"action": "dispatch", "unit_id": str(net.city.place.id)}
    path = f"/hotline/orders/{order.id}/actions"
    assert [who.post(path, body, etag=etag).status_code for who in (one, two)] == [200, 412]


def test_emergencies_stand_at_the_top(net: make.Net, operator: Api) -> None:
    plain = make.called(net)
    urgent = make.called(net, "小区门口燃气泄漏")
    rows = operator.get("/hotline/orders").json()["items"]
    assert [row["id"] for row in rows] == [str(urgent.id), str(plain.id)]
    assert rows[1]["caller"] == "周*爷"
    assert operator.get("/hotline/orders", order_no=plain.order_no).json()["items"][0]["id"] == str(plain.id)


def test_each_queue_holds_what_waits_for_one_thing(net: make.Net, operator: Api) -> None:
    fresh, urgent = make.called(net), make.called(net, "小区门口燃气泄漏")
    heard = make.answered(net, make.called(net))
    queues = {name: operator.get("/hotline/orders", queue=name).json()["items"] for name in ("to_dispatch", "urgent")}
    assert [row["id"] for row in queues["to_dispatch"]] == [str(urgent.id), str(fresh.id)]
    assert [row["id"] for row in queues["urgent"]] == [str(urgent.id)]
    assert all(row["next_due_at"] and row["due_at"] is None for row in queues["to_dispatch"])
    waiting = operator.get("/hotline/orders", queue="to_call_back").json()["items"]
    assert [row["id"] for row in waiting] == [str(heard.id)]
    board = operator.get("/hotline/wallboard").json()
    assert (board["to_dispatch"], board["urgent_open"], board["to_call_back"], board["overdue"]) == (2, 1, 1, 0)
    assert (board["goal_seconds"], board["goal_percent"]) == (15, 95)


def test_what_the_hotline_itself_left_lying_is_overdue_too(net: make.Net, travel: Travel) -> None:
    late, answered = make.called(net, "小区门口燃气泄漏"), make.answered(net, make.called(net))
    travel(days=40)
    screen = api(net.operator)
    rows = screen.get("/hotline/orders", queue="overdue").json()["items"]
    assert [row["id"] for row in rows] == [str(late.id)], answered.due_at
    assert screen.get("/hotline/wallboard").json()["overdue"] == 1


def test_the_hotline_reads_what_a_unit_asks_for_and_chooses_among_units(net: make.Net) -> None:
    order = make.called(net)
    dispatcher, handler = api(net.dispatcher), api(net.city.handler)
    act(dispatcher, str(order.id), "dispatch", unit_id=str(net.city.place.id))
    form = {"reason_code": "not_our_duty", "clause": "三定方案第三条", "note": "该路段由区里管养"}
    asked = act(handler, str(order.id), "request_return", side="inquiries/handling", **form)
    assert asked.status_code == 200, asked.content
    shown = dispatcher.get(f"/hotline/orders/{order.id}").json()["asked_for"]
    assert [(one["kind"], one["clause"], one["note"], one["number"]) for one in shown] == [
        ("return", form["clause"], form["note"], 1)
    ]
    units = {row["id"] for row in dispatcher.get("/hotline/units").json()["items"]}
    assert {str(net.city.place.id), str(net.county.place.id)} <= units
    assert handler.get("/hotline/units").status_code == 404


def test_units_are_suggested_by_duty_and_by_the_past(net: make.Net, operator: Api) -> None:
    duty = accounts.organisation(code="321300ZJ", parent=net.centre)
    found = operator.post("/hotline/suggestions", {"words": make.WORDS}).json()
    assert found["units"][0] == {"unit_id": str(duty.id), "unit_name": duty.name, "score": 0.5, "why": "topic"}
    for _ in range(2):
        make.signed(net, make.called(net), net.county)
    names = {
        unit["unit_name"]: unit["why"]
        for unit in operator.post("/hotline/suggestions", {"words": make.WORDS}).json()["units"]
    }
    assert names[net.county.place.name] == "past"


def test_wallboard_and_hand_over(net: make.Net, operator: Api) -> None:
    services.note_call(sid="CA" + "2" * 32, status="ringing", number=accounts.mobile())
    services.note_call(sid="CA" + "2" * 32, status="in-progress")
    services.note_call(sid="CA" + "3" * 32, status="ringing", number=accounts.mobile())
    services.note_call(sid="CA" + "4" * 32, status="no-answer", number=accounts.mobile())
    make.called(net)
    board = operator.get("/hotline/wallboard").json()
    assert (board["waiting"], board["offered"], board["answered"], board["answered_in_15s"]) == (1, 2, 1, 1)
    assert (board["connected_share"], board["open_orders"], board["to_dispatch"]) == (0.5, 1, 1)
    made = operator.post("/hotline/handovers", {"note": "燃气泄漏一件请继续跟踪"})
    assert made.status_code == 201, made.content
    assert operator.get("/hotline/handovers").json()["items"][0]["figures"]["waiting"] == 1


def test_knowledge_in_versions_searched_by_words_and_pinyin(net: make.Net, operator: Api) -> None:
    body = {
        "owner_id": str(net.city.place.id),
        "title": "居住证办理",
        "question": "办理居住证需要什么材料？",
        "answer": "身份证和居住证明。",
        "keywords": ["居住证"],
    }
    handler = api(net.city.handler)
    made = handler.post("/knowledge", body)
    assert made.status_code == 201, made.content
    path = f"/knowledge/{made.json()['id']}"
    stranger = cases.citizen()
    assert stranger.get(path).status_code == 404
    published = handler.post(f"{path}/state", {"state": "published"}, etag=made["ETag"])
    assert published.status_code == 200, published.content
    for query in ("居住证", "juzhuzheng", "jzz", "办理 居住证"):
        assert [row["title"] for row in stranger.get("/knowledge", q=query).json()["items"]] == ["居住证办理"], query
    said = {name: body[name] for name in ("title", "question", "keywords")} | {"answer": "身份证、居住证明、照片。"}
    changed = handler.post(f"{path}/versions", said, etag=published["ETag"])
    assert changed.json()["wording"]["number"] == 2
    assert [row["number"] for row in stranger.get(f"{path}/versions").json()["items"]] == [2, 1]
    assert stranger.post(f"{path}/versions", said, etag=changed["ETag"]).status_code == 404
    wrong = handler.post(
        f"{path}/versions", {**said, "valid_from": "2026-01-02", "valid_to": "2026-01-01"}, etag=changed["ETag"]
    )
    assert wrong.status_code == 422
    said = operator.post("/hotline/suggestions", {"words": "我想问一下居住证怎么办"}).json()
    assert [hit["title"] for hit in said["knowledge"]] == ["居住证办理"]
    assert operator.post("/hotline/suggestions", {"words": "公交车几点发车"}).json()["knowledge"] == []
    asked = make.called(net, "请问居住证怎么办？")
    done = act(operator, str(asked.id), "answer_directly", text="身份证、居住证明、照片。", entry_id=made.json()["id"])
    assert done.json()["state"] == "closed"
    assert stranger.get(path).json()["uses"] == 1


def test_a_solved_question_becomes_an_entry_in_one_step(net: make.Net, operator: Api) -> None:
    order = make.closed(net, make.called(net, "请问公租房怎么申请？我叫周大爷，电话13812345678"))
    made = operator.post(f"/hotline/orders/{order.id}/knowledge")
    assert made.status_code == 201, made.content
    entry = operator.get(f"/knowledge/{made.json()['id']}").json()
    assert entry["state"] == "draft"
    assert "13812345678" not in str(entry)


def test_answers_are_public_only_after_a_person_has_confirmed(net: make.Net, operator: Api, leader: Api) -> None:
    words = "幸福路12号楼3单元502室路灯不亮，我叫周大爷，电话13812345678，车牌苏N12345挡住了路灯控制箱"
    order = make.closed(net, make.called(net, words))
    made = operator.post(f"/hotline/orders/{order.id}/publication")
    assert made.status_code == 201, made.content
    proposal = made.json()
    for hidden in ("周大爷", "13812345678", "苏N12345", "502室"):
        assert hidden not in proposal["question"]
    assert set(proposal["found"]) >= {"name", "mobile", "plate", "home"}
    path = f"/hotline/publications/{proposal['id']}/decision"
    assert Api().get("/inquiries/answered").json()["items"] == []
    assert operator.post(path, {"publish": True}, etag=made["ETag"]).status_code == 403
    leaking = leader.post(path, {"publish": True, "question": words}, etag=made["ETag"])
    assert (leaking.status_code, leaking.json()["code"]) == (422, "publication_privacy_left")
    assert leader.post(path, {"publish": True}, etag=made["ETag"]).status_code == 200
    found = Api().get("/inquiries/answered", q="ludeng").json()["items"]
    assert [row["answer"] for row in found] == [make.ANSWER]
    assert Api().get(f"/inquiries/answered/{found[0]['id']}").status_code == 200
    taken = leader.post(path, {"publish": False}, etag='"2"')
    assert taken.json()["state"] == "withdrawn"
    assert Api().get("/inquiries/answered").json()["items"] == []


def test_reports_and_those_who_said_no_are_never_public(net: make.Net, operator: Api) -> None:
    report = make.whistle(make.citizen())
    make.closed(net, report)
    private = make.closed(net, make.asked(make.citizen(), public_ok=False))
    for order in (report, private):
        refused = operator.post(f"/hotline/orders/{order.id}/publication")
        assert (refused.status_code, refused.json()["code"]) == (409, "publication_refused")


def test_public_figures_keep_the_two_truths_apart(net: make.Net) -> None:
    make.closed(net, make.called(net))
    order = make.called(net)
    for text in ("一：换灯泡。", "二：换了控制箱和全部线路。", "三：列入改造计划，明年三月完工。"):
        make.answered(net, order, text=text)
        make.act(net.operator, order, "call_back", reached=True, contacted=False, solved=False, satisfied=False)
    lost = make.answered(net, make.called(net))
    for _ in range(3):
        make.act(net.operator, lost, "call_back", reached=False)
    found = Api().get("/inquiries/statistics").json()
    assert (found["received"], found["unit_done"], found["heard"]) == (3, 3, 2)
    assert (found["citizen_solved"], found["citizen_satisfied"], found["unreachable"], found["redone"]) == (1, 1, 1, 1)
    assert (found["contacted"], found["contacted_asked"]) == (1, 2)


def test_hot_topics_by_area_and_week(net: make.Net, leader: Api) -> None:
    for _ in range(3):
        make.called(net)
    found = leader.get("/hotline/hot-topics").json()["items"]
    assert (found[0]["topic"], found[0]["area_code"], found[0]["count"]) == ("city.facilities.lamp", "321322", 3)


def test_reasons_are_listed(operator: Api) -> None:
    kinds = {row["kind"] for row in operator.get("/hotline/reasons").json()["items"]}
    assert kinds == {"return", "cancel", "transfer"}

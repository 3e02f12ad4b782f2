"""What an order costs in queries, and that it costs no more the longer the lists and its story are.

The figures are ceilings to be lowered, not raised without a reason.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.inquiries.people import api
from tests.factories import cases
from tests.factories import inquiries as make
from tests.factories.cases import Api

pytestmark = pytest.mark.django_db

CEILINGS = {
    "ask": 76,
    "dispatch": 123,
    "sign": 74,
    "answer": 76,
    "sign off": 104,
    "review": 117,
    "GET /inquiries": 3,
    "GET /inquiries/{id}": 8,
    "GET /inquiries/{id}/timeline": 5,
    "GET /inquiries/tasks": 9,
    "GET /inquiries/handling/{id}": 23,
    "GET /hotline/orders": 6,
    "GET /hotline/orders/{id}": 30,
    "GET /hotline/wallboard": 16,
}


def queries(who: Api, method: str, path: str, *given: Any, **options: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = getattr(who, method)(path, *given, **options)
    assert answer.status_code < 300, answer.content
    return len(captured)


def reading(citizen: Api, handler: Api, dispatcher: Api, order_id: str) -> dict[str, int]:
    return {
        "GET /inquiries": queries(citizen, "get", "/inquiries"),
        "GET /inquiries/{id}": queries(citizen, "get", f"/inquiries/{order_id}"),
        "GET /inquiries/{id}/timeline": queries(citizen, "get", f"/inquiries/{order_id}/timeline"),
        "GET /inquiries/tasks": queries(handler, "get", "/inquiries/tasks"),
        "GET /inquiries/handling/{id}": queries(handler, "get", f"/inquiries/handling/{order_id}"),
        "GET /hotline/orders": queries(dispatcher, "get", "/hotline/orders"),
        "GET /hotline/orders/{id}": queries(dispatcher, "get", f"/hotline/orders/{order_id}"),
        "GET /hotline/wallboard": queries(dispatcher, "get", "/hotline/wallboard"),
    }


def act(who: Api, side: str, order_id: str, action: str, **fields: Any) -> int:
    path = f"/{side}/{order_id}"
    return queries(who, "post", f"{path}/actions", {"action": action, **fields}, etag=who.get(path)["ETag"])


def test_an_order_stays_below_its_ceilings_and_longer_lists_cost_nothing() -> None:
    net, citizen = make.net(), cases.citizen()
    handler, deputy, dispatcher = (api(who) for who in (net.city.handler, net.city.deputy, net.dispatcher))
    with CaptureQueriesContext(connection) as asked:
        order_id = citizen.post("/inquiries", {"words": make.WORDS}).json()["id"]
    used = {"ask": len(asked)}
    used["dispatch"] = act(dispatcher, "hotline/orders", order_id, "dispatch", unit_id=str(net.city.place.id))
    used["sign"] = act(handler, "inquiries/handling", order_id, "sign")
    first = reading(citizen, handler, dispatcher, order_id)
    for words in (
        "菜场后门垃圾堆了一个星期没有人清运。",
        "人行天桥扶手断了一截，孩子多。",
        "公交站台顶棚被风吹落一块。",
    ):
        other = citizen.post("/inquiries", {"words": words}).json()["id"]
        make.dispatched(net, make.fresh(other))
    for _ in range(3):
        make.act(net.city.handler, make.fresh(order_id), "contact", note="已电话联系。")
    later = reading(citizen, handler, dispatcher, order_id)
    grown = {name: (first[name], later[name]) for name in first if later[name] > first[name]}
    assert not grown, f"more to read costs more queries: {grown}"
    answer = {"text": make.ANSWER, "law_basis": "《城市照明管理规定》", "resolution": "solved"}
    used["answer"] = act(handler, "inquiries/handling", order_id, "submit_reply", **answer)
    used["sign off"] = act(deputy, "inquiries/handling", order_id, "sign_off")
    used["review"] = act(dispatcher, "hotline/orders", order_id, "pass_review")
    used |= first
    above = {name: (count, CEILINGS[name]) for name, count in used.items() if count > CEILINGS[name]}
    assert not above, f"more queries than allowed: {above}"

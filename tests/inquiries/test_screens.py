"""Snapshot + events = a fresh snapshot for those who asked and follow, through the whole life of an order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from backend.accounts.types import Role
from backend.inquiries import services
from backend.inquiries.types import Said
from kernel.actors import Actor
from tests.factories import inquiries as make
from tests.factories import sessions
from tests.factories.cases import Api
from tests.realtime.reducer import apply_all, without_order

pytestmark = pytest.mark.django_db


def _api(actor: Actor, *, official: bool = False) -> Api:
    return Api(sessions.signed_in(actor.person_id, factor=official))


def _snapshot(api: Api) -> tuple[dict[str, Any], int]:
    answer = api.get("/me/snapshot").json()
    return answer["state"], answer["cursor"]


def test_the_whole_life_reaches_the_screens(deliver_events: Callable[[], int]) -> None:
    net, wang, li = make.net(), make.citizen(), make.citizen()
    order = make.asked(wang)
    services.join(actor=li, order_id=order.id)
    screens = [_api(wang), _api(li), _api(net.city.handler, official=True), _api(net.dispatcher, official=True)]
    before = [_snapshot(api) for api in screens]
    make.answered(net, order)
    services.say(actor=wang, order_id=order.id, version=None, said=Said(True, False, False))
    make.answered(net, order, text="第二次办理：更换整条线路并加装两盏新灯。")
    deliver_events()
    for api, (state, cursor) in zip(screens, before, strict=True):
        events = api.get("/me/events", since=cursor, limit=200).json()["events"]
        assert events
        fresh, _ = _snapshot(api)
        assert without_order(apply_all(state, events)) == without_order(fresh)
    assert screens[0].get("/me/snapshot").json()["state"]["inquiries"][0]["state"] == "callback"
    assert screens[1].get("/me/snapshot").json()["state"]["inquiries"][0]["order_no"] == order.order_no


def test_the_desk_is_told_which_order_moved_and_nothing_else() -> None:
    net = make.net()
    desk = {post: _api(getattr(net, post), official=True) for post in ("operator", "dispatcher", "leader", "office")}
    cursors = {post: _snapshot(api)[1] for post, api in desk.items()}
    order = make.called(net, is_confidential=True)
    for post, screen in desk.items():
        events = screen.get("/me/events", since=cursors[post], limit=200).json()["events"]
        told = [event for event in events if event["type"] == "inquiry.received"]
        assert [(event["subject"]["id"], event["data"]) for event in told] == [(str(order.id), {})], post


def test_a_stranger_sees_nothing_of_it() -> None:
    net = make.net()
    make.answered(net, make.asked(make.citizen()))
    for api in (_api(make.citizen()), Api(sessions.official(Role.INQUIRY_HANDLER))):
        state, _ = _snapshot(api)
        assert state["inquiries"] == state["tasks"] == []

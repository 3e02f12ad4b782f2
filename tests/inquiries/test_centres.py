"""City and county centres of the hotline: orders of a county with a centre go to its desk, all others to the city's;
each sees its own, the city looks into a county's and passes orders down (issue 4: three levels, one net)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from backend.inquiries import selectors, services
from backend.inquiries.models import HotlineCentre, Order
from backend.inquiries.types import CallerInfo, Channel, InquiryError, PlaceInfo
from backend.journal.models import JournalLine
from backend.workflow import selectors as workflow
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError
from tests.api.inquiries.people import api
from tests.factories import accounts
from tests.factories import inquiries as make

pytestmark = pytest.mark.django_db
ELSEWHERE = PlaceInfo("项王路", "321302", 118.25, 33.95)


@pytest.fixture
def net() -> make.Net:
    return make.net()


@pytest.fixture
def dispatcher(net: make.Net) -> Actor:
    """A dispatcher of the county of Shuyang, which has a centre of its own."""
    place = net.county.place
    services.open_county_desk(actor=accounts.system(), code=place.code)
    return make.official("hotline_dispatcher", place)


@pytest.fixture
def operator(net: make.Net, dispatcher: Actor) -> Actor:
    return make.official("hotline_operator", net.county.place)


def numbers(who: Actor, **query: Any) -> set[str]:
    return {row["order_no"] for row in api(who).get("/hotline/orders", **query).json()["items"]}


def waits(who: Actor, order: Order) -> bool:
    page = workflow.tasks_for(who, state="open", sort="newest", cursor=None, limit=50, kinds=("inquiry.dispatch",))
    return order.id in {task.subject_id for task in page.items}


def test_orders_go_to_the_desk_of_their_county(net: make.Net, dispatcher: Actor) -> None:
    citizen = make.citizen()
    here, there, nowhere = (make.asked(citizen, place=place) for place in (make.report().place, ELSEWHERE, PlaceInfo()))
    assert (here.centre_id, there.centre_id, nowhere.centre_id) == (net.county.place.id, net.centre.id, net.centre.id)
    assert numbers(dispatcher) == {here.order_no}
    assert numbers(net.dispatcher) == {there.order_no, nowhere.order_no}
    assert numbers(net.dispatcher, centre_id=str(net.county.place.id)) == {here.order_no}
    assert numbers(net.dispatcher, order_no=here.order_no) == {here.order_no}
    assert numbers(dispatcher, order_no=there.order_no) == set()
    assert (waits(dispatcher, here), waits(dispatcher, there), waits(net.dispatcher, there)) == (True, False, True)


def test_the_county_knows_nothing_of_other_desks(net: make.Net, dispatcher: Actor, operator: Actor) -> None:
    phone = accounts.mobile()
    there = make.called(net, phone=phone, place=ELSEWHERE)
    for who in (dispatcher, operator):
        client = api(who)
        assert client.get("/hotline/orders", centre_id=str(net.centre.id)).status_code == 404
        assert client.get(f"/hotline/orders/{there.id}").status_code == 404
        assert client.post("/hotline/callers", {"phone": phone}).json()["items"] == []
        assert client.get("/hotline/wallboard").json()["open_orders"] == 0
        assert client.get("/hotline/publications").json()["items"] == []
        assert client.get("/hotline/calls").json()["items"] == []
    assert len(api(net.operator).post("/hotline/callers", {"phone": phone}).json()["items"]) == 1


def test_a_county_dispatches_to_its_own_units_only(net: make.Net, dispatcher: Actor) -> None:
    order = make.asked(make.citizen())
    offered = {row["id"] for row in api(dispatcher).get("/hotline/units").json()["items"]}
    assert offered == {str(net.county.place.id), str(net.township.place.id)}
    with pytest.raises(DomainError) as refused:
        make.act(dispatcher, order, "dispatch", unit_id=net.city.place.id)
    assert refused.value.code is InquiryError.UNIT_UNKNOWN
    assert make.act(dispatcher, order, "dispatch", unit_id=net.township.place.id).state == "dispatched"


def test_the_city_passes_down_and_the_county_back_up(
    net: make.Net, dispatcher: Actor, deliver_events: Callable[[], int]
) -> None:
    order = make.asked(make.citizen(), place=ELSEWHERE)
    due = [row.due_at for row in order.clocks.filter(kind="dispatch", closed_at=None)]
    passed = make.act(net.dispatcher, order, "pass_centre", unit_id=net.county.place.id, note="属县级管理")
    assert (passed.centre_id, passed.centre_path, passed.state) == (
        net.county.place.id,
        net.county.place.path,
        "received",
    )
    assert [row.due_at for row in order.clocks.filter(kind="dispatch", closed_at=None)] == due
    assert (waits(dispatcher, order), numbers(net.dispatcher)) == (True, set())
    make.act(dispatcher, order, "pass_centre", unit_id=net.centre.id, note="跨县事项，请市中心协调")
    assert not waits(dispatcher, order)
    assert numbers(net.dispatcher) == {order.order_no}
    with pytest.raises(DomainError):
        make.act(dispatcher, order, "dispatch", unit_id=net.county.place.id)
    with pytest.raises(DomainError):
        make.act(net.dispatcher, order, "pass_centre", unit_id=net.city.place.id, note="不是热线中心")
    assert deliver_events()


def test_what_a_county_takes_by_phone_stays_there_unless_it_lies_elsewhere(net: make.Net, operator: Actor) -> None:
    said = replace(make.report(channel=Channel.CALL, caller=CallerInfo("周大爷", accounts.mobile())), place=PlaceInfo())
    assert services.register(actor=operator, report=said).centre_id == net.county.place.id
    assert services.register(actor=operator, report=replace(said, place=ELSEWHERE)).centre_id == net.centre.id


def test_without_a_centre_of_its_own_a_county_s_orders_are_the_city_s(net: make.Net, dispatcher: Actor) -> None:
    services.close_county_desk(actor=accounts.system(), code=net.county.place.code)
    order = make.asked(make.citizen())
    assert order.centre_id == net.centre.id
    assert "pass_centre" not in selectors.actions_for(net.dispatcher, order)
    assert api(dispatcher).get("/hotline/orders").status_code == 404


def test_a_county_s_desk_is_opened_once_and_only_for_a_county(net: make.Net, dispatcher: Actor) -> None:
    system, code = accounts.system(), net.county.place.code
    again = services.open_county_desk(actor=system, code=code)
    assert (HotlineCentre.objects.count(), again.effective_from) == (1, clock.today())
    for other in (net.centre, net.city.place, net.township.place):
        with pytest.raises(DomainError) as refused:
            services.open_county_desk(actor=system, code=other.code)
        assert refused.value.code is InquiryError.NOT_A_COUNTY
    call_command("county_desk", "close", code)
    call_command("county_desk", "open", code, "--day", (clock.today() + timedelta(days=3)).isoformat())
    assert make.asked(make.citizen()).centre_id == net.centre.id
    with pytest.raises(CommandError):
        call_command("county_desk", "close", code)
    lines = JournalLine.objects.filter(subject_id=net.county.place.id, action__startswith="inquiry.county_desk")
    assert [line.action.rsplit("_", 1)[1] for line in lines.order_by("recorded_at")] == ["opened", "closed", "opened"]


def test_the_centres_as_each_sees_them(net: make.Net, dispatcher: Actor) -> None:
    def seen(who: Actor) -> list[tuple[str, bool, bool]]:
        rows = api(who).get("/hotline/centres").json()["items"]
        return [(row["id"], row["own"], row["open"]) for row in rows]

    city, county = str(net.centre.id), str(net.county.place.id)
    assert seen(net.leader) == [(city, True, True), (county, False, True)]
    assert seen(dispatcher) == [(city, False, False), (county, True, True)]
    assert api(net.city.handler).get("/hotline/centres").status_code == 404

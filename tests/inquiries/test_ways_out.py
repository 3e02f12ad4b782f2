"""Every way beside the main path (domain 6.3): returns in three steps, extension, assisting units, merging, urging,
direct answers, cancelling, passing on, limits that pass, texts that answer or ask."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from backend.inquiries import policies, services
from backend.inquiries.models import Assignment, Order, OrderCaller
from backend.inquiries.services import overdue
from backend.inquiries.types import InquiryError, Limit, RequestType
from backend.workflow import services as workflow
from kernel.errors import DomainError
from kernel.models import OutboxEvent
from sms.models import Message
from sms.services import receive_text
from tests.factories import accounts
from tests.factories import inquiries as make

pytestmark = pytest.mark.django_db
Travel = Callable[..., None]
RETURN = {"reason_code": "not_our_duty", "clause": "市住建局三定规定第四条", "note": "路灯由路灯管理所负责"}


@pytest.fixture
def net() -> make.Net:
    return make.net()


@pytest.fixture
def order(net: make.Net) -> Order:
    return make.asked(make.citizen())


def refused_as(code: InquiryError, call: Callable[[], object]) -> None:
    with pytest.raises(DomainError) as refused:
        call()
    assert refused.value.code is code, refused.value.code


def events_of(order: Order) -> list[str]:
    rows = OutboxEvent.objects.filter(subject_id=order.id).exclude(type__startswith="inquiry.caller_")
    return list(rows.order_by("occurred_at", "id").values_list("type", flat=True))


# -- giving back


def test_three_returns_one_level_higher_each_time_then_a_final_ruling(net: make.Net, order: Order) -> None:
    extra = make.Unit(accounts.organisation(parent=net.centre))
    make.dispatched(net, order, net.city)
    ladder = (
        (net.city, net.dispatcher, net.county),
        (net.county, net.leader, net.township),
        (net.township, net.office, extra),
    )
    for number, (unit, decider, following) in enumerate(ladder, start=1):
        others = {net.dispatcher, net.leader, net.office} - {decider}
        make.act(unit.handler, order, "request_return", **RETURN)
        for other in others:
            refused_as(
                InquiryError.NOT_YOUR_POST,
                lambda other=other, to=following: make.act(
                    other, order, "approve_return", unit_id=to.place.id, note="同意"
                ),
            )
        make.act(decider, order, "approve_return", unit_id=following.place.id, note="职责在该单位")
        found = make.fresh(order.id)
        assert (found.state, found.unit_id, found.return_count) == ("dispatched", following.place.id, number)
        assert found.final_ruling is (number == 3)
    refused_as(InquiryError.RULED_FINALLY, lambda: make.act(extra.handler, order, "request_return", **RETURN))


def test_the_first_receiver_stays_answerable_until_another_has_signed(net: make.Net, order: Order) -> None:
    make.dispatched(net, order, net.city)
    make.act(net.city.handler, order, "request_return", **RETURN)
    make.act(net.dispatcher, order, "approve_return", unit_id=net.county.place.id, note="改派")
    assert make.fresh(order.id).answerable_id == net.city.place.id
    assert Assignment.objects.get(order=order, unit_id=net.city.place.id).state == "answerable"
    make.act(net.county.handler, order, "sign")
    assert make.fresh(order.id).answerable_id == net.county.place.id
    assert Assignment.objects.get(order=order, unit_id=net.city.place.id).state == "released"


def test_a_refused_return_counts_as_signed_and_is_not_asked_for_twice(net: make.Net, order: Order) -> None:
    make.dispatched(net, order)
    make.act(net.city.handler, order, "request_return", **RETURN)
    make.act(net.dispatcher, order, "reject_return", note="三定规定第二条明确由你局负责")
    found = make.fresh(order.id)
    assert (found.state, found.final_ruling) == ("signed", False)
    assert found.signed_at is not None
    refused_as(InquiryError.RETURNED_BEFORE, lambda: make.act(net.city.handler, order, "request_return", **RETURN))


def test_a_return_is_asked_for_in_time_and_in_the_standard_form(net: make.Net, order: Order, travel: Travel) -> None:
    make.dispatched(net, order)
    refused_as(
        InquiryError.FIELD_NEEDED,
        lambda: make.act(net.city.handler, order, "request_return", reason_code="not_our_duty"),
    )
    refused_as(
        InquiryError.REASON_UNKNOWN,
        lambda: make.act(net.city.handler, order, "request_return", **{**RETURN, "reason_code": "too_much_work"}),
    )
    travel(days=6)
    refused_as(InquiryError.RETURN_LATE, lambda: make.act(net.city.handler, order, "request_return", **RETURN))


# -- extension


def test_one_extension_before_the_end_and_the_citizen_is_told(net: make.Net, order: Order) -> None:
    make.signed(net, order)
    before = make.fresh(order.id).due_at
    ask = {"days": 5, "clause": "《城市照明管理规定》", "note": "电缆需从外地采购"}
    refused_as(
        InquiryError.EXTENSION_LONG,
        lambda: make.act(net.city.handler, order, "request_extension", **{**ask, "days": 6}),
    )
    make.act(net.city.handler, order, "request_extension", **ask)
    make.act(net.dispatcher, order, "approve_extension")
    found = make.fresh(order.id)
    assert before is not None
    assert found.due_at is not None
    assert found.due_at > before
    assert OutboxEvent.objects.filter(subject_id=order.id, type="inquiry.caller_extended").count() == 1
    refused_as(InquiryError.EXTENDED_BEFORE, lambda: make.act(net.city.handler, order, "request_extension", **ask))


def test_no_extension_after_the_end(net: make.Net, order: Order, travel: Travel) -> None:
    make.signed(net, order)
    travel(days=15)
    refused_as(
        InquiryError.EXTENSION_LATE,
        lambda: make.act(net.city.handler, order, "request_extension", days=3, clause="规定", note="理由"),
    )


# -- together


def test_assisting_units_have_half_the_time_and_give_opinions(net: make.Net, order: Order) -> None:
    make.dispatched(net, order, net.city, assist_ids=(net.county.place.id, net.township.place.id))
    make.act(net.county.handler, order, "give_opinion", text="路段权属已移交市局")
    make.act(net.city.handler, order, "sign")
    refused_as(
        InquiryError.NOT_YOUR_POST,
        lambda: make.act(net.township.handler, order, "submit_reply", text="答", law_basis="法", resolution="solved"),
    )
    parts = {part.unit_id: part for part in Assignment.objects.filter(order=order)}
    assert parts[net.county.place.id].state == "done"
    assert parts[net.county.place.id].opinion == "路段权属已移交市局"
    make.answer(net.city, order)
    make.act(net.city.head, order, "sign_off")
    make.act(net.dispatcher, order, "pass_review")
    assert not Assignment.objects.filter(order=order, state__in=("dispatched", "signed")).exists()


def test_merged_orders_each_get_the_answer_and_a_call_back(net: make.Net, order: Order) -> None:
    second = make.asked(make.citizen(), "幸福路路灯不亮好几天了")
    make.act(net.dispatcher, second, "merge", target_no=order.order_no, note="同一事件")
    assert make.fresh(second.id).state == "merged"
    make.answered(net, order)
    child = make.fresh(second.id)
    assert (child.state, child.unit_id, child.is_open) == ("callback", net.city.place.id, True)
    assert child.replies.get().text == make.ANSWER
    assert OutboxEvent.objects.filter(subject_id=second.id, type="inquiry.caller_answered").count() == 1
    make.act(net.operator, second, "call_back", reached=True, contacted=True, solved=False, satisfied=False)
    assert (make.fresh(second.id).state, make.fresh(order.id).state) == ("processing", "callback")


def test_reports_are_never_merged_and_nothing_is_merged_into_itself(net: make.Net, order: Order) -> None:
    report = make.whistle(make.citizen())
    for one, into in ((report, order), (order, report), (order, order)):
        refused_as(
            InquiryError.MERGE_REFUSED,
            lambda one=one, into=into: make.act(net.dispatcher, one, "merge", target_no=into.order_no, note="同一事件"),
        )


def test_me_too_joins_once_and_is_told_what_the_caller_is_told(net: make.Net, order: Order) -> None:
    li = make.citizen()
    services.join(actor=li, order_id=order.id)
    services.join(actor=li, order_id=order.id)
    assert make.fresh(order.id).follower_count == 1
    make.answered(net, order)
    told = OutboxEvent.objects.filter(subject_id=order.id, type="inquiry.caller_answered")
    people = {row.data["applicant_id"] for row in told}
    assert str(li.user_id) in people
    assert all(row.data["query_code"] == "" for row in told if row.data["applicant_id"] == str(li.user_id))


def test_a_repeat_call_is_an_urging_not_a_new_order(net: make.Net, order: Order) -> None:
    make.dispatched(net, order)
    make.act(net.operator, order, "urge", note="第二次来电")
    assert make.fresh(order.id).urge_count == 1
    assert Order.objects.count() == 1


# -- endings


def test_a_direct_answer_closes(net: make.Net) -> None:
    order = make.called(net, "请问办理居住证需要什么材料？")
    make.act(net.operator, order, "answer_directly", text="身份证、居住证明和照片，到派出所办理。")
    found = make.fresh(order.id)
    assert (found.state, found.outcome) == ("closed", "answered_directly")


@pytest.mark.parametrize(
    ("action", "reason", "state"), [("cancel", "outside_city", "cancelled"), ("transfer", "petition", "transferred")]
)
def test_it_ends_for_a_listed_reason_only(net: make.Net, order: Order, action: str, reason: str, state: str) -> None:
    refused_as(
        InquiryError.REASON_UNKNOWN, lambda: make.act(net.dispatcher, order, action, reason_code="lazy", note="不想办")
    )
    assert make.act(net.dispatcher, order, action, reason_code=reason, note="已告知诉求人").state == state


# -- limits


def test_an_urgent_order_has_minutes_and_hours(
    net: make.Net, travel: Travel, deliver_events: Callable[[], int]
) -> None:
    order = make.called(net, "和平小区门口燃气泄漏，气味很大！")
    assert (order.urgency, order.rank) == ("urgent", 2)
    make.dispatched(net, order)
    due = make.fresh(order.id).due_at
    assert due is not None
    travel(minutes=31)
    assert overdue.sweep() >= 1
    assert overdue.sweep() == 0
    kinds = [row.data["kind"] for row in OutboxEvent.objects.filter(subject_id=order.id, type="inquiry.overdue")]
    assert kinds == ["sign"]


def test_a_limit_of_days_that_passes_is_told_once(
    net: make.Net, order: Order, travel: Travel, deliver_events: Callable[[], int]
) -> None:
    make.signed(net, order)
    travel(days=15)
    workflow.sweep_deadlines()
    deliver_events()
    told = OutboxEvent.objects.filter(subject_id=order.id, type="inquiry.overdue")
    assert "answer" in {row.data["kind"] for row in told}
    before = told.count()
    workflow.sweep_deadlines()
    deliver_events()
    assert told.count() == before


def test_a_petition_letter_has_its_own_limits(net: make.Net) -> None:
    order = make.asked(make.citizen(), "书记您好，关于拆迁补偿问题", channel="mailbox", is_petition=True)
    make.dispatched(net, order)
    found = make.fresh(order.id)
    assert found.due_at is not None
    assert 59 <= (found.due_at - found.received_at).days <= 68


def test_a_letter_has_the_mailboxes_limit_whatever_it_asks(net: make.Net) -> None:
    letter = make.asked(make.citizen(), "书记好。投诉物业乱收费", channel="mailbox", request_type="complaint")
    call = make.asked(make.citizen(), "投诉物业乱收费", request_type="complaint")
    for order in (letter, call):
        make.dispatched(net, order)
    assert letter.title == "投诉物业乱收费"
    assert policies.limit("answer", make.fresh(letter.id)) == Limit("answer", 10, "wd", "书记市长信箱：10个工作日")
    assert policies.limit("answer", make.fresh(call.id)) == Limit("answer", 15, "wd", "投诉：15个工作日")


# -- texts


def test_what_became_of_it_is_a_notice_that_refused_courtesies_do_not_silence(
    net: make.Net, deliver_events: Callable[[], int]
) -> None:
    make.answered(net, make.called(net, phone=accounts.mobile()))
    make.answered(net, make.asked(make.citizen()))
    deliver_events()
    answers = Message.objects.filter(template_version__template__code="inquiry_answered")
    assert [row.purpose for row in answers] == ["statutory", "statutory"]


def _text(phone: str, words: str) -> None:
    receive_text(sid=f"SM{abs(hash((phone, words))):032x}"[:34], from_number=phone, to_number="+8612345", text=words)


def test_somebody_without_the_app_answers_with_a_code(net: make.Net, deliver_events: Callable[[], int]) -> None:
    phone = accounts.mobile()
    order = make.called(net, phone=phone)
    make.answered(net, order)
    _text(accounts.mobile(), f"W{order.order_no[-6:]} 1")
    _text(phone, "W999999 1")
    deliver_events()
    assert make.fresh(order.id).state == "callback"
    _text(phone, f"w{order.order_no[-6:]}，１ 谢谢")
    deliver_events()
    found = make.fresh(order.id)
    assert (found.state, found.outcome, found.said_via) == ("closed", "satisfied", "sms")
    _text(phone, f"W{order.order_no[-6:]} 4")
    deliver_events()
    assert make.fresh(order.id).state == "registered"


def test_a_text_that_begins_with_12345_becomes_an_order(net: make.Net, deliver_events: Callable[[], int]) -> None:
    phone = accounts.mobile()
    _text(phone, "12345 投诉楼下烧烤店夜间扰民")
    _text(phone, "5")
    deliver_events()
    caller = OrderCaller.objects.get()
    assert caller.phone == phone
    assert caller.order.request_type == RequestType.COMPLAINT
    assert caller.order.state == "received"

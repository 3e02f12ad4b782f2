"""The main path of an order (domain 6.3): asked, dispatched, signed, answered, signed off, reviewed, heard, closed;
what the unit says and what the citizen says are two facts; redo, reopening; every act journalled and told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from backend.inquiries import services
from backend.inquiries.models import CallBack, Order, OrderEntry
from backend.inquiries.types import InquiryError, Said
from backend.journal.models import JournalLine
from backend.notifications.models import Notification
from backend.workflow import selectors as clocks
from kernel.errors import DomainError
from kernel.models import OutboxEvent
from sms.models import Message
from tests.factories import inquiries as make

pytestmark = pytest.mark.django_db
Travel = Callable[..., None]


@pytest.fixture
def net() -> make.Net:
    return make.net()


@pytest.fixture
def order(net: make.Net) -> Order:
    return make.asked(make.citizen())


def code_of(refused: pytest.ExceptionInfo[DomainError]) -> str:
    return refused.value.code.code


def test_words_first_everything_else_is_suggested(order: Order) -> None:
    assert order.topic is not None
    assert order.topic.code == "city.facilities.lamp"
    assert (order.request_type, order.urgency, order.state) == ("help", "normal", "received")
    assert len(order.order_no) == 14


def test_from_asking_to_closed(net: make.Net, order: Order) -> None:
    seen = [order.state]
    for step in (
        lambda: make.dispatched(net, order),
        lambda: make.act(net.city.handler, order, "sign"),
        lambda: make.act(net.city.handler, order, "contact", note="已电话联系诉求人，约定上门"),
        lambda: make.answer(net.city, order),
        lambda: make.act(net.city.deputy, order, "sign_off"),
        lambda: make.act(net.dispatcher, order, "pass_review"),
        lambda: make.act(net.operator, order, "call_back", reached=True, contacted=True, solved=True, satisfied=True),
    ):
        seen.append(step().state)  # noqa: PERF401 - one after the other
    assert seen == ["received", "dispatched", "signed", "processing", "sign_off", "review", "callback", "closed"]
    found = make.fresh(order.id)
    assert (found.outcome, found.unit_resolution, found.solved, found.satisfied) == ("satisfied", "solved", True, True)
    assert found.unit_done_at is not None
    assert found.said_at is not None
    assert not found.is_open
    assert not clocks.deadlines(("inquiry", order.id), only_open=True)


def test_every_act_has_a_line_of_the_journal_and_an_event_with_the_same_id(net: make.Net, order: Order) -> None:
    make.closed(net, order)
    lines = dict(
        JournalLine.objects.filter(subject_id=order.id, action__startswith="inquiry.").values_list("id", "action")
    )
    events = dict(
        OutboxEvent.objects.filter(subject_id=order.id, type__startswith="inquiry.").values_list("id", "type")
    )
    told = {key: name for key, name in events.items() if not name.startswith("inquiry.caller_")}
    assert lines == told
    acts = list(OrderEntry.objects.filter(order=order).order_by("at").values_list("action", flat=True))
    assert acts == ["register", "dispatch", "sign", "submit_reply", "sign_off", "pass_review", "call_back"]


def test_the_clock_runs_from_dispatch_not_from_signing(net: make.Net, order: Order, travel: Travel) -> None:
    make.dispatched(net, order)
    promised = make.fresh(order.id).due_at
    travel(days=3)
    make.act(net.city.handler, order, "sign")
    assert make.fresh(order.id).due_at == promised
    found = clocks.deadline(("inquiry", order.id), "answer")
    assert found.limit == 5
    assert found.due_at == promised


def test_the_unit_says_done_the_citizen_says_not_solved(net: make.Net, order: Order) -> None:
    make.answered(net, order)
    make.act(
        net.operator, order, "call_back", reached=True, contacted=True, solved=False, satisfied=False, note="仍不亮"
    )
    found = make.fresh(order.id)
    assert (found.state, found.redo_count, found.solved, found.satisfied) == ("processing", 1, False, False)
    with pytest.raises(DomainError) as refused:
        make.answer(net.city, order, make.ANSWER.replace("，", ", ") + "！")
    assert code_of(refused) == InquiryError.SAME_TEXT.code
    make.answered(net, order, text="重新检查发现地下电缆断裂，已于十一月二十日更换电缆并通电，六盏灯全部恢复。")
    assert make.fresh(order.id).state == "callback"


def test_redo_at_most_twice_then_it_is_closed_as_unsatisfied(net: make.Net, order: Order) -> None:
    texts = (
        "第一次：已更换灯泡。",
        "第二次：经查系线路老化，重新敷设电缆二百米。",
        "第三次：路灯所更换了整套控制箱，列入明年改造。",
    )
    for text in texts:
        make.answered(net, order, text=text)
        make.act(net.operator, order, "call_back", reached=True, contacted=True, solved=False, satisfied=False)
    found = make.fresh(order.id)
    assert (found.state, found.outcome, found.redo_count) == ("closed", "unsatisfied", 2)


def test_nobody_reached_three_times_closes_and_counts_for_nothing(net: make.Net, order: Order) -> None:
    make.answered(net, order)
    for expected in ("callback", "callback", "closed"):
        assert make.act(net.operator, order, "call_back", reached=False).state == expected
    found = make.fresh(order.id)
    assert (found.outcome, found.solved, found.satisfied) == ("unreachable", None, None)
    assert CallBack.objects.filter(order=order, reached=False).count() == 3


def test_the_citizen_says_so_himself_and_reopens_within_72_hours(net: make.Net, travel: Travel) -> None:
    wang = make.citizen()
    order = make.asked(wang)
    make.answered(net, order)
    services.say(actor=wang, order_id=order.id, version=None, said=Said(True, True, True, "很快"))
    assert make.fresh(order.id).said_via == "app"
    services.reopen(actor=wang, order_id=order.id, version=None, reason="又坏了")
    found = make.fresh(order.id)
    assert (found.state, found.reopen_count, found.solved, found.outcome) == ("registered", 1, None, "")
    make.replied(net, order, text="更换了同一回路的全部灯具，并安排每周巡查。")
    with pytest.raises(DomainError) as refused:
        make.act(net.dispatcher, order, "pass_review")
    assert code_of(refused) == InquiryError.OTHER_REVIEWER.code
    assert make.act(net.leader, order, "pass_review").state == "callback"
    services.say(actor=wang, order_id=order.id, version=None, said=Said(True, True, True))
    with pytest.raises(DomainError) as refused:
        services.reopen(actor=wang, order_id=order.id, version=None, reason="再次")
    assert code_of(refused) == InquiryError.REOPENED_BEFORE.code


def test_after_72_hours_it_stays_closed(net: make.Net, travel: Travel) -> None:
    wang = make.citizen()
    order = make.closed(net, make.asked(wang))
    travel(hours=73)
    with pytest.raises(DomainError) as refused:
        services.reopen(actor=wang, order_id=order.id, version=None, reason="又坏了")
    assert code_of(refused) == InquiryError.REOPEN_LATE.code


def test_a_heavy_order_is_signed_by_the_head(net: make.Net, order: Order) -> None:
    make.act(net.dispatcher, order, "classify", heavy=True)
    make.signed(net, order)
    make.answer(net.city, order)
    with pytest.raises(DomainError) as refused:
        make.act(net.city.deputy, order, "sign_off")
    assert code_of(refused) == InquiryError.NOT_YOUR_POST.code
    assert make.act(net.city.head, order, "sign_off").state == "review"


def test_those_with_an_account_are_told_in_the_message_centre_and_by_text(
    net: make.Net, deliver_events: Callable[[], int]
) -> None:
    wang = make.citizen()
    order = make.asked(wang)
    make.answered(net, order)
    deliver_events()
    titles = list(Notification.objects.filter(person_id=wang.user_id).order_by("at").values_list("title", flat=True))
    assert titles == ["诉求已收到", "已转承办单位", "诉求已答复"]
    texts = [message.text or "" for message in Message.objects.filter(person_id=wang.user_id).order_by("queued_at")]
    assert f"W{order.order_no[-6:]} 1" in texts[-1]
    assert not any("。。" in text for text in texts), "the answer's own full stop and the text's"


def test_those_without_are_told_by_text_and_answer_with_a_code(
    net: make.Net, deliver_events: Callable[[], int]
) -> None:
    order = make.called(net)
    make.answered(net, order)
    deliver_events()
    codes = [message.template_version.template.code for message in Message.objects.order_by("queued_at")]
    assert codes == ["inquiry_received", "inquiry_dispatched", "inquiry_answered"]
    assert not Notification.objects.filter(audience="applicant").exists()

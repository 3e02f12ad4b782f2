"""Who hears of what: matched in one statement, told once, with the reason; changes to all who took the documents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from backend.notifications.models import Notification
from backend.tenders import selectors, services
from backend.tenders.models import Alert, Subscription
from kernel.errors import DomainError
from kernel.models import PersonEvent
from mobile_api.v1.tenders import documents
from tests.factories import accounts
from tests.factories import tenders as make

pytestmark = pytest.mark.django_db
Deliver = Callable[[], int]
ANY: dict[str, Any] = {
    "name": "我的订阅", "categories": [], "regions": [], "min_fen": None, "max_fen": None, "keyword": "",
    "buyer_id": None, "pace": "at_once", "by_sms": False, "active": True,
}  # fmt: skip


def follow(**wishes: Any) -> UUID:
    """A person with a subscription."""
    person = accounts.citizen()
    services.subscribe(actor=accounts.actor(person), wishes={**ANY, **wishes})
    return person


def told(person: UUID) -> list[str]:
    """The titles a person has read."""
    return list(Notification.objects.filter(person_id=person).order_by("at").values_list("title", flat=True))


@pytest.mark.parametrize(
    ("wishes", "fits"),
    [
        ({}, True),
        ({"categories": ["works", "goods"]}, True),
        ({"categories": ["goods"]}, False),
        ({"regions": ["3213"]}, True),
        ({"regions": ["321322"]}, False),
        ({"min_fen": 100_000_00, "max_fen": 100_000_00}, True),
        ({"min_fen": 100_000_01}, False),
        ({"max_fen": 99_999_99}, False),
        ({"keyword": "青年路"}, True),
        ({"keyword": "青年路 一标段"}, True),
        ({"keyword": "路青年"}, False),
        ({"buyer_id": UUID(int=1)}, False),
        ({"active": False}, False),
    ],
)
def test_a_new_tender_reaches_those_whose_wishes_fit(
    deliver_events: Deliver, wishes: dict[str, Any], fits: bool
) -> None:
    person = follow(**wishes)
    make.called()
    deliver_events()
    assert bool(told(person)) == fits
    if fits:
        row = Notification.objects.get(person_id=person)
        assert "我的订阅" in row.body
        event = PersonEvent.objects.get(person_id=person)
        assert event.data["upsert"]["inbox"][0]["id"] == str(row.pk)
        assert event.data["set"] == {"badge": {"unread": 1}}


def test_once_however_many_subscriptions_fit(deliver_events: Deliver) -> None:
    person = follow()
    services.subscribe(actor=accounts.actor(person), wishes={**ANY, "keyword": "改造"})
    make.called()
    deliver_events()
    deliver_events()
    assert len(told(person)) == 1


def test_a_digest_is_one_message_at_its_hour(deliver_events: Deliver, travel: Callable[..., None]) -> None:
    person = follow(pace="daily")
    desk = make.Desk()
    make.called(desk)
    make.called(desk)
    deliver_events()
    assert told(person) == []
    travel(days=1, hours=1)
    services.hand_over()
    assert told(person) == ["今日招标信息 2 条"]


def test_less_of_this_makes_it_daily_then_silent() -> None:
    person = follow(by_sms=True)
    project = make.called().project
    notice = project.notices.get()
    services.match_notice(notice_id=notice.id)
    alert = Alert.objects.get(person_id=person)
    first = services.less_of_this(actor=accounts.actor(person), about_id=alert.about_id)
    assert (first.pace, first.by_sms, first.active) == ("daily", False, True)
    assert not services.less_of_this(actor=accounts.actor(person), about_id=alert.about_id).active
    with pytest.raises(DomainError):
        services.less_of_this(actor=accounts.actor(accounts.citizen()), about_id=alert.about_id)


@pytest.mark.parametrize(
    ("wishes", "active", "categories"),
    [
        ({"keyword": "青年路"}, False, []),
        ({"categories": ["works", "goods"]}, True, ["goods"]),
        ({"categories": ["works"]}, False, ["works"]),
        ({}, True, ["goods", "services", "land", "property"]),
    ],
)
def test_one_tap_mutes_the_keyword_or_the_category(wishes: dict[str, Any], active: bool, categories: list[str]) -> None:
    person = follow(**wishes)
    project = make.called().project
    services.match_notice(notice_id=project.notices.get().id)
    alert = selectors.own_alerts(accounts.actor(person), project.id).get()
    assert not documents.alert(alert)["muted"]
    row = services.less_of_this(actor=accounts.actor(person), about_id=alert.about_id, how="mute")
    assert (row.active, row.categories, row.pace) == (active, categories, "at_once")
    assert documents.alert(selectors.own_alerts(accounts.actor(person)).get())["muted"]
    services.match_notice(notice_id=make.called().project.notices.get().id)
    assert Alert.objects.filter(person_id=person).count() == 1


def test_the_invited_hear_of_it_and_nobody_else(deliver_events: Deliver) -> None:
    tender, invited, other = make.planned(method="selective"), make.company(), make.company()
    call = make.call_content(invited=[str(invited.id)])
    tender.desk.publish(tender.project, "invitation", **call)
    deliver_events()
    services.hand_over()
    assert [title.split("：")[0] for title in told(invited.person)] == ["投标邀请"]
    assert told(other.person) == []
    with pytest.raises(DomainError):
        tender.take(other)
    tender.take(invited)


def test_changes_and_deadlines_reach_those_who_took_the_documents(
    deliver_events: Deliver, travel: Callable[..., None]
) -> None:
    tender, bidder, other = make.called(), make.company(), make.company()
    deliver_events()
    tender.take(bidder)
    tender.desk.publish(tender.project, "clarification", content="图纸第 3 页以本次为准。", affects_bids=False)
    deliver_events()
    assert [title.split("：")[0] for title in told(bidder.person)] == ["澄清答疑"]
    assert told(other.person) == []
    travel(days=19)
    assert services.remind_due() == 1
    assert services.remind_due() == 0
    services.hand_over()
    assert told(bidder.person)[-1].startswith("投标即将截止")


def test_there_is_a_limit_and_own_ones_only() -> None:
    person = follow()
    actor = accounts.actor(person)
    for _ in range(19):
        services.subscribe(actor=actor, wishes=ANY)
    with pytest.raises(DomainError) as caught:
        services.subscribe(actor=actor, wishes=ANY)
    assert caught.value.code.code == "tender_subscription_limit"
    row = Subscription.objects.filter(person_id=person).first()
    assert row is not None
    with pytest.raises(DomainError):
        services.unsubscribe(actor=accounts.actor(accounts.citizen()), subscription_id=row.id)
    services.unsubscribe(actor=actor, subscription_id=row.id)
    assert Subscription.objects.filter(person_id=person).count() == 19

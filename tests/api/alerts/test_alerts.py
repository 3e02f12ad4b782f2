"""Notices to many: written by one, let go by another, read by everybody, taken back; who hears of which topic."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from backend.accounts.types import OrganisationInfo, Role
from backend.journal.models import JournalLine
from backend.notifications.models import Alert, Notification
from backend.push.channels.fcm import GOOGLE
from backend.push.models import PushMessage, TopicFollower
from tests.factories import accounts, cases, sessions
from tests.factories.cases import Api
from tests.factories.push import browser_device, send_due
from tests.stubs.webpush import StubPushService

pytestmark = pytest.mark.django_db
BODY = {
    "topics": ["weather", "area-321302"],
    "title_zh": "暴雨橙色预警",
    "body_zh": "今夜到明天有暴雨，请远离低洼路段，非必要不外出。",
    "title_en": "Orange rain warning",
    "body_en": "Heavy rain tonight. Keep away from low roads.",
}
DESK = "/alert-desk/alerts"
Travel = Callable[..., None]


@pytest.fixture
def top() -> OrganisationInfo:
    """The city."""
    return accounts.organisation()


@pytest.fixture
def writer(top: OrganisationInfo) -> Api:
    return Api(sessions.official(Role.SYSTEM_MANAGER, top))


@pytest.fixture
def decider(top: OrganisationInfo) -> Api:
    return Api(sessions.official(Role.SUPERVISOR, top))


@pytest.fixture(autouse=True)
def _phones(settings: Any) -> None:
    """There is a service for phones; nothing is sent to it here."""
    settings.FCM_API_BASE = "http://127.0.0.1:9"


@pytest.fixture(autouse=True)
def _morning(travel: Travel) -> None:
    """Outside quiet hours, whatever the clock of the machine says."""
    travel(to=datetime(2027, 3, 2, 10, tzinfo=ZoneInfo("Asia/Shanghai")))


def proposed(writer: Api, **fields: Any) -> Any:
    answer = writer.post(DESK, {**BODY, **fields})
    assert answer.status_code == 201, answer.content
    return answer


def decide(who: Api, answer: Any, *, agree: bool = True, comment: str = "") -> Any:
    body = {"agree": agree, "comment": comment}
    return who.post(f"{DESK}/{answer.json()['id']}/decision", body, etag=answer["ETag"])


def test_two_people_send_a_notice_that_everybody_reads(
    writer: Api, decider: Api, deliver_events: Callable[[], int]
) -> None:
    citizen = cases.citizen()
    made = proposed(writer)
    address = f"/alerts/{made.json()['id']}"
    assert citizen.get(address).status_code == 404
    deliver_events()
    told = Notification.objects.get(event_type="notifications.alert_proposed")
    assert (told.person_id, "暴雨橙色预警" in told.body) == (decider.caller.id, True)
    assert decider.get(f"{DESK}/{made.json()['id']}").json()["actions"] == ["decide", "withdraw"]
    sent = decide(decider, made)
    assert (sent.status_code, sent.json()["state"]) == (200, "sent")
    (push,) = PushMessage.objects.all()
    assert push.condition == "'area-321302' in topics || 'weather' in topics"
    assert "暴雨" not in str(push.payload)
    assert push.payload["link"] == address
    assert Api().get(address).json()["body"] == BODY["body_zh"]
    english = Api().client.get(f"/api/v1{address}", headers={"Accept-Language": "en"})
    assert english.json()["title"] == BODY["title_en"]
    assert [row["id"] for row in Api().get("/alerts").json()["items"]] == [made.json()["id"]]
    assert JournalLine.objects.filter(subject_id=made.json()["id"]).count() == 2


def test_nobody_lets_his_own_go_and_others_write_and_decide_nothing(top: OrganisationInfo, writer: Api) -> None:
    made = proposed(writer)
    below = accounts.organisation(parent=top)
    both = Api(sessions.official(Role.SUPERVISOR, top))
    accounts.also(both.caller.id, Role.HOTLINE_LEADER, top)
    both.sign_in_again()
    assert decide(both, proposed(both)).json()["code"] == "alert_own"
    outside = (
        cases.citizen(),
        Api(sessions.official(Role.SYSTEM_MANAGER, below)),
        Api(sessions.official(Role.SUPERVISOR, below)),
        Api(sessions.official(Role.APPROVER, top)),
    )
    for who in outside:
        assert who.get(DESK).status_code == 403
        assert who.get(f"{DESK}/{made.json()['id']}").status_code == 403
        assert who.get("/alert-desk/reach", topics="city").status_code == 403
        assert who.post(DESK, BODY).status_code == 403
        assert decide(who, made).status_code == 403
        taken = who.post(f"{DESK}/{made.json()['id']}/withdrawal", {"comment": "不发了"}, etag=made["ETag"])
        assert taken.status_code == 403
    assert decide(writer, made).status_code == 403
    assert Api().get(DESK).status_code == 401
    assert set(Alert.objects.values_list("state", flat=True)) == {"proposed"}


def test_wrong_input_changes_nothing(writer: Api, decider: Api) -> None:
    for wrong in ({"topics": []}, {"topics": ["city"] * 6}, {"title_zh": " "}, {"body_zh": ""}, {"urgency": "panic"}):
        assert writer.post(DESK, {**BODY, **wrong}).status_code == 400
    assert writer.post(DESK, {**BODY, "topics": ["nobody"]}).json()["code"] == "alert_topic_unknown"
    assert not Alert.objects.exists()
    made = proposed(writer)
    assert decide(decider, made, agree=False, comment="标题不准确").json()["state"] == "refused"
    assert decide(decider, made).status_code == 412
    again = decider.get(f"{DESK}/{made.json()['id']}")
    assert decide(decider, again).status_code == 409
    assert not PushMessage.objects.exists()
    assert decider.get(f"{DESK}/{uuid4()}").status_code == 404


def test_a_topic_gets_so_many_a_day(writer: Api, decider: Api, travel: Travel) -> None:
    for _ in range(3):
        assert decide(decider, proposed(writer, topics=["outage"])).status_code == 200
    assert decider.get("/alert-desk/reach", topics="outage").json()["left_today"] == 0
    over = proposed(writer, topics=["outage", "city"])
    assert decide(decider, over).json()["code"] == "alert_daily_cap"
    assert decide(decider, proposed(writer, topics=["traffic"])).status_code == 200
    travel(days=1, minutes=1)
    decider.sign_in_again()
    assert decide(decider, over).status_code == 200


def test_at_night_only_the_urgent_wakes_people(writer: Api, decider: Api, travel: Travel) -> None:
    travel(hours=13)
    for who in (writer, decider):
        who.sign_in_again()
    decide(decider, proposed(writer))
    decide(decider, proposed(writer, topics=["city"], urgency="high"))
    calm, urgent = PushMessage.objects.order_by("queued_at", "id")
    assert (calm.due_at > calm.queued_at, urgent.due_at == urgent.queued_at) == (True, True)


def test_what_was_sent_can_be_taken_back(writer: Api, decider: Api) -> None:
    made = proposed(writer)
    sent = decide(decider, made)
    path = f"{DESK}/{made.json()['id']}/withdrawal"
    assert writer.post(path, {"comment": "预警已解除"}, etag=made["ETag"]).status_code == 412
    assert writer.post(path, {"comment": "预警已解除"}, etag=sent["ETag"]).json()["state"] == "withdrawn"
    shown = Api().get(f"/alerts/{made.json()['id']}").json()
    assert (bool(shown["withdrawn_at"]), shown["withdrawn_why"]) == (True, "预警已解除")
    assert PushMessage.objects.get().state == "cancelled"
    never = proposed(writer)
    assert (
        decider.post(f"{DESK}/{never.json()['id']}/withdrawal", {"comment": "重复"}, etag=never["ETag"]).status_code
        == 200
    )
    assert Api().get(f"/alerts/{never.json()['id']}").status_code == 404


def test_browsers_of_followers_get_a_message_of_their_own(
    writer: Api, decider: Api, settings: Any, deliver_events: Callable[[], int]
) -> None:
    settings.FCM_API_BASE = GOOGLE
    with StubPushService() as push_service:
        settings.EGRESS_ALLOW = [f"127.0.0.1:{push_service.port}"]
        _outage_for_one_of_two(writer, decider, push_service, deliver_events)


def _outage_for_one_of_two(
    writer: Api, decider: Api, push_service: StubPushService, deliver_events: Callable[[], int]
) -> None:
    follower, other = cases.citizen(), cases.citizen()
    follower.call("put", "/me/alert-topics", {"topics": ["outage"]})
    for person in (follower, other):
        browser_device(accounts.actor(person.caller.id), push_service.browser().subscription)
    deliver_events()
    assert decider.get("/alert-desk/reach", topics="city").json()["phones"] == 2
    sent = decide(decider, proposed(writer, topics=["outage"])).json()
    assert (sent["phones"], sent["people"], sent["push_state"]) == (1, 1, "browsers")
    (push,) = PushMessage.objects.all()
    assert (push.person_id, push.payload["link"]) == (follower.caller.id, f"/alerts/{sent['id']}")
    assert "暴雨" not in str(push.payload)
    assert (send_due(), len(push_service.accepted)) == (1, 1)


def test_everybody_chooses_what_to_hear_of() -> None:
    citizen = cases.citizen()
    topics = Api().get("/alerts/topics").json()["items"]
    assert topics[0] == {"code": "city", "name": "全体市民", "everybody": True}
    assert citizen.get("/me/alert-topics").json() == {"topics": []}
    chosen = citizen.call("put", "/me/alert-topics", {"topics": ["area-321302", "weather", "city"]})
    assert chosen.json() == {"topics": ["weather", "area-321302"]}
    followed = TopicFollower.objects.filter(person_id=citizen.caller.id)
    assert set(followed.values_list("topic", flat=True)) == {"city", "weather", "area-321302"}
    assert citizen.call("put", "/me/alert-topics", {"topics": ["nobody"]}).status_code == 422
    seen = citizen.get("/me/preferences")
    notice = next(one for one in seen.json()["items"] if one["purpose"] == "notice")
    assert notice["channels"] == {"push": True}
    citizen.call("patch", "/me/preferences", {"notice": {"push": False}}, etag=seen["ETag"])
    assert not followed.exists()
    assert citizen.get("/me/alert-topics").json() == {"topics": ["weather", "area-321302"]}


def test_longer_lists_cost_no_more(writer: Api, decider: Api, django_assert_max_num_queries: Any) -> None:
    for _ in range(6):
        decide(decider, proposed(writer, topics=["city"]), agree=False)
    with django_assert_max_num_queries(12):
        assert len(decider.get(DESK).json()["items"]) == 6
    with django_assert_max_num_queries(4):
        assert Api().get("/alerts").json()["items"] == []

"""Topics for broad alerts: phones enter and leave by Google's own client, each with its own result, repeated until the
service took it; one message reaches all of them, once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from backend.push import pumps, selectors
from backend.push.models import PushDevice, PushMessage, TopicMember
from backend.push.services import (
    drop_session_devices,
    follow_topics,
    queue_topic_push,
    remove_device_by_token,
    tell_topics,
)
from kernel.actors import Actor
from kernel.ids import uuid7
from kernel.models import OutboxEvent
from tests.factories.push import browser_device, fcm_device, person, send_due
from tests.stubs.fcm import StubFcm, error
from tests.stubs.webpush import StubPushService

pytestmark = pytest.mark.django_db


def follower(token: str, *topics: str) -> Actor:
    """Somebody with a phone who is to hear of these topics."""
    owner = person()
    fcm_device(owner, token=token)
    assert owner.user_id is not None
    follow_topics(person_id=owner.user_id, topics=topics)
    return owner


def told(fcm: StubFcm) -> list[tuple[str, str, str]]:
    """What the service was told and took: phone, whether it entered or left, topic."""
    lines = [line for line in fcm.accepted if "topic" in line]
    return sorted(
        (line.get("entered") or line["left"], "in" if "entered" in line else "out", line["topic"]) for line in lines
    )


def test_phones_enter_a_topic_together_and_leave_it_with_the_wish(fcm: StubFcm) -> None:
    """Told once; nothing more to tell; the wish withdrawn, they are taken out."""
    people = [follower(token, "city") for token in ("a", "b", "c")]
    assert tell_topics() == 1
    assert told(fcm) == [("a", "in", "city"), ("b", "in", "city"), ("c", "in", "city")]
    assert tell_topics() == 0
    assert people[0].user_id is not None
    follow_topics(person_id=people[0].user_id, topics=["tender-A02"])
    tell_topics()
    assert fcm.topics == {"city": {"b", "c"}, "tender-A02": {"a"}}


def test_a_phone_registered_later_enters_too(fcm: StubFcm, push_service: StubPushService) -> None:
    """Topics are a person's; browsers know none."""
    owner = person()
    assert owner.user_id is not None
    follow_topics(person_id=owner.user_id, topics=["city"])
    fcm_device(owner, token="late")
    browser_device(owner, push_service.browser().subscription)
    tell_topics()
    assert fcm.topics == {"city": {"late"}}
    assert TopicMember.objects.count() == 1


@pytest.mark.parametrize("leave", ["logout", "removed", "changed hands"])
def test_who_leaves_is_taken_out(fcm: StubFcm, leave: str) -> None:
    """The session ended, the device was removed, or somebody else signed in on it who does not follow."""
    owner = follower("phone", "city")
    tell_topics()
    if leave == "logout":
        assert owner.session_id is not None
        drop_session_devices(session_id=owner.session_id)
    elif leave == "removed":
        remove_device_by_token(actor=owner, token="phone")
    else:
        fcm_device(person(), token="phone")
    tell_topics()
    assert fcm.topics["city"] == set()


def test_who_never_was_in_is_not_taken_out(fcm: StubFcm) -> None:
    """A wish withdrawn before it was told costs no call."""
    owner = follower("phone", "city")
    assert owner.user_id is not None
    follow_topics(person_id=owner.user_id, topics=[])
    assert tell_topics() == 0
    assert not TopicMember.objects.exclude(due_at=None).exists()


def test_each_token_has_its_own_result(fcm: StubFcm, travel: Callable[..., None]) -> None:
    """Gone: dropped, never told of again. A fault at one: again later. Too many topics: not again. Others are in."""
    fcm.unregistered = {"gone"}
    fcm.odd = {"odd": (500, "INTERNAL"), "many": (400, "TOO_MANY_TOPICS")}
    for token in ("a", "gone", "odd", "many", "b"):
        follower(token, "city")
    tell_topics()
    assert fcm.topics["city"] == {"a", "b"}
    assert PushDevice.objects.exclude(dropped_at=None).get().drop_reason == "device_gone"
    assert tell_topics() == 0
    fcm.odd.pop("odd")
    asked = len(fcm.ledger)
    travel(minutes=10)
    assert tell_topics() == 1
    assert [line["path"].split("/")[5] for line in fcm.ledger[asked:]] == ["odd"]
    assert TopicMember.objects.get(code="TOO_MANY_TOPICS").due_at is None


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 503},
        {"status": 500, "body": error(500, "INTERNAL", "")},
        {"drop_after_request": True, "accept": True},
    ],
)
def test_a_call_that_failed_is_made_again(fcm: StubFcm, travel: Callable[..., None], fault: dict[str, Any]) -> None:
    """Busy, broken, or cut off after it was taken: told again, to the same end."""
    fcm.fault(**fault)
    follower("phone", "city")
    tell_topics()
    assert tell_topics() == 0
    travel(minutes=10)
    assert tell_topics() == 1
    assert fcm.topics["city"] == {"phone"}
    assert tell_topics() == 0


def test_asked_to_wait_nobody_is_told_before(fcm: StubFcm, travel: Callable[..., None]) -> None:
    """429 holds the service of topics, and not the messages."""
    fcm.fault(status=429, body=error(429, "RESOURCE_EXHAUSTED", "slowly"), path="topicSubscriptions")
    follower("phone", "city")
    tell_topics()
    follower("other", "city")
    assert tell_topics() == 0
    queue_topic_push(
        topics=["city"], title="t", link="/", collapse_key="k", urgency="low", reference="r", ttl=60
    )  # fmt: skip
    assert send_due() == 1
    travel(minutes=10)
    while tell_topics():
        pass
    assert fcm.topics["city"] == {"phone", "other"}


def test_one_message_reaches_all_phones_of_its_topics_once(fcm: StubFcm) -> None:
    """By a condition, with a collapse key, priority and time to live; the same reference is the same message."""
    for token, topic in (("a", "city"), ("b", "tender-A02"), ("c", "tender-B01")):
        follower(token, topic)
    tell_topics()
    for _ in range(2):
        queue_topic_push(
            topics=["city", "tender-A02"], title="您有新的公告", link="/alerts/1", collapse_key="alert-1",
            urgency="high", reference="alert:1", ttl=3600,
        )  # fmt: skip
    assert send_due() == 1
    message = fcm.accepted[-1]["message"]
    assert message["condition"] == "'city' in topics || 'tender-A02' in topics"
    assert "token" not in message
    assert (message["android"]["collapse_key"], message["android"]["priority"]) == ("alert-1", "high")
    assert message["android"]["ttl"].startswith(("3599", "3600"))
    assert fcm.reached_by(message["condition"]) == {"a", "b"}
    assert selectors.topic_reach(["city", "tender-A02"]) == selectors.TopicReach(phones=2, people=2)
    (event,) = OutboxEvent.objects.filter(type="push.topic_message_finished").values_list("data", flat=True)
    assert event == {"reference": "alert:1", "state": "accepted", "reason": "", "maybe_duplicate": False}


def test_a_message_to_topics_is_tried_again_and_marked_when_its_end_was_not_seen(
    fcm: StubFcm, travel: Callable[..., None]
) -> None:
    """503: again, unmarked. Cut off: once more, marked; the collapse key lets it replace the first."""
    fcm.fault(status=503, body=error(503, "UNAVAILABLE", "later"))
    fcm.fault(drop_after_request=True, accept=True)
    queue_topic_push(
        topics=["city"], title="t", link="/", collapse_key="k", urgency="low", reference="r", ttl=86400
    )  # fmt: skip
    for _ in range(3):
        send_due()
        travel(minutes=10)
    row = PushMessage.objects.get()
    assert (row.state, row.maybe_duplicate, row.attempts.count()) == ("accepted", True, 3)


@pytest.mark.parametrize("topics", [[], ["a b"], ["x' in topics || 'y"], ["t"] * 6])
def test_topics_that_no_service_takes_are_refused(topics: list[str]) -> None:
    """Nothing gets into a condition but names."""
    with pytest.raises(ValueError, match="topic"):
        queue_topic_push(
            topics=topics, title="t", link="/", collapse_key="k", urgency="low", reference="r", ttl=60
        )  # fmt: skip
    assert not PushMessage.objects.exists()


def test_the_relay_has_a_worker_tell(fcm: StubFcm, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing due: no task. Something due: one, and not one at every wake-up."""
    handed: list[bool] = []
    monkeypatch.setattr(pumps, "_knock", lambda: None)
    monkeypatch.setattr(pumps, "_topics_again_at", 0.0)
    monkeypatch.setattr(pumps.tell_of_topics, "apply_async", lambda **_: handed.append(True))
    pumps.hand_topics()
    assert handed == []
    follower(str(uuid7()), "city")
    pumps.hand_topics()
    pumps.hand_topics()
    assert handed == [True]

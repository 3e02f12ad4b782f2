"""Notifications: each event reaches its people on every channel, with its state; snapshot + events = snapshot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from backend.accounts.models import User
from backend.notifications import selectors
from backend.notifications.models import ChannelDelivery, Notification, Policy, TextTemplate
from backend.notifications.receivers import TOLD
from backend.notifications.services import change_preferences, mark_all_read, mark_read, record_sms_outcome
from backend.notifications.types import Channel, DeliveryState
from backend.push.models import PushMessage
from backend.workflow import services as workflow
from kernel import events, outbox
from kernel.ids import uuid7
from kernel.models import Delivery, PersonEvent
from sms.models import Message
from tests.factories import accounts
from tests.factories import push as push_factory
from tests.factories.notifications import EXTRA, POWER_NAME, case_event
from tests.factories.sms import send_due as send_texts
from tests.factories.sms import texts_on_handset
from tests.notifications.screens import caught_up, fresh
from tests.stubs.fcm import StubFcm

pytestmark = pytest.mark.django_db


@pytest.fixture
def relay(db: None) -> Callable[[], None]:
    """Hand over events without the pumps, which need a broker."""

    def run() -> None:
        for _ in range(10):
            if not outbox.run_pending():
                return

    return run


def channels_of(person_id: UUID) -> dict[str, tuple[str, str]]:
    """State and reason of each channel of the person's newest message."""
    row = Notification.objects.filter(person_id=person_id).order_by("-at", "-id")[:1].get()
    return {found.channel: (found.state, found.reason) for found in ChannelDelivery.objects.filter(notification=row)}


@pytest.mark.parametrize("name", sorted(EXTRA))
def test_every_case_event_is_told_completely(name: str, relay: Callable[[], None]) -> None:
    """A whole sentence in both languages, no open place, and the text message where the table says so."""
    citizen = accounts.citizen()
    before, cursor = fresh(citizen)
    event = case_event(name, citizen)
    relay()
    row = Notification.objects.get(event_id=event.id, audience="applicant")
    assert "—" not in row.title + row.body
    assert "{" not in row.title + row.body
    assert event.data["case_no"] in row.body
    assert row.link == f"/cases/{event.subject_id}"
    policy = Policy.objects.get(event_type=name, audience="applicant")
    texted = Message.objects.filter(person_id=citizen, template_version__template__code=policy.sms_template)
    assert texted.count() == ("sms" in policy.channels)
    texts = TextTemplate.objects.get(code=policy.template)
    assert all((texts.title_zh, texts.title_en, texts.body_zh, texts.body_en))
    assert caught_up(citizen, before, cursor) == fresh(citizen)[0]
    assert not Delivery.objects.filter(attempts__gt=0).exists()


def test_each_told_event_type_exists_or_is_defined_above() -> None:
    """Subscribed names that nobody defines would be a typing mistake; each policy belongs to a subscribed name."""
    known = set(events.event_types())
    assert set(TOLD) <= known
    told_by_broadcast = Policy.objects.filter(event_type__startswith="tender.alert_")
    others = Policy.objects.exclude(pk__in=told_by_broadcast)
    assert set(TOLD) == set(others.values_list("event_type", flat=True))
    assert set(Policy.objects.values_list("template", flat=True)) <= set(
        TextTemplate.objects.values_list("code", flat=True)
    )


def test_three_channels_and_their_states(fcm: StubFcm, relay: Callable[[], None]) -> None:
    """Accepted: in the message centre at once, SMS and push queued, then what became of them."""
    phone = accounts.mobile()
    citizen = accounts.citizen(phone=phone)
    push_factory.fcm_device(push_factory.person(citizen), token="phone")
    case_event("case.accepted", citizen, case_no="32130020131125000187")
    relay()
    assert channels_of(citizen) == {
        "inbox": ("delivered", ""),
        "sms": ("queued", ""),
        "push": ("queued", ""),
    }
    before, cursor = fresh(citizen)
    send_texts()
    push_factory.send_due()
    relay()
    assert texts_on_handset(phone) == [
        "【宿迁政务服务】您申请的“食品经营许可”已于11月25日受理，编号32130020131125000187，承诺12月6日前办结。"
    ]
    sent = fcm.accepted[0]["message"]
    assert POWER_NAME not in str(sent)
    assert "32130020131125000187" not in str(sent)
    assert sent["data"]["badge"] == "1"
    assert channels_of(citizen)["push"] == ("accepted", "")
    assert caught_up(citizen, before, cursor) == fresh(citizen)[0]


def test_english_readers_read_english(relay: Callable[[], None]) -> None:
    """Worded in the person's language; the text message keeps its approved Chinese wording."""
    citizen = accounts.citizen()
    User.objects.filter(pk=citizen).update(language="en")
    case_event("case.accepted", citizen)
    relay()
    row = Notification.objects.get(person_id=citizen)
    assert row.title == "Application accepted"
    assert "6 Dec" in row.body
    assert "12月6日" in (Message.objects.get(person_id=citizen).text or "")


def test_without_number_and_device_the_reasons_are_shown(relay: Callable[[], None]) -> None:
    """The message centre says why nothing else was used."""
    official = accounts.official(phone="")
    case_event("case.accepted", official)
    relay()
    assert channels_of(official) == {
        "inbox": ("delivered", ""),
        "sms": ("skipped", "no_number"),
        "push": ("skipped", "no_device"),
    }


def test_handlers_are_told_and_a_colleague_clears_it(fcm: StubFcm, relay: Callable[[], None]) -> None:
    """A to-do is told to everybody whose post it is; done by one, it leaves the others' screens and badges."""
    place = accounts.organisation()
    first, second = accounts.official("reviewer", place), accounts.official("reviewer", place)
    accounts.official("reviewer", accounts.organisation())
    push_factory.fcm_device(push_factory.person(second), token="second")
    subject = ("case", uuid7())
    workflow.open_task(
        subject=subject, kind="review", organisation_id=place.id, role="reviewer", title="审查", due_on=None
    )
    relay()
    assert set(Notification.objects.values_list("person_id", flat=True)) == {first, second}
    assert Notification.objects.filter(link=f"/approval/cases/{subject[1]}").count() == 2
    push_factory.send_due()
    relay()
    before, cursor = fresh(second)
    workflow.close_tasks(subject=subject)
    relay()
    assert selectors.unread(first) == selectors.unread(second) == 0
    assert caught_up(second, before, cursor) == fresh(second)[0]
    push_factory.send_due()
    assert fcm.accepted[-1]["message"]["data"]["kind"] == "clear"


def test_read_anywhere_is_read_everywhere(fcm: StubFcm, relay: Callable[[], None]) -> None:
    """Reading updates every screen, takes the push off the other devices, and stops a push that has not gone."""
    citizen = accounts.citizen()
    tablet, phone = push_factory.person(citizen), push_factory.person(citizen)
    push_factory.fcm_device(tablet, token="tablet")
    push_factory.fcm_device(phone, token="phone")
    for name in ("case.accepted", "case.granted", "case.delivered"):
        case_event(name, citizen)
        relay()
    push_factory.send_due()
    relay()
    before, cursor = fresh(citizen)
    newest = Notification.objects.filter(person_id=citizen).order_by("-at").first()
    assert newest is not None
    read = mark_read(actor=phone, notification_id=newest.pk)
    assert read["read_at"] is not None
    push_factory.send_due()
    cleared = fcm.accepted[-1]["message"]
    assert (cleared["token"], cleared["data"]) == (
        "tablet",
        {"kind": "clear", "ids": str(newest.pk), "badge": "2"},
    )
    mark_read(actor=tablet, notification_id=newest.pk)
    case_event("case.extended", citizen)
    relay()
    assert mark_all_read(actor=phone) == 3
    assert mark_all_read(actor=phone) == 0
    assert not PushMessage.objects.filter(state="queued", kind="show").exists()
    assert channels_of(citizen)["push"] == ("cancelled", "read_elsewhere")
    assert caught_up(citizen, before, cursor) == fresh(citizen)[0]
    assert selectors.unread(citizen) == 0


def test_a_long_message_centre_keeps_its_latest(relay: Callable[[], None]) -> None:
    """Beyond twenty the snapshot and the events still agree, for reading an old one too."""
    citizen = accounts.citizen()
    actor = push_factory.person(citizen)
    before, cursor = fresh(citizen)
    for _ in range(23):
        case_event("case.step_passed", citizen)
    relay()
    assert len(fresh(citizen)[0]["inbox"]) == 20
    oldest = Notification.objects.filter(person_id=citizen).order_by("at", "id").first()
    assert oldest is not None
    mark_read(actor=actor, notification_id=oldest.pk)
    assert caught_up(citizen, before, cursor) == fresh(citizen)[0]
    assert fresh(citizen)[0]["badge"] == {"unread": 22}


def test_a_statutory_notice_takes_the_other_channel_when_one_fails(
    fcm: StubFcm, relay: Callable[[], None], settings: Any
) -> None:
    """F13: push chosen instead of SMS, the phone is gone: the text goes out after all."""
    citizen = accounts.citizen()
    actor = push_factory.person(citizen)
    push_factory.fcm_device(actor, token="gone")
    fcm.unregistered.add("gone")
    change_preferences(actor=actor, version=0, change={"case_notice": {"sms": False}})
    case_event("case.granted", citizen)
    relay()
    assert channels_of(citizen)["sms"] == ("skipped", "preference")
    assert not Message.objects.exists()
    push_factory.send_due()
    relay()
    assert channels_of(citizen) == {
        "inbox": ("delivered", ""),
        "push": ("failed", "device_gone"),
        "sms": ("queued", "instead_of_other_channel"),
    }
    assert Message.objects.get().purpose == "statutory"


def test_a_courtesy_does_not(fcm: StubFcm, relay: Callable[[], None]) -> None:
    """What no law asks for respects the choice, and a failed push stays failed."""
    citizen = accounts.citizen()
    actor = push_factory.person(citizen)
    push_factory.fcm_device(actor, token="gone")
    fcm.unregistered.add("gone")
    change_preferences(actor=actor, version=0, change={"case_progress": {"sms": False}})
    case_event("case.delivered", citizen)
    relay()
    push_factory.send_due()
    relay()
    assert channels_of(citizen)["sms"] == ("skipped", "preference")
    assert channels_of(citizen)["push"] == ("failed", "device_gone")
    assert not Message.objects.exists()


def test_statutory_but_push_only_without_a_device_goes_by_sms(relay: Callable[[], None]) -> None:
    """Re-channelled to something that does not exist: the law still wants the notice to arrive."""
    citizen = accounts.citizen()
    change_preferences(actor=push_factory.person(citizen), version=0, change={"case_notice": {"sms": False}})
    case_event("case.accepted", citizen)
    relay()
    assert channels_of(citizen)["sms"] == ("queued", "instead_of_other_channel")


def test_a_revoked_session_is_told_as_a_security_matter(relay: Callable[[], None]) -> None:
    """F27: the person learns that a token was used twice."""
    citizen = accounts.citizen()
    with transaction.atomic():
        events.emit(
            events.event_types()["account.session_revoked"],
            subject=("user", citizen),
            organisation_id=None,
            data={"user_id": str(citizen), "session_id": str(uuid7()), "reason": "reuse"},
        )
    relay()
    row = Notification.objects.get(person_id=citizen)
    assert (row.purpose, row.statutory, row.link) == ("security", True, "/me/sessions")
    assert "如非本人操作" in (Message.objects.get().text or "")


def test_an_event_told_twice_is_told_once(relay: Callable[[], None]) -> None:
    """The hand-over and its effects are one transaction; nobody else's log is touched."""
    citizen, other = accounts.citizen(), accounts.citizen()
    case_event("case.accepted", citizen)
    relay()
    relay()
    assert Notification.objects.count() == 1
    assert not PersonEvent.objects.filter(person_id=other).exists()
    assert ChannelDelivery.objects.filter(channel=Channel.INBOX, state=DeliveryState.DELIVERED).count() == 1


def test_only_urgent_statutory_notices_say_more_on_a_lock_screen() -> None:
    """Everything else shows the general words; nothing there has a place for the content of a case."""
    urgent = Policy.objects.filter(statutory=True, urgency="high").values_list("template", flat=True)
    for texts in TextTemplate.objects.all():
        assert not (texts.push_zh or texts.push_en) or texts.code in urgent, texts.code
        assert "{" not in texts.push_zh + texts.push_en


def test_a_text_that_fails_goes_by_push(fcm: StubFcm, relay: Callable[[], None]) -> None:
    """F13 the other way round: SMS chosen alone, the carrier cannot deliver, a device is there."""
    citizen = accounts.citizen()
    actor = push_factory.person(citizen)
    push_factory.fcm_device(actor, token="phone")
    change_preferences(actor=actor, version=0, change={"case_notice": {"push": False}})
    case_event("case.granted", citizen)
    relay()
    assert channels_of(citizen)["push"] == ("skipped", "preference")
    reference = ChannelDelivery.objects.get(channel="sms").reference
    assert reference
    before, cursor = fresh(citizen)
    assert record_sms_outcome(reference=reference, state="undelivered", reason="carrier")
    push_factory.send_due()
    relay()
    assert channels_of(citizen)["sms"] == ("failed", "carrier")
    assert channels_of(citizen)["push"] == ("accepted", "instead_of_other_channel")
    assert len(fcm.accepted) == 1
    assert caught_up(citizen, before, cursor) == fresh(citizen)[0]
    assert not record_sms_outcome(reference="rating:1:invitation", state="failed", reason="carrier")

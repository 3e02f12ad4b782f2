"""Meetings: told are those whom it concerns, every answer is accounted for, a code of the room is good for a minute."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from backend.accounts import selectors as accounts
from backend.accounts.types import Role
from backend.meetings import selectors, services
from backend.meetings.models import Attendee, Meeting
from backend.meetings.types import Answer, MeetingError
from backend.notifications.models import Notification
from backend.workflow import selectors as workflow
from backend.workflow import services as workflow_services
from kernel import clock
from kernel.errors import DomainError
from tests.factories import accounts as people
from tests.factories import meetings

pytestmark = pytest.mark.django_db
Travel = Callable[..., None]
Deliver = Callable[[], int]


def _told(event: str) -> set[UUID]:
    return set(Notification.objects.filter(event_type=f"meetings.{event}").values_list("person_id", flat=True))


def _waiting(person: UUID) -> int:
    found = workflow.tasks_for(accounts.actor_for(person), kinds=["meeting.receipt"])
    return len(found.items)


def _refused(error: MeetingError, act: Callable[[], object]) -> DomainError:
    with pytest.raises(DomainError) as caught:
        act()
    assert caught.value.code is error
    return caught.value


def test_a_unit_and_people_are_called_and_answer(deliver_events: Deliver) -> None:
    place, other = people.organisation(), people.organisation()
    organiser, wang, li = (meetings.official(place, name) for name in ("办公室", "王科长", "李科长"))
    guest, stranger = meetings.official(other, "邻县同志"), meetings.official(other)
    meeting = meetings.called(organiser, [guest], units=[place.id])
    deliver_events()
    assert _told("called") == {wang, li, guest}
    assert [_waiting(person) for person in (organiser, wang, li, guest)] == [0, 1, 1, 1]
    assert not Notification.objects.filter(event_type="workflow.task_opened").exists()
    _refused(MeetingError.NOT_FOUND, lambda: selectors.meeting_for(accounts.actor_for(stranger), meeting.id))

    def say(person: UUID, choice: Answer, **more: str) -> Attendee:
        return services.answer(actor=accounts.actor_for(person), meeting_id=meeting.id, choice=choice, **more)

    say(wang, Answer.ATTEND)
    _refused(MeetingError.REASON_MISSING, lambda: say(li, Answer.LEAVE))
    say(li, Answer.LEAVE, reason="出差")
    _refused(MeetingError.REASON_MISSING, lambda: say(guest, Answer.SUBSTITUTE, substitute_name="赵某"))
    _refused(MeetingError.NOT_FOUND, lambda: say(stranger, Answer.ATTEND))
    assert services.urge(actor=accounts.actor_for(organiser), meeting_id=meeting.id) == 1
    say(guest, Answer.SUBSTITUTE, substitute_name="赵某", substitute_post="副科长")
    deliver_events()
    assert _told("urged") == {guest}
    assert Notification.objects.filter(event_type="meetings.answered", person_id=organiser).count() == 2
    assert [_waiting(person) for person in (wang, li, guest)] == [0, 0, 0]
    answers = dict(Attendee.objects.filter(meeting=meeting).values_list("person_id", "answer"))
    assert answers == {organiser: "attend", wang: "attend", li: "leave", guest: "substitute"}


def test_change_and_cancel_reach_only_those_concerned(deliver_events: Deliver) -> None:
    place = people.organisation()
    organiser, stays, goes, comes = (meetings.official(place) for _ in range(4))
    actor = accounts.actor_for(organiser)
    meeting = meetings.called(organiser, [stays, goes])
    services.answer(actor=accounts.actor_for(stays), meeting_id=meeting.id, choice=Answer.ATTEND)
    meeting = services.change_meeting(actor=actor, meeting_id=meeting.id, version=meeting.version, notes="请带材料")
    deliver_events()
    assert _told("changed") == set()
    meeting = services.change_meeting(
        actor=actor, meeting_id=meeting.id, version=meeting.version, people=[stays, comes]
    )
    deliver_events()
    assert (_told("changed"), _told("uninvited"), _told("called")) == (set(), {goes}, {stays, goes, comes})
    assert _waiting(goes) == 0
    later = meeting.starts_at + timedelta(hours=3)
    meeting = services.change_meeting(
        actor=actor, meeting_id=meeting.id, version=meeting.version, starts_at=later, ends_at=later + timedelta(hours=1)
    )
    deliver_events()
    assert _told("changed") == {stays, comes}
    assert [_waiting(person) for person in (stays, comes)] == [1, 1]
    text = Notification.objects.get(event_type="meetings.changed", person_id=stays).body
    assert "时间" in text
    assert "—" not in text
    _refused(
        MeetingError.NOT_YOURS,
        lambda: services.cancel_meeting(
            actor=accounts.actor_for(stays), meeting_id=meeting.id, version=meeting.version, reason="不"
        ),
    )
    services.cancel_meeting(actor=actor, meeting_id=meeting.id, version=meeting.version, reason="改为书面传达")
    deliver_events()
    assert _told("cancelled") == {stays, comes}
    assert [_waiting(person) for person in (stays, comes)] == [0, 0]


def test_reminders_come_a_day_and_an_hour_before_to_those_who_come(travel: Travel, deliver_events: Deliver) -> None:
    place = people.organisation()
    organiser, comes, away = (meetings.official(place) for _ in range(3))
    meeting = meetings.called(organiser, [comes, away])
    services.answer(actor=accounts.actor_for(away), meeting_id=meeting.id, choice=Answer.LEAVE, reason="年休")
    assert services.remind_due() == 0
    for expected in (1, 2):
        before = timedelta(days=1) if expected == 1 else timedelta(hours=1)
        travel(hours=(meeting.starts_at - before - clock.now()).total_seconds() / 3600 + 0.01)
        assert services.remind_due() == 1
        assert services.remind_due() == 0
        deliver_events()
        assert _told("reminded") == {organiser, comes}
        assert Notification.objects.filter(event_type="meetings.reminded", person_id=comes).count() == expected


def test_signing_in_takes_the_code_of_the_room_of_now(travel: Travel) -> None:
    place = people.organisation()
    organiser, comes = meetings.official(place), meetings.official(place)
    meeting = meetings.called(organiser, [comes])
    host, guest = accounts.actor_for(organiser), accounts.actor_for(comes)

    def sign(code: str) -> Attendee:
        return services.sign_in(actor=guest, meeting_id=meeting.id, code=code)

    shown, _ = selectors.sign_in_code(host, meeting.id)
    _refused(MeetingError.SIGN_IN_CLOSED, lambda: sign(shown.digits))
    _refused(MeetingError.NOT_YOURS, lambda: selectors.sign_in_code(guest, meeting.id))
    travel(hours=(meeting.starts_at - clock.now()).total_seconds() / 3600)
    _refused(MeetingError.CODE_WRONG, lambda: sign(shown.digits))
    shown, _ = selectors.sign_in_code(host, meeting.id)
    travel(seconds=90)
    _refused(MeetingError.CODE_WRONG, lambda: sign(shown.digits))
    shown, _ = selectors.sign_in_code(host, meeting.id)
    first = sign(shown.digits).signed_in_at
    assert first is not None
    assert sign(shown.digits).signed_in_at == first
    elsewhere = meetings.called(organiser, [comes])
    assert selectors.digits(elsewhere.id, 1) != selectors.digits(meeting.id, 1)


def test_a_delegate_answers_for_who_is_away(travel: Travel) -> None:
    place = people.organisation()
    organiser, boss, deputy = (meetings.official(place) for _ in range(3))
    meeting = meetings.called(organiser, [boss])
    actor = accounts.actor_for(deputy)
    act = lambda: services.answer(actor=actor, meeting_id=meeting.id, choice=Answer.ATTEND, person_id=boss)  # noqa: E731
    _refused(MeetingError.NOT_FOUND, act)
    today = clock.today()
    workflow_services.delegate(actor=accounts.actor_for(boss), delegate_id=deputy, from_on=today, to_on=today)
    assert _waiting(deputy) == 1
    assert act().answered_by == deputy
    assert selectors.meeting_for(actor, meeting.id).id == meeting.id


def test_a_taken_room_says_who_has_it_and_what_is_free() -> None:
    place = people.organisation()
    organiser, other, guest = (
        meetings.official(place, "张三"),
        meetings.official(place, "李四"),
        meetings.official(place),
    )
    first = meetings.room(place)
    second = meetings.room(place, name="第二会议室")
    at = meetings.ahead()
    meetings.called(organiser, [guest], room_id=first.id, starts_at=at)
    refused = _refused(MeetingError.ROOM_TAKEN, lambda: meetings.called(other, [guest], room_id=first.id, starts_at=at))
    assert refused.extra["holder"]["organiser_name"] == "张三"
    assert [row["id"] for row in refused.extra["free_rooms"]] == [str(second.id)]
    assert refused.extra["free_from"] == clock.local(at + timedelta(hours=2)).isoformat()
    after = meetings.called(other, [guest], room_id=first.id, starts_at=at + timedelta(hours=2))
    services.cancel_meeting(
        actor=accounts.actor_for(other), meeting_id=after.id, version=after.version, reason="不开了"
    )
    meetings.called(other, [guest], room_id=first.id, starts_at=at + timedelta(hours=2))
    _refused(
        MeetingError.ROOM_TOO_SMALL,
        lambda: meetings.called(other, [guest], room_id=meetings.room(place, name="小间", seats=1).id),
    )
    far = people.official(Role.REVIEWER, people.organisation(region_code="321324"))
    _refused(MeetingError.ROOM_UNKNOWN, lambda: meetings.called(far, [far], room_id=first.id))
    assert Meeting.objects.filter(room=first).exclude(state="cancelled").count() == 2

"""Schedules are seen by rule, decisions become work, the week is told from facts, the feed opens for its owner only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import icalendar
import pytest

from backend.accounts import selectors as accounts
from backend.accounts.types import Role
from backend.agenda import selectors, services
from backend.agenda.models import Entry, Feed, WorkTask
from backend.agenda.types import AgendaError, Openness, ShareLevel, View
from backend.meetings import services as meeting_services
from backend.meetings.types import Answer
from backend.notifications.models import Notification
from backend.workflow import selectors as workflow
from kernel import clock
from kernel.actors import Actor
from kernel.errors import CommonError, DomainError, ErrorCode
from tests.factories import accounts as people
from tests.factories import meetings

pytestmark = pytest.mark.django_db
Travel = Callable[..., None]
Deliver = Callable[[], int]


def _actor(person: UUID) -> Actor:
    return accounts.actor_for(person)


def _refused(error: ErrorCode, act: Callable[[], object]) -> None:
    with pytest.raises(DomainError) as caught:
        act()
    assert caught.value.code is error


def _titles(reader: UUID, owner: UUID) -> list[str] | None:
    now = clock.now()
    try:
        found = selectors.entries(
            _actor(reader), since=now - timedelta(days=1), until=now + timedelta(days=10), owner_ids=[owner]
        )
    except DomainError:
        return None
    return [entry.title for entry in found]


def _entry(owner: UUID, title: str, openness: Openness = Openness.UNIT, **more: object) -> Entry:
    at = meetings.ahead()
    return services.add_entry(
        actor=_actor(owner), title=title, starts_at=at, ends_at=at + timedelta(hours=1), openness=openness, **more
    )


def test_meetings_stand_in_schedules_and_follow_changes_and_answers(deliver_events: Deliver) -> None:
    place = people.organisation()
    organiser, comes, away, late = (meetings.official(place) for _ in range(4))
    meeting = meetings.called(organiser, [comes, away])
    deliver_events()
    assert [_titles(person, person) for person in (organiser, comes, away, late)] == [[meeting.title]] * 3 + [[]]
    meeting_services.answer(actor=_actor(away), meeting_id=meeting.id, choice=Answer.LEAVE, reason="出差")
    later = meeting.starts_at + timedelta(hours=2)
    meeting = meeting_services.change_meeting(
        actor=_actor(organiser),
        meeting_id=meeting.id,
        version=meeting.version,
        people=[comes, late],
        starts_at=later,
        ends_at=later + timedelta(hours=1),
    )
    deliver_events()
    assert [_titles(person, person) for person in (comes, away, late)] == [[meeting.title], [], [meeting.title]]
    assert set(Entry.objects.filter(removed_at=None).values_list("starts_at", flat=True)) == {later}
    own = Entry.objects.get(owner_id=comes)
    _refused(
        AgendaError.TAKEN_FROM_ELSEWHERE,
        lambda: services.remove_entry(actor=_actor(comes), entry_id=own.id, version=own.version),
    )
    meeting_services.cancel_meeting(
        actor=_actor(organiser), meeting_id=meeting.id, version=meeting.version, reason="不开了"
    )
    deliver_events()
    assert not Entry.objects.filter(removed_at=None).exists()


def test_a_schedule_is_seen_by_its_rules() -> None:
    city = people.organisation()
    place = people.organisation(parent=city)
    leader, colleague, secretary = (meetings.official(place) for _ in range(3))
    above, stranger = meetings.official(city), meetings.official(people.organisation(region_code="321324"))
    _entry(leader, "调研")
    _entry(leader, "看病", Openness.PRIVATE)
    assert _titles(leader, leader) == ["调研", "看病"]
    assert _titles(colleague, leader) == ["调研", ""]
    assert [_titles(person, leader) for person in (above, stranger)] == [None, None]
    rules = [
        services.share(actor=_actor(leader), level=ShareLevel.BUSY, organisation_id=place.id),
        services.share(actor=_actor(leader), level=ShareLevel.DETAILS, reader_id=above),
        services.share(actor=_actor(leader), level=ShareLevel.KEEP, reader_id=secretary),
    ]
    assert _titles(colleague, leader) == ["", ""]
    assert _titles(above, leader) == ["调研", ""]
    assert _titles(secretary, leader) == ["调研", "看病"]
    assert (leader, View.DETAILS) in [(info.id, view) for info, view in selectors.people_seen(_actor(above))]
    kept = services.add_entry(
        actor=_actor(secretary),
        owner_id=leader,
        title="接访",
        starts_at=meetings.ahead(days=3),
        ends_at=meetings.ahead(days=3),
    )
    assert kept.owner_id == leader
    _refused(
        AgendaError.NOT_ALLOWED,
        lambda: services.change_entry(actor=_actor(above), entry_id=kept.id, version=1, title="改"),
    )
    _refused(
        AgendaError.NOT_FOUND,
        lambda: services.change_entry(actor=_actor(stranger), entry_id=kept.id, version=1, title="改"),
    )
    _refused(AgendaError.NOT_FOUND, lambda: services.unshare(actor=_actor(colleague), share_id=rules[0].id))
    for rule in rules:
        services.unshare(actor=_actor(leader), share_id=rule.id)
    assert _titles(above, leader) is None
    _refused(CommonError.FORBIDDEN, lambda: selectors.people_seen(_actor(people.citizen())))


def test_a_unit_has_a_plan_that_its_branch_sees() -> None:
    city = people.organisation()
    place = people.organisation(parent=city)
    member, above = meetings.official(place), meetings.official(city)
    stranger = meetings.official(people.organisation(region_code="321324"))
    _entry(member, "本周大厅演练", for_unit=True)

    def plan(person: UUID) -> list[str]:
        now = clock.now()
        found = selectors.entries(_actor(person), since=now, until=now + timedelta(days=7), unit_id=place.id)
        return [entry.title for entry in found]

    assert plan(member) == plan(above) == ["本周大厅演练"]
    _refused(AgendaError.NOT_FOUND, lambda: plan(stranger))


def test_decisions_become_tasks_once_and_progress_ends_them(travel: Travel, deliver_events: Deliver) -> None:
    place = people.organisation()
    organiser, owner, other = (meetings.official(place) for _ in range(3))
    meeting = meetings.called(organiser, [owner])
    travel(hours=(meeting.starts_at - clock.now()).total_seconds() / 3600 + 1)
    due = clock.today() + timedelta(days=5)
    meeting_services.write_minutes(
        actor=_actor(organiser),
        meeting_id=meeting.id,
        version=meeting.version,
        text="会议明确了分工。",
        decisions=[{"text": "拟定窗口延时服务方案", "owner_id": owner, "due_on": due}],
    )
    deliver_events()
    task = WorkTask.objects.get()
    assert (task.owner_id, task.giver_id, task.due_on, task.subject_id) == (owner, organiser, due, meeting.id)
    waiting = workflow.tasks_for(_actor(owner)).items
    assert [(found.kind, found.due_on) for found in waiting] == [("agenda.task", due)]
    assert Notification.objects.filter(event_type="workflow.task_opened", person_id=owner).count() == 1
    _refused(AgendaError.TASK_NOT_FOUND, lambda: selectors.task_for(_actor(other), task.id))
    _refused(
        AgendaError.NOT_ALLOWED,
        lambda: services.report_progress(actor=_actor(organiser), task_id=task.id, version=1, progress=50),
    )
    task = services.report_progress(actor=_actor(owner), task_id=task.id, version=1, progress=50, text="初稿完成")
    task = services.report_progress(actor=_actor(owner), task_id=task.id, version=task.version, progress=100)
    deliver_events()
    assert not workflow.tasks_for(_actor(owner)).items
    assert Notification.objects.filter(event_type="agenda.task_finished", person_id=organiser).count() == 1
    _refused(
        AgendaError.TASK_ENDED,
        lambda: services.drop_task(actor=_actor(organiser), task_id=task.id, version=task.version, reason="不用"),
    )


def test_a_task_moves_to_another_day_and_owner(deliver_events: Deliver) -> None:
    place = people.organisation()
    giver, owner, other = (meetings.official(place) for _ in range(3))
    due = clock.today() + timedelta(days=2)
    task = services.give_task(actor=_actor(giver), owner_id=owner, title="汇总台账", due_on=due)
    task = services.change_task(
        actor=_actor(giver), task_id=task.id, version=task.version, due_on=due + timedelta(days=3), owner_id=other
    )
    deliver_events()
    assert not workflow.tasks_for(_actor(owner)).items
    assert [found.due_on for found in workflow.tasks_for(_actor(other)).items] == [due + timedelta(days=3)]
    services.drop_task(actor=_actor(giver), task_id=task.id, version=task.version, reason="并入专项")
    assert not workflow.tasks_for(_actor(other)).items
    assert selectors.task_for(_actor(other), task.id).state == "dropped"


def test_the_week_is_drafted_from_facts_and_kept_as_written(travel: Travel, deliver_events: Deliver) -> None:
    place = people.organisation()
    boss, clerk = people.official(Role.APPROVER, place), meetings.official(place)
    monday = clock.today() - timedelta(days=clock.today().weekday()) + timedelta(days=7)
    travel(to=datetime.combine(monday, datetime.min.time(), tzinfo=clock.SHANGHAI) + timedelta(hours=9))
    actor = _actor(clerk)
    done = services.give_task(actor=actor, title="整理事项清单", due_on=monday)
    services.report_progress(actor=actor, task_id=done.id, version=1, progress=100)
    services.give_task(actor=actor, title="回访十家企业", due_on=monday + timedelta(days=8))
    meetings.called(boss, [clerk], title="周例会", starts_at=clock.now() + timedelta(hours=1))
    deliver_events()
    travel(hours=8)
    report = services.draft_report(actor=actor, week=monday)
    assert {(fact["kind"], fact["text"]) for fact in report.facts} == {("task", "整理事项清单"), ("meeting", "周例会")}
    assert "完成工作任务1项" in report.done
    assert "回访十家企业" in report.planned
    report = services.write_report(
        actor=actor, week=monday, version=report.version, done="我的话", planned="", problems="人手不足"
    )
    assert services.draft_report(actor=actor, week=monday).done == "我的话"
    assert selectors.reports_seen(_actor(boss), monday) == []
    report = services.hand_in_report(actor=actor, week=monday, version=report.version)
    assert [row.id for row in selectors.reports_seen(_actor(boss), monday)] == [report.id]
    assert selectors.reports_seen(_actor(meetings.official(place)), monday) == []
    _refused(AgendaError.REPORT_HANDED_IN, lambda: services.hand_in_report(actor=actor, week=monday, version=2 + 1))
    _refused(AgendaError.BAD_WEEK, lambda: services.draft_report(actor=actor, week=monday + timedelta(days=1)))


def test_the_feed_is_read_by_a_calendar_program_and_closed_by_its_owner(deliver_events: Deliver) -> None:
    place = people.organisation()
    organiser, comes = meetings.official(place), meetings.official(place)
    title = "关于进一步优化营商环境、推进“一件事”改革，及窗口延时服务的专题会议；第二次"
    meeting = meetings.called(organiser, [comes], title=title)
    deliver_events()
    due = clock.today() + timedelta(days=3)
    services.give_task(actor=_actor(comes), title="准备发言", due_on=due)
    secret = services.open_feed(actor=_actor(comes))
    assert secret.encode() not in bytes(Feed.objects.get().digest)
    text = selectors.feed(secret)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    found = {str(event["SUMMARY"]): event for event in icalendar.Calendar.from_ical(text).walk("VEVENT")}
    assert found[title].decoded("DTSTART") == meeting.starts_at
    assert str(found[title]["LOCATION"]) == meeting.place
    assert found["到期：准备发言"].decoded("DTSTART") == due
    again = services.open_feed(actor=_actor(comes))
    _refused(CommonError.NOT_FOUND, lambda: selectors.feed(secret))
    services.close_feed(actor=_actor(comes))
    _refused(CommonError.NOT_FOUND, lambda: selectors.feed(again))
    _refused(CommonError.FORBIDDEN, lambda: services.open_feed(actor=_actor(people.citizen())))

"""The meetings of a scripted week: many ask for one room at the same moment, everybody's answer is accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID

from django.db import connection

from backend.accounts import selectors as accounts
from backend.meetings import selectors, services
from backend.meetings.models import Attendee, Meeting, Room
from backend.meetings.types import Answer, MeetingError, MeetingState
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError

SYSTEM = Actor.system("play_meetings")
TITLES = (
    "全市政务服务工作推进会", "营商环境专题调度会", "“一件事”改革协调会", "窗口作风建设例会", "安全生产视频会议",
    "12345热线疑难工单会商会", "数据共享对接会", "重大项目审批服务会", "年度考核部署会", "信访积案化解会",
)  # fmt: skip
AT_ONCE = 8
LENGTH = timedelta(hours=2)


@dataclass
class Played:
    """What the week came to. `faults` is empty when everything is accounted for."""

    meetings: list[UUID] = field(default_factory=list)
    attempts: int = 0
    refused: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    signed_in: int = 0
    decisions: int = 0
    faults: list[str] = field(default_factory=list)


def play_week(people: Sequence[UUID], organisation_id: UUID, count: int = len(TITLES)) -> Played:
    """Call `count` meetings among these officials (at least ten) of one branch of the tree, eight attempts at one room
    for each; answer, change, cancel, meet, sign in, minute; then account for every answer and every room."""
    played = Played()
    name = f"{accounts.organisation(organisation_id).short_name}演练会议室"
    room = services.keep_room(actor=SYSTEM, organisation_id=organisation_id, name=name, seats=max(len(people), 60))
    booked = Meeting.objects.filter(room=room).exclude(state=MeetingState.CANCELLED).order_by("-ends_at")
    free = max([clock.now(), *booked.values_list("ends_at", flat=True)[:1]])
    first = free.replace(minute=0, second=0, microsecond=0) + timedelta(hours=2)
    for number in range(count):
        meeting = _race(played, people, room, TITLES[number % len(TITLES)], first + number * LENGTH)
        if meeting is not None:
            played.meetings.append(meeting)
            _answer(played, meeting, number)
    _change_and_cancel(played)
    _meet(played, people)
    _account(played, room)
    return played


def _race(played: Played, people: Sequence[UUID], room: Room, title: str, starts_at: datetime) -> UUID | None:
    def attempt(organiser: UUID) -> UUID | DomainError:
        try:
            return services.call_meeting(
                actor=accounts.actor_for(organiser),
                title=title,
                starts_at=starts_at,
                ends_at=starts_at + LENGTH,
                people=list(people),
                room_id=room.id,
                receipt_by=starts_at - timedelta(minutes=30),
                agenda=[{"title": "通报情况", "speaker": "", "minutes": 20}],
            ).id
        except DomainError as exc:
            return exc
        finally:
            connection.close()

    offset = len(played.meetings)
    organisers = [people[(offset + number) % len(people)] for number in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        outcomes = list(pool.map(attempt, organisers))
    won = [found for found in outcomes if isinstance(found, UUID)]
    lost = [found for found in outcomes if isinstance(found, DomainError)]
    played.attempts += len(outcomes)
    played.refused += len(lost)
    if len(won) != 1:
        played.faults.append(f"{title}: {len(won)} of {AT_ONCE} got the room")
    played.faults += [f"{title}: {found.code.code}" for found in lost if found.code is not MeetingError.ROOM_TAKEN]
    return won[0] if won else None


def _answer(played: Played, meeting_id: UUID, number: int) -> None:
    """Everybody answers in a way of their own; each seventh is silent until urged."""
    rows = list(Attendee.objects.filter(meeting_id=meeting_id, answer="").order_by("id"))
    late = [row for place, row in enumerate(rows) if place % 7 == number % 7]
    for place, row in enumerate(rows):
        if row not in late:
            _say(meeting_id, row.person_id, place)
    organiser = Meeting.objects.get(pk=meeting_id).organiser_id
    urged = services.urge(actor=accounts.actor_for(organiser), meeting_id=meeting_id)
    if urged != len(late):
        played.faults.append(f"{urged} urged where {len(late)} were silent")
    for row in late:
        _say(meeting_id, row.person_id, 0)


def _say(meeting_id: UUID, person: UUID, place: int) -> None:
    actor = accounts.actor_for(person)
    if place % 5 == 4:
        services.answer(actor=actor, meeting_id=meeting_id, choice=Answer.LEAVE, reason="外出办事")
    elif place % 11 == 10:
        services.answer(
            actor=actor,
            meeting_id=meeting_id,
            choice=Answer.SUBSTITUTE,
            substitute_name="科室同志",
            substitute_post="科员",
        )
    else:
        services.answer(actor=actor, meeting_id=meeting_id, choice=Answer.ATTEND)


def _change_and_cancel(played: Played) -> None:
    if len(played.meetings) < 3:
        return
    moved, dropped = (Meeting.objects.get(pk=played.meetings[place]) for place in (-1, -2))
    services.cancel_meeting(
        actor=accounts.actor_for(dropped.organiser_id),
        meeting_id=dropped.id,
        version=dropped.version,
        reason="与其他会议合并",
    )
    services.change_meeting(
        actor=accounts.actor_for(moved.organiser_id),
        meeting_id=moved.id,
        version=moved.version,
        starts_at=dropped.starts_at,
        ends_at=dropped.ends_at,
    )
    _answer(played, moved.id, 0)


def _meet(played: Played, people: Sequence[UUID]) -> None:
    """The first meeting takes place: who comes signs in with the code of the moment, two things are decided."""
    if not played.meetings:
        return
    meeting = Meeting.objects.get(pk=played.meetings[0])
    with clock.shifted(meeting.starts_at - clock.now()):
        organiser = accounts.actor_for(meeting.organiser_id)
        for row in Attendee.objects.filter(meeting=meeting, answer=Answer.ATTEND):
            shown, _ = selectors.sign_in_code(organiser, meeting.id)
            services.sign_in(actor=accounts.actor_for(row.person_id), meeting_id=meeting.id, code=shown.digits)
            played.signed_in += 1
        due = clock.today() + timedelta(days=5)
        decisions = [{"text": text, "owner_id": people[place], "due_on": due} for place, text in enumerate(DECIDED)]
        version = Meeting.objects.values_list("version", flat=True).get(pk=meeting.id)
        services.write_minutes(
            actor=organiser, meeting_id=meeting.id, version=version, text="会议明确分工和时限。", decisions=decisions
        )
        played.decisions += len(decisions)


DECIDED = ("拟定窗口延时服务方案", "汇总企业诉求清单")


def _account(played: Played, room: Room) -> None:
    held = Meeting.objects.filter(room=room).exclude(state=MeetingState.CANCELLED).order_by("starts_at")
    spans = list(held.values_list("starts_at", "ends_at"))
    clashes = [pair for pair in pairwise(spans) if pair[1][0] < pair[0][1]]
    played.faults += [f"the room is taken twice at {second[0]}" for _, second in clashes]
    for meeting_id in played.meetings:
        answers = Counter(Attendee.objects.filter(meeting_id=meeting_id).values_list("answer", flat=True))
        played.answers.update(answers)
        if answers[Answer.NONE]:
            played.faults.append(f"{answers[Answer.NONE]} answers of {meeting_id} are missing")

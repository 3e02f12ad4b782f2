"""Snapshot + events = a fresh snapshot for everybody concerned, through the whole life of a meeting and a task."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from backend.accounts import selectors as accounts
from backend.agenda import services as agenda
from backend.meetings import selectors, services
from backend.meetings.types import Answer
from backend.workflow import services as workflow
from kernel import clock
from mobile_api.v1.realtime.snapshot import take
from tests.factories import accounts as people
from tests.factories import meetings, sessions
from tests.factories.cases import Api
from tests.realtime.reducer import apply_all, without_order

pytestmark = pytest.mark.django_db


def _snapshot(api: Api) -> tuple[dict[str, Any], int]:
    answer = api.get("/me/snapshot").json()
    return answer["state"], answer["cursor"]


def test_the_whole_life_reaches_the_screens(deliver_events: Callable[[], int], travel: Callable[..., None]) -> None:
    place = people.organisation()
    organiser, comes, goes, stranger = (meetings.official(place) for _ in range(4))
    screens = [Api(sessions.signed_in(person, factor=True)) for person in (organiser, comes, goes, stranger)]
    before = [_snapshot(api) for api in screens]
    host, guest = accounts.actor_for(organiser), accounts.actor_for(comes)
    today = clock.today()
    workflow.delegate(actor=host, delegate_id=stranger, from_on=today, to_on=today)
    meeting = meetings.called(organiser, [comes, goes], starts_at=clock.now() + timedelta(minutes=20))
    services.answer(actor=guest, meeting_id=meeting.id, choice=Answer.ATTEND)
    services.urge(actor=host, meeting_id=meeting.id)
    meeting = services.change_meeting(
        actor=host, meeting_id=meeting.id, version=meeting.version, people=[comes], title="改名的会议"
    )
    services.answer(actor=guest, meeting_id=meeting.id, choice=Answer.LEAVE, reason="开会")
    services.answer(actor=guest, meeting_id=meeting.id, choice=Answer.ATTEND)
    shown, _ = selectors.sign_in_code(host, meeting.id)
    services.sign_in(actor=guest, meeting_id=meeting.id, code=shown.digits)
    other = meetings.called(organiser, [comes])
    services.cancel_meeting(actor=host, meeting_id=other.id, version=other.version, reason="合并")
    travel(minutes=21)
    decision = {"text": "拟方案", "owner_id": comes, "due_on": clock.today() + timedelta(days=2)}
    services.write_minutes(actor=host, meeting_id=meeting.id, version=meeting.version, text="略", decisions=[decision])
    deliver_events()
    task = agenda.give_task(actor=host, owner_id=comes, title="另一件事", due_on=clock.today())
    agenda.change_task(actor=host, task_id=task.id, version=1, due_on=clock.today() + timedelta(days=1))
    agenda.report_progress(actor=guest, task_id=task.id, version=2, progress=100)
    deliver_events()
    for api in screens:
        api.sign_in_again()
    seen = []
    for api, (state, cursor) in zip(screens, before, strict=True):
        events = api.get("/me/events", since=cursor, limit=200).json()["events"]
        fresh, _ = _snapshot(api)
        assert without_order(apply_all(state, events)) == without_order(fresh)
        seen.append({event["type"] for event in events})
    assert {"workflow.task_opened", "workflow.task_closed", "inbox.added"} <= seen[1]
    assert {"meetings.answered", "meetings.signed_in", "inbox.added"} <= seen[0]
    assert "inbox.added" in seen[3]
    assert not {name for name in seen[3] if name.startswith(("meetings.", "workflow."))}
    tasks, _ = take(guest)
    assert [row["title"] for row in tasks["tasks"]] == ["拟方案"]

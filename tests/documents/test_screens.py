"""Snapshot + events = a fresh snapshot for everybody concerned, through the life of a document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from backend.documents import services
from backend.documents.types import Act, Urgency
from tests.factories import sessions
from tests.factories.cases import Api
from tests.factories.documents import Office
from tests.realtime.reducer import apply_all, without_order

pytestmark = pytest.mark.django_db


def _snapshot(api: Api) -> tuple[dict[str, Any], int]:
    answer = api.get("/me/snapshot").json()
    return answer["state"], answer["cursor"]


def test_the_whole_life_reaches_the_screens(deliver_events: Callable[[], int], travel: Callable[..., None]) -> None:
    office = Office()
    named = (office.clerk, office.drafter, office.leader, office.handler, office.reader)
    screens = [Api(sessions.signed_in(person, factor=True)) for person in named]
    before = [_snapshot(api) for api in screens]
    made = office.numbered(urgency=Urgency.URGENT)
    office.act(office.clerk, made, Act.DISTRIBUTE, people=[office.reader])
    office.act(office.clerk, made, Act.CHASE)
    travel(hours=9)
    services.text_unread()
    office.act(office.clerk, made, Act.VOID, "有误")
    came = office.received()
    office.act(office.clerk, came, Act.REGISTER)
    office.act(office.clerk, came, Act.PROPOSE, "请阅示", leader_id=office.leader)
    office.act(office.leader, came, Act.INSTRUCT, "请办", lead_id=office.handler, readers=[office.reader])
    office.act(office.handler, came, Act.HANDLE, "已办")
    sent = office.draft()
    office.act(office.drafter, sent, Act.SUBMIT, checker_id=office.leader, leader_id=office.leader)
    office.act(office.leader, sent, Act.SEND_BACK, "请改")
    deliver_events()
    for api in screens:
        api.sign_in_again()
    seen = []
    for api, (state, cursor) in zip(screens, before, strict=True):
        events = api.get("/me/events", since=cursor, limit=200).json()["events"]
        fresh, _ = _snapshot(api)
        assert without_order(apply_all(state, events)) == without_order(fresh)
        seen.append({event["type"] for event in events})
    assert {"workflow.task_opened", "workflow.task_closed"} <= seen[0]
    assert {"documents.moved", "inbox.added"} <= seen[1]
    assert {"documents.moved", "workflow.task_opened", "inbox.added"} <= seen[2]
    assert "inbox.added" in seen[4]

"""Snapshot + events = a fresh snapshot, through a punch, a correction and a dispute (issue 6)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from backend.accounts.types import Role
from backend.attendance import services
from kernel import clock
from tests.factories import accounts, attendance, sessions
from tests.factories.cases import Api
from tests.realtime.reducer import apply_all, without_order

pytestmark = pytest.mark.django_db


def _snapshot(api: Api) -> tuple[dict[str, Any], int]:
    answer = api.get("/me/snapshot").json()
    return answer["state"], answer["cursor"]


def test_the_whole_life_reaches_the_screens(deliver_events: Callable[[], int]) -> None:
    place = accounts.organisation()
    attendance.shift(place)
    person, head = (Api(sessions.official(role, place)) for role in (Role.REVIEWER, Role.APPROVER))
    stranger = Api(sessions.official(Role.REVIEWER, place))
    before = [_snapshot(api) for api in (person, head, stranger)]
    assert person.post("/attendance/punches", {"kind": "in"}).status_code == 201
    yesterday = (clock.today() - timedelta(days=1)).isoformat()
    wishes = {"day": yesterday, "kind": "out", "time": "17:40", "reason": "忘记签退"}
    asked = person.post("/attendance/corrections", wishes).json()
    path = f"/attendance/corrections/{asked['id']}/decide"
    assert head.post(path, {"agree": True}, etag=f'"{asked["version"]}"').status_code == 200
    while services.show_due():
        pass
    deliver_events()
    seen = []
    for api, (state, cursor) in zip((person, head, stranger), before, strict=True):
        events = api.get("/me/events", since=cursor, limit=200).json()["events"]
        assert without_order(apply_all(state, events)) == without_order(_snapshot(api)[0])
        seen.append({event["type"] for event in events})
    assert {"attendance.punched", "inbox.added"} <= seen[0]
    assert {"workflow.task_opened", "workflow.task_closed"} <= seen[1]
    assert not {name for name in seen[2] if name.startswith(("attendance.", "workflow."))}

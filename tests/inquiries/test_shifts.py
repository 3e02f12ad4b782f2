"""A shift is handed over, and confirmed by the leader of the next: two facts, shown on the wallboard (issue 4)."""

from __future__ import annotations

import pytest

from backend.journal.models import JournalLine
from tests.api.inquiries.people import api
from tests.factories import inquiries as make

pytestmark = pytest.mark.django_db


def test_two_facts_by_two_people_and_neither_is_changed() -> None:
    net = make.net()
    giver, leader, operator = api(net.leader), api(make.official("hotline_leader", net.centre)), api(net.operator)
    assert operator.get("/hotline/wallboard").json()["handover"] is None
    row = giver.post("/hotline/handovers", {"note": "文昌路停水，自来水公司正在抢修"}).json()
    assert row["taken"] is None
    path = f"/hotline/handovers/{row['id']}/confirm"
    assert operator.get("/hotline/wallboard").json()["handover"]["taken_by"] == ""
    assert [giver.post(path, {}).status_code, operator.post(path, {}).status_code] == [403, 403]
    assert api(net.city.handler).post(path, {}).status_code == 404
    taken = leader.post(path, {"note": "已知悉"})
    assert (taken.status_code, taken.json()["taken"]["note"]) == (200, "已知悉")
    assert leader.post(path, {"note": "又点了一次"}).json()["taken"]["note"] == "已知悉"
    other = api(make.official("hotline_leader", net.centre))
    assert other.post(path, {}).json()["code"] == "hotline_taken_over"
    shown = operator.get("/hotline/wallboard").json()["handover"]
    assert (shown["by_name"], shown["taken_by"], shown["taken_at"]) == (
        row["by_name"],
        taken.json()["taken"]["by_name"],
        taken.json()["taken"]["at"],
    )
    assert operator.get("/hotline/handovers").json()["items"][0]["taken"] == taken.json()["taken"]
    actions = [f"inquiry.shift_{name}" for name in ("handed_over", "taken_over")]
    assert [JournalLine.objects.filter(action=action).count() for action in actions] == [1, 1]

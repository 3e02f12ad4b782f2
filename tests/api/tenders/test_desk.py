"""Whoever writes a notice learns the earliest lawful dates with their basis (T01, T03, T04); openers see what waits for
their share and how many were brought, nobody else does (F35)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from backend.tenders import services
from kernel import clock
from tests.api.tenders.test_journey import Travel, api, ok
from tests.factories import accounts
from tests.factories import tenders as make

pytestmark = pytest.mark.django_db


def day(days: int) -> str:
    """So many days from today on."""
    return (clock.today() + timedelta(days=days)).isoformat()


def test_a_notice_is_told_its_earliest_dates_and_why() -> None:
    tender = make.planned()
    address = f"/tender-desk/projects/{tender.project.id}/lawful-dates"
    editor = api(tender.desk.editor.user_id, factor=True)
    content = {"documents_from": make.later(2), "documents_until": "bald", "bids_until": make.later(3)}
    found = {
        row["name"]: row for row in ok(editor.post(address, {"kind": "tender_notice", "content": content}))["items"]
    }
    assert found["documents_until"]["earliest"] == day(2 + 5)
    assert found["bids_until"]["earliest"] == day(2 + 20)
    assert found["bids_until"]["basis"] == "招标投标法第二十四条"
    prequal = {"documents_until": make.later(8)}
    found = {
        row["name"]: row for row in ok(editor.post(address, {"kind": "prequal_notice", "content": prequal}))["items"]
    }
    assert found["applications_until"]["earliest"] == day(8 + 5)
    affecting = {"kind": "change_notice", "content": {"affects_bids": True}}
    (row,) = ok(editor.post(address, affecting))["items"]
    assert (row["name"], row["earliest"]) == ("new_deadline", day(15))
    assert ok(editor.post(address, {"kind": "change_notice", "content": {}}))["items"] == []
    stranger = api(make.Desk().editor.user_id, factor=True)
    assert stranger.post(address, affecting).status_code == 404


def test_the_list_says_how_much_waits(django_assert_max_num_queries: Any) -> None:
    tender = make.called()
    asker = make.company()
    tender.take(asker)
    services.ask(actor=asker.actor, section_id=tender.section.id, company_id=asker.id, text="能否延期？")
    text = {"arguments": "业绩要求限制竞争。", "remedy": "请删去。"}
    about = {"section_id": tender.section.id, "company_id": asker.id, "stage": "tender_documents"}
    services.file_objection(actor=asker.actor, **about, **text)
    draft = services.draft_notice(
        actor=tender.desk.editor,
        project_id=tender.project.id,
        kind="tender_doc",
        section_ids=[],
        title="",
        content={"content": "补充图纸。"},
    )
    services.submit_notice(actor=tender.desk.editor, notice_id=draft.id, version=draft.version)
    make.planned(tender.desk)
    reviewer = api(tender.desk.reviewer.user_id, factor=True)
    with django_assert_max_num_queries(14):
        quiet, busy = ok(reviewer.get("/tender-desk/projects"))["items"]
    assert (busy["to_review"], busy["to_answer"], busy["to_decide"]) == (1, 1, 1)
    assert (quiet["to_review"], quiet["to_answer"], quiet["to_decide"]) == (0, 0, 0)


def test_a_key_goes_to_those_who_open_for_this_organisation() -> None:
    tender, elsewhere = make.planned(), make.Desk()
    address = f"/tender-desk/sections/{tender.section.id}/possible-openers"
    found = ok(api(tender.desk.editor.user_id, factor=True).get(address))["items"]
    assert {row["person_id"] for row in found} == {str(actor.user_id) for actor in tender.desk.openers}
    assert api(elsewhere.editor.user_id, factor=True).get(address).status_code == 404
    assert api(accounts.citizen()).get(address).status_code == 404


def test_an_opener_sees_what_waits_and_how_many_shares_were_brought(travel: Travel) -> None:
    tender = make.called()
    for price in make.PRICES[:3]:
        tender.bid(make.company(), price)
    first, second = tender.desk.openers[:2]
    (row,) = ok(api(first.user_id, factor=True).get("/tender-desk/openings"))["items"]
    assert (row["project_id"], row["state"], row["needed"]) == (str(tender.project.id), "bidding", 2)
    assert [one["title"] for one in row["holders"] if one["is_me"]] == [row["title"]]
    travel(days=22)
    services.close_due()
    tender.open(1)
    (row,) = ok(api(second.user_id, factor=True).get("/tender-desk/openings"))["items"]
    assert [one["brought_at"] is not None for one in row["holders"]].count(True) == 1
    assert row["brought_at"] is None
    assert ok(api(accounts.citizen()).get("/tender-desk/openings"))["items"] == []

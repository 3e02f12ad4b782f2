"""The desk's calendar as it stands after each notice, and days of acts outside the platform (T10, T12, T13, T16)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from backend.tenders import selectors, services
from backend.tenders.models import Bid
from backend.tenders.types import Act, ActState, LawfulAct
from kernel import clock
from tests.api.tenders.test_journey import api, ok
from tests.factories import tenders as make
from tests.tenders.test_law import candidates, ranked, workdays_on
from tests.tenders.test_opening import refused

pytestmark = pytest.mark.django_db
Travel = Callable[..., None]


def acts(tender: make.Tender) -> dict[Act, LawfulAct]:
    """The calendar by act."""
    return {one.act: one for one in selectors.lawful_calendar(tender.desk.editor, tender.section.id)}


def record(tender: make.Tender, act: Act, **delta: int) -> None:
    """Say that an act happened so many days ago."""
    day = clock.today() - timedelta(**delta)
    services.record_act(actor=tender.desk.editor, section_id=tender.section.id, act=act, done_on=day)


def test_from_the_report_to_the_returned_bonds(travel: Travel) -> None:
    tender, _, _ = make.opened(travel, 4)
    tender.section.__class__.objects.filter(pk=tender.section.id).update(bond_fen=1_000_00)
    assert acts(tender)[Act.REPORT].recordable
    refused("tender_act_not_allowed", lambda: record(tender, Act.SUPERVISOR))
    for wrong in ({"days": -1}, {"days": 3}):
        refused("tender_notice_incomplete", lambda wrong=wrong: record(tender, Act.REPORT, **wrong))
    record(tender, Act.REPORT)
    last = acts(tender)[Act.CANDIDATES].latest
    assert last is not None
    assert last >= clock.today() + timedelta(days=3)
    travel(days=14)
    assert acts(tender)[Act.CANDIDATES].state is ActState.LATE
    candidates(tender, workdays_on(tender) + 1)
    refused("tender_act_not_allowed", lambda: record(tender, Act.REPORT))
    assert acts(tender)[Act.AWARD].state is ActState.LATER
    travel(days=16)
    winner = ranked(tender)[0]["bid_id"]
    tender.desk.publish(tender.project, "award_notice", winner=winner)
    assert {acts(tender)[act].state for act in (Act.LETTER, Act.SUPERVISOR, Act.SIGNING)} == {ActState.NOW}
    record(tender, Act.SUPERVISOR)
    record(tender, Act.SIGNING)
    record(tender, Act.BONDS)
    found = acts(tender)
    assert {found[act].done_on for act in (Act.SUPERVISOR, Act.SIGNING, Act.BONDS)} == {clock.today()}
    assert found[Act.CONTRACT_NOTICE].state is ActState.NOW


def test_the_calendar_says_nothing_of_bidders() -> None:
    """F35: neither who bids, nor how many, nor whether somebody withdrew."""
    tender, bidder = make.called(), make.company()
    empty = acts(tender)
    receipt = tender.bid(bidder, 95_000_00)
    assert acts(tender) == empty
    services.withdraw_bid(actor=bidder.actor, bid_id=receipt.bid_id)
    assert Bid.objects.count() == 1
    assert acts(tender) == empty


def test_procurement_never_names_the_tender_law(travel: Travel) -> None:
    """Another law with its own rows: nothing of a procurement rests on the other one; a query has its working days."""
    tender = make.planned(law="procurement_law")
    content = make.call_content(60, documents_until=make.later(20))
    tender.desk.publish(tender.project, "tender_notice", **content)
    bases = {one.act: one.basis for one in acts(tender).values()}
    assert not {act: basis for act, basis in bases.items() if "招标投标法" in basis}
    assert Act.FILING in bases
    early, late = make.company(), make.company()
    filed = {"section_id": tender.section.id, "stage": "tender_documents", "arguments": "限制竞争。", "remedy": "改。"}
    tender.take(early)
    travel(days=19)
    tender.take(late)
    services.file_objection(actor=late.actor, company_id=late.id, **filed)
    travel(days=9)
    refused(
        "tender_objection_too_late",
        lambda: services.file_objection(actor=early.actor, company_id=early.id, **filed),
    )


def test_it_is_read_and_written_by_the_own_desk_only(django_assert_max_num_queries: Any, travel: Travel) -> None:
    tender, _, _ = make.opened(travel, 3)
    address = f"/tender-desk/sections/{tender.section.id}"
    editor, stranger = api(tender.desk.editor.user_id, factor=True), api(make.Desk().editor.user_id, factor=True)
    with django_assert_max_num_queries(30):
        body = ok(editor.get(f"{address}/calendar"))
    assert [one["act"] for one in body["acts"]][:2] == ["call", "documents"]
    said = {"act": "evaluation_report", "done_on": clock.today().isoformat()}
    assert stranger.get(f"{address}/calendar").status_code == 404
    assert stranger.post(f"{address}/acts", said).status_code == 404
    after = {one["act"]: one for one in ok(editor.post(f"{address}/acts", said))["acts"]}
    assert (after["evaluation_report"]["state"], after["candidates"]["latest"] is not None) == ("done", True)

"""Notices, objections, candidates, award, contract: what the law lets come out, and when (T04-T11)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from backend.tenders import selectors, services
from backend.tenders.models import Bid, Notice, Objection
from backend.tenders.types import Act, ActState, SectionState
from kernel import clock
from kernel.errors import DomainError
from tests.factories import tenders as make
from tests.tenders.test_opening import refused

pytestmark = pytest.mark.django_db
Travel = Callable[..., None]


def ranked(tender: make.Tender) -> list[dict[str, Any]]:
    """The opened bids by price, as candidates."""
    bids = sorted(Bid.objects.filter(section=tender.section), key=lambda bid: (bid.statement or {})["price_fen"])
    return [{"rank": place, "bid_id": str(bid.id)} for place, bid in enumerate(bids, 1)]


def candidates(tender: make.Tender, days: float = 4, **content: Any) -> Notice:
    """Publish the candidates."""
    times = {"report_received_on": clock.today().isoformat(), "objections_to": make.later(days)}
    entries = content.pop("candidates", None) or ranked(tender)[:3]
    return tender.desk.publish(tender.project, "candidate_notice", candidates=entries, **times, **content)


def workdays_on(tender: make.Tender) -> float:
    """Days until a lawful end of publicity from now: the rule's own earliest day."""
    try:
        candidates(tender, 1)
    except DomainError as exc:
        earliest = exc.params["earliest"]
        return (clock.local(clock.now()).date().fromisoformat(earliest) - clock.today()).days
    raise AssertionError("one day of publicity was let through")


def test_what_is_published_stays() -> None:
    tender = make.called()
    notice = tender.project.notices.get()
    for act in (
        lambda: Notice.objects.filter(pk=notice.pk).update(title="另一个"),
        lambda: Notice.objects.filter(pk=notice.pk)._raw_delete("default"),
    ):
        with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
            act()


@pytest.mark.parametrize(("days", "ok"), [(20, True), (19, False)])
def test_twenty_days_to_bid(days: int, ok: bool) -> None:
    """T03."""
    if ok:
        assert make.called(days=days).section.state == SectionState.BIDDING
        return
    error = refused("tender_period_too_short", lambda: make.called(days=days))
    assert error.errors[0].pointer == "/content/bids_until"


def test_a_late_change_moves_the_deadline_or_is_refused(travel: Travel) -> None:
    """T04, F21: and the old deadline opens nothing."""
    tender, bidders = make.called(days=21), [make.company() for _ in range(3)]
    first = [tender.bid(bidder, price) for bidder, price in zip(bidders, make.PRICES, strict=False)]
    travel(days=10)
    said = {"content": "最高投标限价调整。", "affects_bids": True}
    refused("tender_period_too_short", lambda: tender.desk.publish(tender.project, "change_notice", **said))
    refused(
        "tender_notice_incomplete",
        lambda: tender.desk.publish(tender.project, "change_notice", **said, new_deadline=make.later(3)),
    )
    tender.desk.publish(tender.project, "change_notice", **said, new_deadline=make.later(16))
    assert (tender.section.deadline_version, tender.section.revision) == (2, 2)
    standing = selectors.standing_of(bidders[0].actor, tender.section.id, bidders[0].id)
    assert standing.bids[0].revision < standing.section.revision
    services.confirm_bid(actor=bidders[0].actor, bid_id=first[0].bid_id)
    travel(days=12)
    assert services.close_due() == 0
    again = tender.bid(bidders[1], 94_000_00, version=2)
    assert (first[1].deadline_version, again.deadline_version) == (1, 2)
    travel(days=6)
    assert services.close_due() == 1
    tender.open()
    record = selectors.opening_record(tender.section.id)
    assert {row["name"]: row["reconfirmed"] for row in record["bids"]} == {
        bidders[0].name: True,
        bidders[1].name: True,
        bidders[2].name: False,
    }


def test_an_objection_stops_the_clock(travel: Travel) -> None:
    """T05: in time only, everything stands still until the answer, and the deadline is later by that time."""
    tender, bidder = make.called(days=21), make.company()
    other = make.company()
    filed = {
        "actor": bidder.actor, "section_id": tender.section.id, "company_id": bidder.id,
        "stage": "tender_documents", "arguments": "技术参数指向特定品牌。", "remedy": "请修改。",
    }  # fmt: skip
    refused("tender_documents_not_taken", lambda: services.file_objection(**filed))
    tender.take(bidder)
    tender.take(other)
    bid = tender.upload(other, tender.sealed(other, 1))
    before = make.deadline_of(tender)
    objection = services.file_objection(**filed)
    refused("tender_suspended", lambda: services.submit_bid(actor=other.actor, bid_id=bid.id))
    travel(days=22)
    assert services.close_due() == 0, "the clock stands still"
    services.answer_objection(actor=tender.desk.editor, objection_id=objection.id, answer="已修改。", upheld=True)
    moved = make.deadline_of(tender) - before
    assert timedelta(days=22) <= moved < timedelta(days=22, minutes=1)
    services.submit_bid(actor=other.actor, bid_id=bid.id)
    travel(days=12)
    refused("tender_objection_too_late", lambda: services.file_objection(**filed))
    assert "技术参数" not in str(Objection.objects.filter(pk=objection.pk).values("identity", "due_on").get())


def test_candidates_award_contract(travel: Travel) -> None:
    """T09-T12: three days on display, the first wins with public funds, an objection holds the award."""
    tender, bidders, _ = make.opened(travel, 4)
    refused("tender_act_not_allowed", lambda: tender.desk.publish(tender.project, "award_notice", winner="x"))
    order = ranked(tender)
    for wrong in (order[1:3], [*order[:3], {**order[3], "rank": 4}], [{"rank": 1, "bid_id": "x"}]):
        refused(
            "tender_candidates_invalid",
            lambda wrong=wrong: candidates(tender, workdays_on(tender) + 1, candidates=wrong),
        )
    candidates(tender, workdays_on(tender) + 1)
    loser = max(bidders, key=lambda company: make.PRICES[bidders.index(company)])
    objection = services.file_objection(
        actor=loser.actor, section_id=tender.section.id, company_id=loser.id, stage="result",
        arguments="第一名业绩不实。", remedy="请核查。",
    )  # fmt: skip
    winner, second = (entry["bid_id"] for entry in tender.section.candidates[:2])
    refused("tender_suspended", lambda: tender.desk.publish(tender.project, "award_notice", winner=winner))
    services.answer_objection(actor=tender.desk.editor, objection_id=objection.id, answer="经核查属实。", upheld=False)
    refused("tender_publicity_running", lambda: tender.desk.publish(tender.project, "award_notice", winner=winner))
    travel(days=15)
    refused("tender_candidates_invalid", lambda: tender.desk.publish(tender.project, "award_notice", winner=second))
    tender.desk.publish(tender.project, "award_notice", winner=winner)
    assert tender.section.winner["price_fen"] == min(make.PRICES)
    letter = tender.desk.publish(tender.project, "award_letter", winner=winner, content="请于三十日内签订合同。")
    with pytest.raises(DomainError):
        selectors.public_notice(letter.id)
    tender.desk.publish(
        tender.project, "contract_notice", amount_fen=min(make.PRICES), signed_on="2027-01-10",
        period_start="2027-01-15", period_end="2027-07-14",
    )  # fmt: skip
    assert tender.section.state == SectionState.CONTRACTED
    kinds = [moment.kind for moment in selectors.story_of(selectors.public_project(tender.project.id))]
    told = [kind for kind in kinds if kind.endswith(("notice", "record"))]
    assert told == ["tender_notice", "opening_record", "candidate_notice", "award_notice", "contract_notice"]


def test_a_query_of_the_result_outlasts_the_award(travel: Travel) -> None:
    """Procurement Law Art. 52, 53: seven working days from the end of the display; the letter waits for the answer."""

    def state(act: Act) -> ActState:
        found = selectors.lawful_calendar(tender.desk.editor, tender.section.id)
        return next(one.state for one in found if one.act is act)

    tender = make.planned(law="procurement_law")
    tender.desk.publish(tender.project, "tender_notice", **make.call_content(21, documents_until=make.later(15)))
    _, bidders, _ = make.opened(travel, 4, tender)
    candidates(tender, 10)
    shown = clock.local(tender.section.publicity_until).date()
    travel(days=(shown - clock.today()).days + 1)
    winner = tender.section.candidates[0]["bid_id"]
    tender.desk.publish(tender.project, "award_notice", winner=winner)
    loser = bidders[3]
    filed = {
        "actor": loser.actor, "section_id": tender.section.id, "company_id": loser.id, "stage": "result",
        "arguments": "评分有误。", "remedy": "复核。",
    }  # fmt: skip
    query = services.file_objection(**filed)
    assert query.due_on >= clock.today() + timedelta(days=7)
    assert (state(Act.OBJECT_RESULT), state(Act.LETTER)) == (ActState.NOW, ActState.HELD)
    letter = {"winner": winner, "content": "请于三十日内签订合同。"}
    refused("tender_suspended", lambda: tender.desk.publish(tender.project, "award_letter", **letter))
    services.answer_objection(actor=tender.desk.editor, objection_id=query.id, answer="评分无误。", upheld=False)
    tender.desk.publish(tender.project, "award_letter", **letter)
    travel(days=25)
    assert state(Act.OBJECT_RESULT) is ActState.OVER
    refused("tender_objection_too_late", lambda: services.file_objection(**filed))


def test_questions_go_to_everybody_without_a_name(travel: Travel) -> None:
    tender, bidder = make.called(), make.company()
    asked = {
        "actor": bidder.actor,
        "section_id": tender.section.id,
        "company_id": bidder.id,
        "text": "工期是否含假期？",
    }
    refused("tender_documents_not_taken", lambda: services.ask(**asked))
    tender.take(bidder)
    question = services.ask(**asked)
    assert selectors.answered_questions(tender.section.id) == []
    services.answer_question(actor=tender.desk.editor, question_id=question.id, answer="含。")
    assert [row.answer for row in selectors.answered_questions(tender.section.id)] == ["含。"]
    travel(days=20)
    refused("tender_question_too_late", lambda: services.ask(**asked))


def test_documents_are_taken_in_their_time_and_bids_need_papers(travel: Travel) -> None:
    tender, bidder = make.called(), make.company()
    section = tender.section
    section.required_documents = ["business_licence"]
    section.save(update_fields=["required_documents"])
    tender.take(bidder)
    sealed = tender.sealed(bidder, 1)
    refused("tender_qualification_missing", lambda: tender.upload(bidder, sealed))
    for expires in (clock.today() - timedelta(days=1), clock.today() + timedelta(days=1)):
        services.add_qualification(
            actor=bidder.actor, company_id=bidder.id, kind="business_licence", name="营业执照", number="",
            expires_on=expires,
        )  # fmt: skip
    assert tender.upload(bidder, sealed).bid_version == 1
    travel(days=7)
    late = make.company()
    refused("tender_documents_not_available", lambda: tender.take(late))


def test_an_invitation_is_for_those_invited() -> None:
    guest, stranger = make.company(), make.company()
    tender = make.planned(method="selective")
    content = {name: make.call_content()[name] for name in ("content", "contact", "documents_from", "documents_until")}
    notice = tender.desk.publish(
        tender.project, "invitation", **content, bids_until=make.later(21), invited=[str(guest.id)]
    )
    tender.take(guest)
    refused("tender_record_not_found", lambda: tender.take(stranger))
    refused("tender_record_not_found", lambda: selectors.public_notice(notice.id))


@pytest.mark.parametrize(("bond_fen", "ok"), [(2_000_00, True), (2_000_01, False)])
def test_a_bid_bond_is_two_percent_of_the_estimate_at_most(bond_fen: int, ok: bool) -> None:
    desk = make.Desk()
    section = {"name": "一标段", "estimate_fen": 100_000_00, "bond_fen": bond_fen}
    facts = {
        "name": "青年路改造工程", "category": "works", "region_code": "321302", "law": "tender_law", "method": "open",
        "agent_name": "", "public_funds": True,
    }  # fmt: skip

    def create() -> object:
        return services.create_project(
            actor=desk.editor, organisation_id=desk.place.id, facts=facts, sections=[section]
        )

    if ok:
        assert create()
        return
    with pytest.raises(DomainError) as caught:
        create()
    assert [fault.pointer for fault in caught.value.errors] == ["/sections/0/bond_fen"]

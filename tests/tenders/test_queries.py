"""Queries in procurement: the last day, the day after, a holiday between, the contract held (Procurement Law 52-55)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from backend.tenders import selectors, services
from backend.tenders.models import Objection
from backend.tenders.types import Act, ActState, SectionState
from kernel import clock
from tests.api.tenders.test_journey import api, ok
from tests.factories import tenders as make
from tests.tenders.test_law import candidates
from tests.tenders.test_opening import refused

pytestmark = pytest.mark.django_db
Travel = Callable[..., None]
SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


def procurement(**content: Any) -> make.Tender:
    """A procurement with its call out."""
    tender = make.planned(law="procurement_law")
    said = make.call_content(60, documents_until=make.later(30), **content)
    tender.desk.publish(tender.project, "tender_notice", **said)
    return tender


def query(tender: make.Tender, company: make.Company, stage: str = "tender_documents") -> Objection:
    return services.file_objection(
        actor=company.actor, section_id=tender.section.id, company_id=company.id, stage=stage,
        arguments="技术参数指向特定品牌，见附件二的报价。", remedy="请修改。",
    )  # fmt: skip


def test_seven_working_days_from_the_documents_over_a_holiday(travel: Travel) -> None:
    """Taken on Monday 28 September 2026: the last day is 13 October, until midnight; the 14th is too late."""
    travel(to=at(9, 28))
    tender, supplier = procurement(), make.company()
    tender.take(supplier)
    travel(to=at(10, 13, 23, 59))
    filed = query(tender, supplier)
    assert filed.due_on == date(2026, 10, 22), "answered in seven working days: 14-16, 19-22 October"
    travel(to=at(10, 14, 0, 1))
    error = refused("tender_objection_too_late", lambda: query(tender, supplier))
    assert error.params == {"until": "2026-10-13", "basis": "政府采购法第五十二条"}


def test_who_took_the_documents_later_has_his_own_days(travel: Travel) -> None:
    travel(to=at(9, 28))
    tender, early, late = procurement(), make.company(), make.company()
    tender.take(early)
    travel(to=at(10, 12))
    tender.take(late)
    travel(to=at(10, 21))
    refused("tender_objection_too_late", lambda: query(tender, early))
    assert query(tender, late).stage == "tender_documents"


def awarded(travel: Travel) -> tuple[make.Tender, make.Company]:
    """Procurement whose display is over and whose winner is fixed; and a supplier that lost."""
    tender = make.planned(law="procurement_law")
    tender.desk.publish(tender.project, "tender_notice", **make.call_content(21, documents_until=make.later(15)))
    _, bidders, _ = make.opened(travel, 4, tender)
    candidates(tender, 10)
    shown = clock.local(tender.section.publicity_until).date()
    travel(days=(shown - clock.today()).days + 1)
    tender.desk.publish(tender.project, "award_notice", winner=tender.section.candidates[0]["bid_id"])
    return tender, bidders[3]


CONTRACT = {"amount_fen": 95_500_00, "period_start": "2030-01-15", "period_end": "2030-07-14"}


def test_no_contract_is_signed_while_a_query_waits(travel: Travel) -> None:
    """Regulation Art. 54: but one that was signed before is told."""
    tender, loser = awarded(travel)
    signed_before = clock.today()
    travel(days=1)
    filed = query(tender, loser, "result")
    travel(days=1)
    states = {one.act: one.state for one in selectors.lawful_calendar(tender.desk.editor, tender.section.id)}
    assert (states[Act.SIGNING], states[Act.CONTRACT_NOTICE]) == (ActState.HELD, ActState.HELD)
    today = clock.today()
    refused(
        "tender_suspended",
        lambda: tender.desk.publish(tender.project, "contract_notice", **CONTRACT, signed_on=today.isoformat()),
    )
    signing = {"actor": tender.desk.editor, "section_id": tender.section.id, "act": Act.SIGNING}
    refused("tender_suspended", lambda: services.record_act(**signing, done_on=today))
    services.record_act(**signing, done_on=signed_before)
    tender.desk.publish(tender.project, "contract_notice", **CONTRACT, signed_on=signed_before.isoformat())
    assert tender.section.state == SectionState.CONTRACTED
    services.answer_objection(actor=tender.desk.editor, objection_id=filed.id, answer="评分无误。", upheld=False)
    again = query(tender, loser, "result")
    assert again.due_on > clock.today() + timedelta(days=7), "a signed contract ends no query"


def test_an_answer_goes_to_all_who_took_the_documents_without_the_question(travel: Travel) -> None:
    """Art. 53: told in writing to who asked and to the others concerned; who asked and what for stays sealed."""
    travel(to=at(9, 7))
    tender, asker, other, stranger = procurement(), make.company(), make.company(), make.company()
    tender.take(asker)
    tender.take(other)
    filed = query(tender, asker)
    address = f"/tenders/sections/{tender.section.id}/objections"

    def seen(company: make.Company) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = ok(api(company.person).get(address, company_id=str(company.id)))["items"]
        return found

    assert (seen(other), seen(stranger)) == ([], [])
    services.answer_objection(actor=tender.desk.editor, objection_id=filed.id, answer="参数已放宽。", upheld=True)
    (told,), (own,) = seen(other), seen(asker)
    assert seen(stranger) == []
    assert (told["answer"], told["arguments"], told["remedy"], told["is_own"]) == ("参数已放宽。", "", "", False)
    assert told["complain_until"] is None
    assert (own["is_own"], own["arguments"][:4]) == (True, "技术参数")
    assert (own["due_on"], own["complain_until"]) == ("2026-09-16", "2026-10-13"), "15 working days over the holidays"


def test_by_the_tender_law_an_answer_is_the_objectors_own() -> None:
    tender, asker, other = make.called(), make.company(), make.company()
    tender.take(asker)
    tender.take(other)
    filed = query(tender, asker)
    services.answer_objection(actor=tender.desk.editor, objection_id=filed.id, answer="已修改。", upheld=True)
    assert selectors.own_objections(other.actor, tender.section.id, other.id) == []
    (own,) = selectors.own_objections(asker.actor, tender.section.id, asker.id)
    assert (own.is_own, own.complain_until) == (True, None)

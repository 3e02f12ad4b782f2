"""Prequalification has a deadline of its own: five days to apply, changes three days, objections two days before it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from backend.tenders import services
from backend.tenders.models import Objection
from kernel import clock
from tests.factories import tenders as make
from tests.tenders.test_opening import refused

pytestmark = pytest.mark.django_db
Travel = Callable[..., None]


def prequalifying(days: int = 11) -> make.Tender:
    """A tender that calls for applications: documents for five days, then some days to apply."""
    tender = make.planned()
    tender.desk.publish(
        tender.project, "prequal_notice", content="资格预审。", contact="李工", qualification="二级及以上",
        documents_from=make.later(), documents_until=make.later(6), applications_until=make.later(days),
    )  # fmt: skip
    return tender


@pytest.mark.parametrize(("days", "ok"), [(11, True), (10, False)])
def test_five_days_to_apply_after_the_documents(days: int, ok: bool) -> None:
    """T02: the documents are on offer for six days."""
    if ok:
        assert prequalifying(days).section.applications_until > clock.now() + timedelta(days=10)
        return
    error = refused("tender_period_too_short", lambda: prequalifying(days))
    assert error.errors[0].pointer == "/content/applications_until"


def test_a_change_less_than_three_days_before_moves_the_applications(travel: Travel) -> None:
    """T04."""
    tender = prequalifying()
    said = {"content": "业绩要求调整。", "affects_bids": True}
    travel(days=8)
    tender.desk.publish(tender.project, "change_notice", **said)
    travel(days=1)
    refused("tender_period_too_short", lambda: tender.desk.publish(tender.project, "change_notice", **said))
    earlier = {**said, "new_deadline": make.later(1)}
    refused("tender_notice_incomplete", lambda: tender.desk.publish(tender.project, "change_notice", **earlier))
    tender.desk.publish(tender.project, "change_notice", **said, new_deadline=make.later(4))
    section = tender.section
    assert section.applications_until > clock.now() + timedelta(days=3)
    assert section.bids_until is None, "no deadline for bids yet"


def test_an_objection_two_days_before_and_the_time_stands_still(travel: Travel) -> None:
    """T05."""
    tender, applicant = prequalifying(), make.company()
    tender.take(applicant)

    def file() -> Objection:
        return services.file_objection(
            actor=applicant.actor, section_id=tender.section.id, company_id=applicant.id, stage="prequal_documents",
            arguments="业绩要求过高。", remedy="请调整。",
        )  # fmt: skip

    before = tender.section.applications_until
    travel(days=9)
    objection = file()
    travel(days=3)
    services.answer_objection(actor=tender.desk.editor, objection_id=objection.id, answer="已调整。", upheld=True)
    moved = tender.section.applications_until - before
    assert timedelta(days=3) <= moved < timedelta(days=3, minutes=1)
    travel(days=1)
    error = refused("tender_objection_too_late", file)
    assert "第二十二条" in error.params["basis"]

"""What a company takes part in and who acts for it is seen by its own people only (T05, F35)."""

from __future__ import annotations

import pytest

from backend.accounts import selectors as accounts
from backend.tenders import services
from tests.api.tenders.test_journey import api, hand_in, ok
from tests.factories import tenders as make

pytestmark = pytest.mark.django_db


def test_a_company_sees_its_own_sections_and_others_do_not() -> None:
    tender, company, stranger = make.called(), make.company(), make.company()
    hand_in(tender, company, 98_000_00)
    address = f"/tenders/companies/{company.id}/involvements"
    (row,) = ok(api(company.person).get(address))["items"]
    assert (row["section_id"], row["bid_state"]) == (str(tender.section.id), "receipted")
    assert row["state"] == "bidding"
    assert not row["needs_confirmation"]
    assert ok(api(stranger.person).get(address), 404)["code"] == "tender_company_not_represented"
    assert ok(api(stranger.person).get(f"/tenders/companies/{stranger.id}/involvements"))["items"] == []


def test_who_acts_for_a_company_is_shown_masked_to_its_own_people() -> None:
    company, stranger = make.company(), make.company()
    address = f"/tenders/companies/{company.id}/agents"
    services.authorise(actor=company.actor, company_id=company.id, phone=str(accounts.contact_phone(stranger.person)))
    found = ok(api(company.person).get(address))["items"]
    assert {row["person_id"] for row in found} == {str(company.person), str(stranger.person)}
    assert [row["is_me"] for row in found if row["person_id"] == str(company.person)] == [True]
    assert api(make.company().person).get(address).status_code == 404

"""A winner who gives up or may not win: the next candidate, or nobody, until the contract is signed (Art. 55, 49)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from backend.tenders.types import Act, ActState, SectionState
from kernel import clock
from tests.factories import tenders as make
from tests.factories.cases import Api
from tests.tenders.ocds_review import complaints
from tests.tenders.test_calendar import acts, record
from tests.tenders.test_law import candidates, workdays_on
from tests.tenders.test_ocds import faults
from tests.tenders.test_opening import refused

pytestmark = pytest.mark.django_db
Travel = Callable[..., None]
GAVE_UP = {"first_dropped_out": True, "content": "第一中标候选人书面放弃中标。"}


@pytest.fixture
def awarded(travel: Travel) -> make.Tender:
    """A tender that the first candidate won."""
    tender, _, _ = make.opened(travel, 4)
    candidates(tender, workdays_on(tender) + 1)
    travel(days=15)
    award(tender, 1)
    return tender


def award(tender: make.Tender, rank: int, **content: Any) -> None:
    """Publish that the candidate of this rank won."""
    winner = tender.section.candidates[rank - 1]["bid_id"]
    tender.desk.publish(tender.project, "award_notice", winner=winner, **content)


def last_awards(tender: make.Tender) -> list[str]:
    """How the newest release of the process says the candidates stand, by rank; the release keeps the standard."""
    package = Api().get("/tenders/ocds/releases").json()
    assert faults(package, "release-package-schema") == []
    assert complaints(package) == []
    return [award["status"] for award in package["releases"][-1]["awards"]]


def test_the_next_candidate_wins_and_everything_after_counts_anew(awarded: make.Tender, travel: Travel) -> None:
    awarded.desk.publish(
        awarded.project, "award_letter", winner=awarded.section.winner["bid_id"], content="请签订合同。"
    )
    record(awarded, Act.SUPERVISOR)
    assert "第五十五条" in acts(awarded)[Act.AWARD].why.zh
    travel(days=2)
    award(awarded, 2, **GAVE_UP)
    assert (awarded.section.winner["rank"], awarded.section.awarded_on) == (2, clock.today())
    found = acts(awarded)
    assert {found[act].state for act in (Act.LETTER, Act.SUPERVISOR, Act.SIGNING)} == {ActState.NOW}
    assert last_awards(awarded) == ["cancelled", "active", "pending"]
    award(awarded, 3, **GAVE_UP)
    assert last_awards(awarded) == ["cancelled", "cancelled", "active"]


def test_out_of_order_or_without_a_reason_nobody_follows(awarded: make.Tender) -> None:
    winner = awarded.section.winner
    refused("tender_award_order", lambda: award(awarded, 1, **GAVE_UP))
    refused("tender_candidates_invalid", lambda: award(awarded, 2, content="改由第二名中标。"))
    refused("tender_notice_incomplete", lambda: award(awarded, 2, first_dropped_out=True))
    assert awarded.section.winner == winner


def test_an_award_can_end_with_nobody(awarded: make.Tender) -> None:
    awarded.desk.publish(awarded.project, "failed_notice", reason="候选人均放弃中标，重新招标。")
    assert (awarded.section.state, awarded.section.winner) == (SectionState.FAILED, None)
    assert last_awards(awarded) == ["cancelled", "unsuccessful", "unsuccessful"]
    refused("tender_act_not_allowed", lambda: award(awarded, 2, **GAVE_UP))


def test_after_the_signature_the_winner_stands(awarded: make.Tender) -> None:
    record(awarded, Act.SIGNING)
    assert acts(awarded)[Act.AWARD].why is None
    refused("tender_contract_signed", lambda: award(awarded, 2, **GAVE_UP))
    refused(
        "tender_contract_signed",
        lambda: awarded.desk.publish(awarded.project, "failed_notice", reason="重新招标。"),
    )
    assert awarded.section.winner["rank"] == 1

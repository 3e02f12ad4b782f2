"""F20 and F21 of the design: the deadline is one moment of the database's clock, whatever is under way around it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from backend.tenders import services
from backend.tenders.models import Alert, Bid, Section
from backend.tenders.types import BidState, SectionState
from kernel import clock
from tests.factories import tenders as make
from tests.tenders.test_opening import refused
from tests.tenders.test_together import together

pytestmark = pytest.mark.django_db(transaction=True)


def due_in(tender: make.Tender, seconds: float) -> datetime:
    """Let the deadline be so near."""
    deadline = clock.now() + timedelta(seconds=seconds)
    Section.objects.filter(pk=tender.section.pk).update(bids_until=deadline)
    return deadline


def wait_for(moment: datetime) -> None:
    """Until a moment of the database's clock is over."""
    while (left := (moment - clock.now()).total_seconds()) >= 0:
        time.sleep(left + 0.02)


def test_f20_a_transaction_that_began_in_time_is_late_when_it_writes_late() -> None:
    """PostgreSQL's `now()` would be the start of the transaction, and the bid would be in."""
    tender, bidder = make.called(), make.company()
    tender.take(bidder)
    bid = tender.upload(bidder, tender.sealed(bidder, 1))
    deadline = due_in(tender, 0.3)
    with transaction.atomic():
        Bid.objects.count()
        wait_for(deadline)
        refused("bid_after_deadline", lambda: services.submit_bid(actor=bidder.actor, bid_id=bid.id))


def test_f20_in_time_and_committed_after_the_deadline_counts_and_the_closing_waits() -> None:
    tender = make.called()
    for price in (1, 2):
        tender.bid(make.company(), price)
    bidder = make.company()
    tender.take(bidder)
    bid = tender.upload(bidder, tender.sealed(bidder, 3))
    deadline = due_in(tender, 0.6)
    written = threading.Event()

    def slow() -> None:
        with transaction.atomic():
            services.submit_bid(actor=bidder.actor, bid_id=bid.id)
            written.set()
            wait_for(deadline + timedelta(seconds=0.4))

    def closing() -> int:
        written.wait()
        wait_for(deadline)
        return services.close_due()

    assert together([slow, closing]) == [None, 1]
    bid.refresh_from_db()
    assert bid.received_at is not None
    assert (bid.state, bid.received_at <= deadline) == (BidState.RECEIPTED, True)
    assert tender.section.state == SectionState.SEALED, "the third bid was counted"


def test_f20_an_upload_that_ends_after_the_deadline_is_not_received() -> None:
    """Begun in time, most of its 240 KB sent, the rest too late: no receipt, no bid that stands."""
    tender, bidder = make.called(), make.company()
    tender.take(bidder)
    sealed = tender.sealed(bidder, 1, remarks="甲" * 80_000)
    whole = list(sealed.steps)
    bid = tender.upload(bidder, sealed)
    bid.steps.filter(place=len(whole) - 1).delete()
    deadline = due_in(tender, 0.2)
    wait_for(deadline)
    assert services.add_steps(actor=bidder.actor, bid_id=bid.id, first=len(whole) - 1, data=whole[-1]) == []
    refused("bid_after_deadline", lambda: services.submit_bid(actor=bidder.actor, bid_id=bid.id))
    assert not Bid.objects.exclude(state=BidState.UPLOADING).exists()


def test_f21_one_deadline_for_all_when_it_moves_while_bids_come_in(deliver_events: Callable[[], None]) -> None:
    """Ten bids in flight, the old deadline's closing asked for again and again: nothing is closed at the old time, each
    bid is judged by the version its receipt names, and every bidder hears of the change once."""
    tender, bidders = make.called(), [make.company() for _ in range(10)]
    bids = []
    for bidder in bidders:
        tender.take(bidder)
        bids.append(tender.upload(bidder, tender.sealed(bidder, 1)))
    content = {"content": "截止时间顺延。", "affects_bids": True, "new_deadline": make.later(16)}
    desk = tender.desk
    draft = services.draft_notice(
        actor=desk.editor, project_id=tender.project.id, kind="change_notice", section_ids=[], title="", content=content
    )
    sent = services.submit_notice(actor=desk.editor, notice_id=draft.id, version=draft.version)
    old = due_in(tender, 1.0)
    start = clock.now()

    def hand_in(place: int) -> object:
        wait_for(start + timedelta(seconds=0.15 * place))
        return services.submit_bid(actor=bidders[place].actor, bid_id=bids[place].id)

    def move() -> object:
        wait_for(old - timedelta(seconds=0.3))
        return services.publish_notice(actor=desk.reviewer, notice_id=sent.id, version=sent.version)

    def closing() -> int:
        closed = 0
        while clock.now() < old + timedelta(seconds=0.6):
            closed += services.close_due()
        return closed

    *came, moved, closed = together([*(lambda at=place: hand_in(at) for place in range(10)), move, closing])
    assert closed == 0
    assert tender.section.state == SectionState.BIDDING
    published = moved.published_at  # type: ignore[attr-defined]
    for receipt in came:
        version = 1 if receipt.received_at < published else 2  # type: ignore[attr-defined]
        assert receipt.deadline_version == version, "the version its receipt names"  # type: ignore[attr-defined]
        assert receipt.received_at <= receipt.deadline  # type: ignore[attr-defined]
    assert {receipt.deadline_version for receipt in came} == {1, 2}  # type: ignore[attr-defined]
    deliver_events()
    told = Alert.objects.filter(about_id=draft.id).values_list("person_id", flat=True)
    assert sorted(told) == sorted(bidder.person for bidder in bidders)


def test_f21_a_suspended_tender_is_not_closed_at_its_old_time() -> None:
    tender, bidder = make.called(), make.company()
    tender.take(bidder)
    bid = tender.upload(bidder, tender.sealed(bidder, 1))
    services.file_objection(
        actor=bidder.actor, section_id=tender.section.id, company_id=bidder.id, stage="tender_documents",
        arguments="资格条件限制竞争。", remedy="请修改。",
    )  # fmt: skip
    wait_for(due_in(tender, 0.1))
    assert services.close_due() == 0
    refused("tender_suspended", lambda: services.submit_bid(actor=bidder.actor, bid_id=bid.id))

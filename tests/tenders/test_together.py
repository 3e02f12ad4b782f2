"""Many at once around the deadline and at the opening: one deadline for all, opened exactly once (F20, F21, F36)."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from backend.tenders import services
from backend.tenders.models import Bid, OpeningRecord, Section
from backend.tenders.types import BidState, SectionState
from kernel import clock
from kernel.errors import DomainError
from tests.factories import tenders as make

pytestmark = pytest.mark.django_db(transaction=True)
BIDDERS = 12


def together(acts: list[Callable[[], object]]) -> list[object]:
    """What each act came to: its result, or the code of its refusal."""
    found: list[object] = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def run(place: int) -> None:
        try:
            start.wait()
            found[place] = acts[place]()
        except DomainError as exc:
            found[place] = exc.code.code
        except Exception as exc:
            found[place] = exc
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_bids_spread_over_the_deadline_are_judged_by_it() -> None:
    tender = make.called()
    bidders = [make.company() for _ in range(BIDDERS)]
    bids = []
    for bidder in bidders:
        tender.take(bidder)
        bids.append(tender.upload(bidder, tender.sealed(bidder, 1)))
    deadline = clock.now() + timedelta(seconds=1.2)
    Section.objects.filter(pk=tender.section.pk).update(bids_until=deadline)

    def hand_in(place: int) -> object:
        time.sleep(random.uniform(0.7, 1.7))
        return services.submit_bid(actor=bidders[place].actor, bid_id=bids[place].id)

    closing = [lambda: [services.close_due() or time.sleep(0.05) for _ in range(40)]]
    found = together([*(lambda place=place: hand_in(place) for place in range(BIDDERS)), *closing])[:BIDDERS]
    for bid, came in zip(bids, found, strict=True):
        bid.refresh_from_db()
        accepted = not isinstance(came, str)
        assert accepted or came == "bid_after_deadline", came
        assert (bid.state == BidState.RECEIPTED) == accepted
        assert (bid.received_at is not None and bid.received_at <= deadline) == accepted
    standing = Bid.objects.filter(state=BidState.RECEIPTED).count()
    assert tender.section.state == (SectionState.SEALED if standing >= 3 else SectionState.FAILED)


def test_opened_once_however_many_bring_shares_at_once(travel: Callable[..., None]) -> None:
    tender = make.called()
    for price in make.PRICES[:3]:
        tender.bid(make.company(), price)
    travel(days=22)
    services.close_due()
    section_id = tender.section.id
    openers = list(zip(tender.desk.openers, tender.shares, strict=True)) * 2
    found = together(
        [
            lambda a=actor, s=share: services.bring_share(actor=a, section_id=section_id, share=s)
            for actor, share in openers
        ]
    )
    assert {one for one in found if isinstance(one, str)} <= {"tender_act_not_allowed"}
    assert not [one for one in found if isinstance(one, Exception)]
    assert OpeningRecord.objects.count() == 1
    assert tender.section.state == SectionState.OPENED


def test_replacing_and_withdrawing_at_once_leaves_one_truth() -> None:
    """Whatever the order, at most one bid of a company stands, and nobody waits for ever."""
    tender, bidder = make.called(), make.company()
    first = tender.bid(bidder, 2)
    second = tender.upload(bidder, tender.sealed(bidder, 1, 2), 2)
    found = together(
        [
            lambda: services.submit_bid(actor=bidder.actor, bid_id=second.id),
            lambda: services.withdraw_bid(actor=bidder.actor, bid_id=first.bid_id),
            lambda: services.submit_bid(actor=bidder.actor, bid_id=second.id),
            lambda: services.withdraw_bid(actor=bidder.actor, bid_id=second.id),
        ]
    )
    assert not [one for one in found if isinstance(one, Exception)]
    assert Bid.objects.filter(state=BidState.RECEIPTED).count() <= 1

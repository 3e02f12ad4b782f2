"""Late by a millisecond, opened once and by two of three, fewer than three stays closed (F20, F36, T08, T09)."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta

import pytest

from backend.tenders import services
from backend.tenders.models import Bid, BidStep, OpeningRecord
from backend.tenders.rules import receipts, sealing, shamir
from backend.tenders.services import bids, common
from backend.tenders.types import BidState, SectionState
from kernel import clock
from kernel.errors import DomainError
from tests.factories import tenders as make

pytestmark = pytest.mark.django_db
Travel = Callable[..., None]


def refused(code: str, act: Callable[[], object]) -> DomainError:
    """The act is refused with this code."""
    with pytest.raises(DomainError) as caught:
        act()
    assert caught.value.code.code == code
    return caught.value


@pytest.mark.parametrize(("offset", "accepted"), [(-1, True), (0, True), (1, False)])
def test_the_deadline_is_the_deadline(monkeypatch: pytest.MonkeyPatch, offset: int, accepted: bool) -> None:
    tender, bidder = make.called(), make.company()
    tender.take(bidder)
    bid = tender.upload(bidder, tender.sealed(bidder, 95_000_00))
    moment = make.deadline_of(tender) + timedelta(milliseconds=offset)
    monkeypatch.setattr(clock, "now", lambda: moment)
    if accepted:
        receipt = services.submit_bid(actor=bidder.actor, bid_id=bid.id)
        assert receipt.received_at == moment <= receipt.deadline
    else:
        refused("bid_after_deadline", lambda: services.submit_bid(actor=bidder.actor, bid_id=bid.id))
    bid.refresh_from_db()
    assert bid.state == (BidState.RECEIPTED if accepted else BidState.UPLOADING)


def test_a_receipt_is_signed_and_the_same_again() -> None:
    tender, bidder = make.called(), make.company()
    receipt = tender.bid(bidder, 95_000_00)
    key = receipts.public_key(common.signing_seed())
    shown = bids.document(receipt)
    assert receipts.is_genuine(key, receipts.RECEIPT, shown)
    assert not receipts.is_genuine(key, receipts.RECEIPT, {**shown, "size": 1})
    assert bids.document(services.submit_bid(actor=bidder.actor, bid_id=receipt.bid_id)) == shown


def test_unfinished_is_not_received() -> None:
    tender, bidder = make.called(), make.company()
    tender.take(bidder)
    bid = tender.upload(bidder, tender.sealed(bidder, 95_000_00))
    BidStep.objects.filter(bid=bid).delete()
    refused("bid_incomplete", lambda: services.submit_bid(actor=bidder.actor, bid_id=bid.id))


def test_replace_and_withdraw_before_the_deadline_only(travel: Travel) -> None:
    tender, bidder = make.called(), make.company()
    first, second = tender.bid(bidder, 95_000_00), tender.bid(bidder, 94_000_00, version=2)
    states = dict(Bid.objects.values_list("id", "state"))
    assert (states[first.bid_id], states[second.bid_id]) == (BidState.REPLACED, BidState.RECEIPTED)
    refused("tender_record_not_found", lambda: services.withdraw_bid(actor=make.company().actor, bid_id=second.bid_id))
    services.withdraw_bid(actor=bidder.actor, bid_id=second.bid_id)
    third = tender.bid(bidder, 93_000_00, version=3)
    travel(days=22)
    refused("bid_after_deadline", lambda: services.withdraw_bid(actor=bidder.actor, bid_id=third.bid_id))


def test_fewer_than_three_are_never_opened(travel: Travel) -> None:
    tender = make.called()
    for price in make.PRICES[:2]:
        tender.bid(make.company(), price)
    travel(days=22)
    assert services.close_due() == 1
    assert tender.section.state == SectionState.FAILED
    refused("opening_too_few_bids", tender.open)
    assert set(Bid.objects.values_list("state", "statement", "content_key")) == {(BidState.RECEIPTED, None, None)}


def test_nobody_opens_early_alone_or_twice(travel: Travel) -> None:
    tender = make.called()
    for price in make.PRICES[:3]:
        tender.bid(make.company(), price)
    refused("opening_too_early", tender.open)
    travel(to=make.deadline_of(tender) - timedelta(milliseconds=500))
    assert services.close_due() == 0
    refused("opening_too_early", tender.open)
    travel(days=1)
    services.close_due()
    opener, section_id = tender.desk.openers[0], tender.section.id
    for wrong in (b"\1" * 33, tender.shares[1], b""):
        refused(
            "opening_share_wrong",
            lambda wrong=wrong: services.bring_share(actor=opener, section_id=section_id, share=wrong),
        )
    stranger = tender.desk.editor
    refused(
        "tender_record_not_found",
        lambda: services.bring_share(actor=stranger, section_id=section_id, share=tender.shares[0]),
    )
    assert tender.open(1).state == SectionState.SEALED
    assert tender.open(1).state == SectionState.SEALED, "the same share twice is one share"
    assert tender.open(2).state == SectionState.OPENED
    refused("tender_act_not_allowed", tender.open)
    assert OpeningRecord.objects.count() == 1
    assert not tender.section.openers.exclude(share=None).exists()


def test_the_record_equals_the_receipts_and_is_signed(travel: Travel) -> None:
    tender, bidders, found = make.opened(travel, 4)
    content = OpeningRecord.objects.get().content
    assert receipts.is_genuine(receipts.public_key(common.signing_seed()), receipts.RECORD, content)
    rows = {row["receipt_no"]: row for row in content["bids"]}
    assert len(rows) == 4
    for bidder, receipt, price in zip(bidders, found, make.PRICES, strict=True):
        row = rows[receipt.receipt_no]
        assert (row["name"], row["price_fen"], row["state"]) == (bidder.name, price, "decrypted")
        assert row["ciphertext_sha256"] == receipt.ciphertext_sha256
        assert row["commitment"] == receipt.commitment
    assert tender.section.opened_at is not None


def test_what_is_broken_is_marked_and_the_others_go_on(travel: Travel) -> None:
    """One bit flipped, one sealed for somebody else, one sealed to another key, one whose commitment lies."""
    tender, people = make.called(), [make.company() for _ in range(6)]
    for bidder in people:
        tender.take(bidder)
    kept = [tender.sealed(bidder, 95_000_00 + place) for place, bidder in enumerate(people)]
    stolen = tender.sealed(people[0], 96_000_00)
    own_key, tender.public_key = tender.public_key, sealing.new_key()[1]
    foreign = tender.sealed(people[3], 97_000_00)
    tender.public_key = own_key
    lying = sealing.SealedBid(kept[4].envelope, kept[4].steps, kept[5].commitment)
    for bidder, sealed in zip(people, [*kept[:2], stolen, foreign, lying, kept[5]], strict=True):
        bid = tender.upload(bidder, sealed)
        services.submit_bid(actor=bidder.actor, bid_id=bid.id)
    step = BidStep.objects.filter(bid__sha256=kept[1].sha256).first()
    assert step is not None
    data = bytearray(step.data)
    data[random.randrange(len(data))] ^= 1
    BidStep.objects.filter(pk=step.pk).update(data=bytes(data))
    travel(days=22)
    services.close_due()
    tender.open()
    rows = OpeningRecord.objects.get().content["bids"]
    found = {row["name"]: row["reason"] for row in rows}
    expected = ["", "broken_step", "wrong_key", "wrong_key", "commitment_differs", ""]
    assert found == {bidder.name: reason for bidder, reason in zip(people, expected, strict=True)}
    assert all(row["price_fen"] is None and row["reason_label"] for row in rows if row["reason"])


def test_shares_of_another_key_open_nothing(travel: Travel) -> None:
    """Digests fit, but together they are not the key: refused, nothing is opened."""
    tender = make.planned()
    mine, tender.public_key = tender.public_key, sealing.new_key()[1]
    services.set_opening_key(
        actor=tender.desk.editor,
        section_id=tender.section.id,
        public_key=tender.public_key,
        openers=[
            {"person_id": row.person_id, "title": row.title, "share_digest": row.share_digest}
            for row in tender.section.openers.all()
        ],
    )
    assert mine != tender.public_key
    tender.desk.publish(tender.project, "tender_notice", **make.call_content())
    for price in make.PRICES[:3]:
        tender.bid(make.company(), price)
    travel(days=22)
    services.close_due()
    refused("opening_share_wrong", tender.open)
    assert tender.section.state == SectionState.SEALED
    assert shamir.combine(tender.shares[:2]) == shamir.combine(tender.shares[1:])

"""Handing in sealed bids: begun, uploaded step by step, received at one moment by the database's clock or never."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from backend.accounts.types import LegalPersonInfo
from backend.journal.services import record
from backend.tenders.models import Bid, BidStep, Section
from backend.tenders.policies import rules_on
from backend.tenders.rules import receipts, sealing
from backend.tenders.services import bidders, common
from backend.tenders.types import STEPS_A_CALL, Announcement, BidState, Receipt, SectionState, TenderError
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError
from kernel.ids import uuid7


@transaction.atomic
def begin_bid(*, actor: Actor, section_id: UUID, company_id: UUID, announced: Announcement) -> Bid:
    """Announce a sealed bid: its wrapped key, commitment, number of steps and digest. Nothing is received yet.

    It must have been sealed for `next_version`. Raises NOT_REPRESENTED, DOCUMENTS_NOT_TAKEN, NOT_ALLOWED_NOW,
    SUSPENDED, QUALIFICATION_MISSING, BID_NOT_SEALED, BID_STATE for another version, which it tells.
    """
    company = common.represented(actor, company_id)
    section = common.share_section(section_id)
    _check_open(section)
    _check_may_bid(section, company)
    _check_announced(section, announced)
    own = common.mark(section.id, company.id)
    common.take_turn(own)
    expected = next_version(section, company.id)
    if announced.bid_version != expected:
        raise DomainError(TenderError.BID_STATE, extra={"next_version": expected})
    Bid.objects.filter(section=section, mark=own, state=BidState.UPLOADING).update(state=BidState.REPLACED)
    return Bid.objects.create(
        id=uuid7(),
        section=section,
        mark=own,
        identity=common.sealed_identity(company, actor),
        state=BidState.UPLOADING,
        begun_at=clock.now(),
        revision=section.revision,
        **asdict(announced),
    )


def _check_announced(section: Section, announced: Announcement) -> None:
    limit = rules_on(section.project.law, clock.today())["max_steps"].value
    fits = len(announced.wrapped) == sealing.WRAPPED and sealing.is_point(announced.point)
    if not fits or not 1 <= announced.step_count <= limit or announced.key_id != section.key_id:
        raise DomainError(TenderError.BID_NOT_SEALED)


def next_version(section: Section, company_id: UUID) -> int:
    """For which version a company's next bid is to be sealed."""
    own = Bid.objects.filter(section=section, mark=common.mark(section.id, company_id))
    return (own.aggregate(last=Max("bid_version"))["last"] or 0) + 1


def _check_open(section: Section) -> None:
    if section.state != SectionState.BIDDING:
        raise common.not_now(section)
    if section.waits_for:
        raise DomainError(TenderError.SUSPENDED)


def _check_may_bid(section: Section, company: LegalPersonInfo) -> None:
    if bidders.taken(section, company.id) is None:
        raise DomainError(TenderError.DOCUMENTS_NOT_TAKEN)
    missing = bidders.missing_documents(section, company.id, clock.today())
    if missing:
        raise DomainError(TenderError.QUALIFICATION_MISSING, missing="、".join(missing))


@transaction.atomic
def add_steps(*, actor: Actor, bid_id: UUID, first: int, data: bytes) -> list[int]:
    """Keep some steps of an announced bid; sending a step again changes nothing. Returns the places still missing
    (at most 200 of them). Raises NOT_FOUND, BID_STATE, BID_NOT_SEALED for what is no whole number of steps."""
    bid = _own(actor, bid_id)
    if bid.state != BidState.UPLOADING:
        raise DomainError(TenderError.BID_STATE)
    count, rest = divmod(len(data), sealing.SEALED_STEP)
    if rest or not 1 <= count <= STEPS_A_CALL or first < 0 or first + count > bid.step_count:
        raise DomainError(TenderError.BID_NOT_SEALED)
    size = sealing.SEALED_STEP
    BidStep.objects.bulk_create(
        [BidStep(bid=bid, place=first + i, data=data[i * size : (i + 1) * size]) for i in range(count)],
        ignore_conflicts=True,
    )
    return missing_steps(bid)


def missing_steps(bid: Bid) -> list[int]:
    """The places of steps that have not arrived, at most 200."""
    there = set(bid.steps.values_list("place", flat=True))
    return [place for place in range(bid.step_count) if place not in there][:200]


@transaction.atomic
def submit_bid(*, actor: Actor, bid_id: UUID) -> Receipt:
    """Hand in: the one moment that counts, by the database's clock, taken last and held against the deadline.

    The section is held still meanwhile, so that the deadline cannot move under it and the opening waits. An earlier
    bid of the company is replaced. Handing in the same bid again gives its receipt again. Raises NOT_FOUND, BID_STATE,
    NOT_ALLOWED_NOW, SUSPENDED, BID_INCOMPLETE, BID_DIGEST, BID_LATE (E-bidding Measures Art. 27).
    """
    bid, section = _own_in_place(actor, bid_id)
    if bid.state == BidState.RECEIPTED and bid.receipt:
        return receipt_of(bid.receipt)
    if bid.state != BidState.UPLOADING:
        raise DomainError(TenderError.BID_STATE)
    if section.state == SectionState.BIDDING and section.waits_for:
        raise DomainError(TenderError.SUSPENDED)
    size = _check_whole(bid)
    now = clock.now()
    _check_deadline(section, now)
    earlier = Bid.objects.filter(section=section, mark=bytes(bid.mark), state=BidState.RECEIPTED)
    earlier.update(state=BidState.REPLACED)
    receipt = _receipt(bid, section, size, now)
    bid.state, bid.received_at, bid.deadline_version = BidState.RECEIPTED, now, section.deadline_version
    bid.revision, bid.receipt = section.revision, document(receipt)
    bid.save(update_fields=["state", "received_at", "deadline_version", "revision", "receipt"])
    _note(actor, "tender.bid_received", bid, {"receipt": bid.receipt})
    return receipt


def _check_whole(bid: Bid) -> int:
    digest, size, count = hashlib.sha256(), 0, 0
    for data in bid.steps.order_by("place").values_list("data", flat=True).iterator(chunk_size=16):
        digest.update(data)
        size, count = size + len(data), count + 1
    if count != bid.step_count:
        raise DomainError(TenderError.BID_INCOMPLETE, received=count, expected=bid.step_count)
    if digest.hexdigest() != bid.sha256:
        raise DomainError(TenderError.BID_DIGEST)
    return size


def _check_deadline(section: Section, now: datetime) -> None:
    deadline = section.bids_until
    if deadline is not None and now > deadline:
        raise DomainError(
            TenderError.BID_LATE,
            deadline=clock.local(deadline).isoformat(timespec="milliseconds"),
            received_at=clock.local(now).isoformat(timespec="milliseconds"),
        )
    if section.state != SectionState.BIDDING:
        raise common.not_now(section)


def _receipt(bid: Bid, section: Section, size: int, now: datetime) -> Receipt:
    made = Receipt(
        receipt_no="TB" + base64.b32encode(secrets.token_bytes(10)).decode(),
        section_id=section.id,
        section_no=section.number,
        bid_id=bid.id,
        bid_version=bid.bid_version,
        bidder=bytes(bid.mark).hex(),
        received_at=now,
        deadline=section.bids_until or now,
        deadline_version=section.deadline_version,
        size=size,
        ciphertext_sha256=bid.sha256,
        commitment=bid.commitment,
        key_id=bid.key_id,
    )
    signature = receipts.sign(common.signing_seed(), receipts.RECEIPT, document(made))
    return Receipt(**{**asdict(made), "signature": signature})


def document(receipt: Receipt) -> dict[str, Any]:
    """A receipt as it is shown, stored and signed: times with microseconds, ids as text."""
    return {name: _plain(value) for name, value in asdict(receipt).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return clock.local(value).isoformat(timespec="microseconds")
    return str(value) if isinstance(value, UUID) else value


def receipt_of(stored: Mapping[str, Any]) -> Receipt:
    """The receipt in a stored document."""
    ids = {name: UUID(stored[name]) for name in ("section_id", "bid_id")}
    times = {name: datetime.fromisoformat(stored[name]) for name in ("received_at", "deadline")}
    return Receipt(**{**stored, **ids, **times})


@transaction.atomic
def withdraw_bid(*, actor: Actor, bid_id: UUID) -> Bid:
    """Take a bid back before the deadline. Raises NOT_FOUND, BID_STATE, BID_LATE, NOT_ALLOWED_NOW."""
    bid, section = _own_in_place(actor, bid_id)
    if bid.state not in {BidState.RECEIPTED, BidState.UPLOADING}:
        raise DomainError(TenderError.BID_STATE)
    now = clock.now()
    _check_deadline(section, now)
    bid.state, bid.withdrawn_at = BidState.WITHDRAWN, now
    bid.save(update_fields=["state", "withdrawn_at"])
    _note(actor, "tender.bid_withdrawn", bid, {})
    return bid


@transaction.atomic
def confirm_bid(*, actor: Actor, bid_id: UUID) -> Bid:
    """Say that a bid stands after a change of the tender. Raises NOT_FOUND, BID_STATE, BID_LATE, NOT_ALLOWED_NOW."""
    bid, section = _own_in_place(actor, bid_id)
    if bid.state != BidState.RECEIPTED:
        raise DomainError(TenderError.BID_STATE)
    _check_deadline(section, clock.now())
    bid.revision = section.revision
    bid.save(update_fields=["revision"])
    _note(actor, "tender.bid_confirmed", bid, {"revision": section.revision})
    return bid


def _own(actor: Actor, bid_id: UUID) -> Bid:
    bid = Bid.objects.select_for_update(of=("self",)).filter(pk=bid_id).first()
    if bid is None:
        raise DomainError(TenderError.NOT_FOUND)
    try:
        common.represented(actor, common.identity(bid.identity)[0])
    except DomainError as exc:
        raise DomainError(TenderError.NOT_FOUND) from exc
    return bid


def _own_in_place(actor: Actor, bid_id: UUID) -> tuple[Bid, Section]:
    """A bid of a company one acts for, locked, in its section held still; the section first, as the opening does."""
    section_id = Bid.objects.filter(pk=bid_id).values_list("section_id", flat=True).first()
    if section_id is None:
        raise DomainError(TenderError.NOT_FOUND)
    section = common.share_section(section_id)
    return _own(actor, bid_id), section


def _note(actor: Actor, action: str, bid: Bid, data: Mapping[str, Any]) -> None:
    """The line names the bid, not the bidder, and belongs to no organisation whose auditors could count."""
    record(
        actor=common.BOX,
        action=action,
        subject=("tender_bid", bid.id),
        organisation_id=None,
        data=data,
        private={"person": str(actor.user_id)},
    )


def standing(section: Section) -> Sequence[Bid]:
    """The bids that stand at the deadline, in an order that says nothing."""
    return list(section.bids.filter(state=BidState.RECEIPTED).order_by("sha256"))

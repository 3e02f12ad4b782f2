"""The deadline and the opening: nobody earlier, nobody alone, once, and a signed record for everybody."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.accounts import selectors as accounts
from backend.journal.services import record, record_change
from backend.tenders.events import BIDS_CLOSED, OPENED
from backend.tenders.models import Bid, Notice, Opener, OpeningRecord, Project, Section
from backend.tenders.policies import rules_on
from backend.tenders.rules import receipts, sealing, shamir
from backend.tenders.services import common, notices
from backend.tenders.services.bids import standing
from backend.tenders.types import (
    FAILURE_NAMES,
    SHARES_NEEDED,
    BidState,
    FailureReason,
    NoticeKind,
    NoticeState,
    OpenedBid,
    SectionState,
    TenderError,
)
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError
from kernel.ids import uuid7

READ_OUT = ("price_fen", "duration_days", "quality", "manager", "remarks")


def close_due() -> int:
    """Close the sections whose deadline is over. Run every second; safe in parallel. Returns how many."""
    due = Section.objects.filter(state=SectionState.BIDDING, waits_for=0, bids_until__lt=clock.now())
    closed = 0
    for section_id in list(due.order_by("bids_until", "id").values_list("id", flat=True)[:50]):
        closed += _close(section_id)
    return closed


@transaction.atomic
def _close(section_id: UUID) -> bool:
    """Seal a section, or let it fail when too few bids stand: those stay closed for ever (Regulation Art. 44)."""
    section = common.lock_section(section_id)
    if not is_over(section, clock.now()):
        return False
    minimum = rules_on(section.project.law, clock.today())["min_bidders"].value
    enough = len(standing(section)) >= minimum
    section.state = SectionState.SEALED if enough else SectionState.FAILED
    now = clock.now()
    section.save_change("state", at=now)
    project = Project.objects.select_for_update().get(pk=section.project_id)
    common.refresh(project, now)
    record_change(
        actor=common.CLOCK,
        event=BIDS_CLOSED,
        subject=("tender_section", section.id),
        organisation_id=project.organisation_id,
        data={
            **common.project_facts(project),
            "section_id": str(section.id),
            "section_no": section.number,
            "outcome": "sealed" if enough else "failed",
        },
        journal_extra={"deadline_version": section.deadline_version},
    )
    return True


def is_over(section: Section, now: datetime) -> bool:
    """Whether the section still takes bids and its deadline is over."""
    running = section.state == SectionState.BIDDING and not section.waits_for
    return running and section.bids_until is not None and now > section.bids_until


@transaction.atomic
def bring_share(*, actor: Actor, section_id: UUID, share: bytes) -> Section:
    """An opener brings a share of the key. With the second one all bids are opened, in this very transaction.

    The key is whole only here and only in memory. Raises NOT_FOUND for anybody but the openers, TOO_EARLY,
    TOO_FEW_BIDS, NOT_ALLOWED_NOW when it was opened, SUSPENDED, SHARE_WRONG.
    """
    section = common.lock_section(section_id)
    opener = section.openers.filter(person_id=actor.person_id).first()
    if opener is None:
        raise DomainError(TenderError.NOT_FOUND)
    now = clock.now()
    _check_time(section, now)
    if hashlib.sha256(share).hexdigest() != opener.share_digest:
        raise DomainError(TenderError.SHARE_WRONG)
    opener.share, opener.brought_at = share.hex(), now
    opener.save(update_fields=["share", "brought_at"])
    record(
        actor=actor,
        action="tender.share_brought",
        subject=("tender_section", section.id),
        organisation_id=section.project.organisation_id,
        data={"opener": str(opener.id), "share_digest": opener.share_digest},
    )
    brought = [bytes.fromhex(found.share or "") for found in section.openers.exclude(brought_at=None)]
    if len(brought) >= SHARES_NEEDED:
        _open(actor, section, _whole_key(section, brought))
    return section


def _check_time(section: Section, now: datetime) -> None:
    if section.state == SectionState.FAILED:
        raise DomainError(
            TenderError.TOO_FEW_BIDS, minimum=rules_on(section.project.law, clock.today())["min_bidders"].value
        )
    deadline = section.bids_until
    if section.state in {SectionState.PLANNED, SectionState.PREQUALIFYING} or deadline is None:
        raise common.not_now(section)
    if section.state == SectionState.BIDDING or now <= deadline:
        raise DomainError(TenderError.TOO_EARLY, deadline=f"{clock.local(deadline):%Y-%m-%d %H:%M:%S}")
    if section.waits_for:
        raise DomainError(TenderError.SUSPENDED)
    if section.state != SectionState.SEALED:
        raise common.not_now(section)


def _whole_key(section: Section, shares: list[bytes]) -> bytes:
    try:
        scalar = shamir.combine(shares)
        fits = sealing.public_of(scalar) == bytes(section.public_key or b"")
    except (ValueError, sealing.UnopenableError):
        fits = False
    if not fits:
        raise DomainError(TenderError.SHARE_WRONG)
    return scalar


def _open(actor: Actor, section: Section, scalar: bytes) -> None:
    now = clock.now()
    entries = [_entry(bid, _opened(bid, scalar)) for bid in standing(section)]
    section.openers.update(share=None)
    section.state, section.opened_at = SectionState.OPENED, now
    section.save_change("state", "opened_at", at=now)
    content = _record_content(section, entries, now)
    notice = Notice.objects.create(
        id=uuid7(),
        project=section.project,
        section_ids=[section.id],
        kind=NoticeKind.OPENING_RECORD,
        state=NoticeState.IN_REVIEW,
        title=f"{section.name}开标记录",
        content=content,
        created_at=now,
        updated_at=now,
    )
    notices.put_out(common.CLOCK, notice)
    OpeningRecord.objects.create(section=section, notice=notice, content=content)
    record_change(
        actor=actor,
        event=OPENED,
        subject=("tender_section", section.id),
        organisation_id=section.project.organisation_id,
        data={
            **common.project_facts(section.project),
            "section_id": str(section.id),
            "section_no": section.number,
            "notice_id": str(notice.id),
        },
        journal_extra={"record_signature": content["signature"]},
    )


def _opened(bid: Bid, scalar: bytes) -> OpenedBid:
    """Open one bid, or say why not; others go on."""
    company, _ = common.identity(bid.identity)
    bound = sealing.binding(bid.section_id, company, bid.bid_version)
    try:
        envelope = sealing.Envelope(bytes(bid.point), bytes(bid.wrapped))
        content_key = sealing.unwrap(scalar, envelope, bound)
        found = sealing.open_bid(content_key, bound, steps_of(bid), bid.step_count, bid.commitment)
    except sealing.UnopenableError as exc:
        found = OpenedBid(None, exc.reason)
    _keep(bid, company, found)
    return found


def steps_of(bid: Bid, first: int = 0) -> Iterator[bytes]:
    """The sealed steps of a bid from a place on."""
    rows = bid.steps.filter(place__gte=first).order_by("place").values_list("data", flat=True)
    for data in rows.iterator(chunk_size=16):
        yield bytes(data)


def _keep(bid: Bid, company_id: UUID, found: OpenedBid) -> None:
    company = accounts.legal_person(company_id)
    bid.bidder_id, bid.bidder_name, bid.credit_code = company.id, company.name, company.credit_code
    bid.state = BidState.DECRYPTED if found.reason is FailureReason.NONE else BidState.DECRYPT_FAILED
    bid.reason, bid.statement, bid.files = found.reason, found.statement, list(found.files)
    bid.content_key = found.content_key.hex() or None
    bid.save(
        update_fields=[
            "bidder_id", "bidder_name", "credit_code", "state", "reason", "statement", "files", "content_key",
        ]
    )  # fmt: skip


def _entry(bid: Bid, found: OpenedBid) -> dict[str, Any]:
    statement = found.statement or {}
    return {
        "bid_id": str(bid.id),
        "name": bid.bidder_name,
        "credit_code": bid.credit_code,
        "state": str(bid.state),
        "reason": str(bid.reason),
        "reason_label": FAILURE_NAMES[found.reason].zh if found.reason else "",
        "receipt_no": (bid.receipt or {}).get("receipt_no", ""),
        "received_at": (bid.receipt or {}).get("received_at", ""),
        "ciphertext_sha256": bid.sha256,
        "commitment": bid.commitment,
        "reconfirmed": bid.revision >= bid.section.revision,
        **{name: _said(statement.get(name)) for name in READ_OUT},
    }


def _said(value: Any) -> Any:
    return value if value is None or isinstance(value, int) else str(value)[:500]


def _record_content(section: Section, entries: list[dict[str, Any]], now: datetime) -> dict[str, Any]:
    ranked = sorted(entries, key=lambda entry: (entry["received_at"], entry["receipt_no"]))
    content = {
        "section_id": str(section.id),
        "section_no": section.number,
        "section_name": section.name,
        "deadline": clock.local(section.bids_until or now).isoformat(timespec="milliseconds"),
        "deadline_version": section.deadline_version,
        "opened_at": clock.local(now).isoformat(timespec="milliseconds"),
        "place": section.opening_place,
        "max_price_fen": section.max_price_fen,
        "key_id": section.key_id,
        "openers": [
            {"title": opener.title, "share_digest": opener.share_digest, "brought_at": _brought(opener)}
            for opener in section.openers.order_by("id")
        ],
        "bids": ranked,
        "confirm_minutes": rules_on(section.project.law, clock.today())["record_confirmation_minutes"].value,
    }
    return {**content, "signature": receipts.sign(common.signing_seed(), receipts.RECORD, content)}


def _brought(opener: Opener) -> str:
    return clock.local(opener.brought_at).isoformat(timespec="milliseconds") if opener.brought_at else ""

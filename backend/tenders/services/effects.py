"""What a published notice does to its sections."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from backend.tenders.models import Bid, Notice, Section
from backend.tenders.rules import notices as rules
from backend.tenders.services import acts
from backend.tenders.types import Act, NoticeKind, SectionState
from kernel import clock


def apply(notice: Notice, section: Section, at: datetime) -> None:
    """Change a section as the notice says. The caller holds the section's row and has checked the notice."""
    kind = NoticeKind(notice.kind)
    if kind in rules.AFTER:
        section.state = rules.AFTER[kind]
    EFFECTS.get(kind, _nothing)(notice, section, at)
    section.save_change(*_FIELDS, at=at)


_FIELDS = (
    "state",
    "documents_from",
    "documents_until",
    "applications_until",
    "bids_until",
    "deadline_version",
    "revision",
    "invited",
    "publicity_until",
    "candidates",
    "winner",
    "contract",
    "awarded_on",
)


def _nothing(notice: Notice, section: Section, at: datetime) -> None:
    """The state says it all."""


def _call(notice: Notice, section: Section, at: datetime) -> None:
    content = notice.content
    section.documents_from = rules.moment(content["documents_from"])
    section.documents_until = rules.moment(content["documents_until"])
    if content.get("applications_until"):
        section.applications_until = rules.moment(content["applications_until"])
    until = content.get("bids_until")
    if until:
        section.bids_until = rules.moment(until)
        section.deadline_version += 1
        section.revision += 1
    section.invited = [UUID(str(found)) for found in content.get("invited", [])]


def _changed(notice: Notice, section: Section, at: datetime) -> None:
    later = rules.new_deadline(notice.content)
    if later is not None and section.state == SectionState.PREQUALIFYING:
        section.applications_until = later
    elif later is not None and later != section.bids_until:
        section.bids_until = later
        section.deadline_version += 1
    if notice.content.get("affects_bids"):
        section.revision += 1


def _candidates(notice: Notice, section: Section, at: datetime) -> None:
    entries = notice.content["candidates"]
    bids = Bid.objects.in_bulk([entry["bid_id"] for entry in entries])
    section.candidates = [
        {
            "rank": entry["rank"],
            "bid_id": entry["bid_id"],
            "name": bids[UUID(entry["bid_id"])].bidder_name,
            "credit_code": bids[UUID(entry["bid_id"])].credit_code,
            "price_fen": (bids[UUID(entry["bid_id"])].statement or {}).get("price_fen"),
        }
        for entry in entries
    ]
    notice.content = {**notice.content, "candidates": section.candidates}
    section.publicity_until = rules.moment(notice.content["objections_to"])
    acts.keep(section, Act.REPORT, date.fromisoformat(notice.content["report_received_on"]), notice.author_id)


def _award(notice: Notice, section: Section, at: datetime) -> None:
    section.winner = next(entry for entry in section.candidates if entry["bid_id"] == notice.content["winner"])
    section.awarded_on = clock.local(at).date()
    notice.content = {**notice.content, "winner": section.winner}


def _failed(notice: Notice, section: Section, at: datetime) -> None:
    """Nobody wins, whoever had won before."""
    section.winner = section.awarded_on = None


def _letter(notice: Notice, section: Section, at: datetime) -> None:
    notice.content = {**notice.content, "winner": section.winner}


def _contract(notice: Notice, section: Section, at: datetime) -> None:
    wanted = ("amount_fen", "signed_on", "period_start", "period_end")
    section.contract = {name: notice.content[name] for name in wanted}
    notice.content = {**notice.content, "supplier": section.winner}
    acts.keep(section, Act.SIGNING, date.fromisoformat(notice.content["signed_on"]), notice.author_id)


EFFECTS: dict[NoticeKind, Callable[[Notice, Section, datetime], None]] = {
    NoticeKind.PREQUAL: _call,
    NoticeKind.TENDER: _call,
    NoticeKind.INVITATION: _call,
    NoticeKind.CHANGE: _changed,
    NoticeKind.CLARIFICATION: _changed,
    NoticeKind.CANDIDATES: _candidates,
    NoticeKind.AWARD: _award,
    NoticeKind.FAILED: _failed,
    NoticeKind.AWARD_LETTER: _letter,
    NoticeKind.CONTRACT: _contract,
}

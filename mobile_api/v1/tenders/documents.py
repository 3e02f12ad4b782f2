"""Tenders as the API shows them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import translation

from backend.tenders import selectors
from backend.tenders.types import FAILURE_NAMES, KIND_NAMES, STATE_NAMES, FailureReason, NoticeKind, SectionState
from kernel.masking import MaskKind, mask
from mobile_api.platform.serializers import at


def language() -> str:
    """The language in which the caller reads."""
    return translation.get_language() or "zh-hans"


def _state(value: str) -> dict[str, str]:
    return {"state": value, "state_label": STATE_NAMES[SectionState(value)].render(language())}


def _id(value: Any) -> str | None:
    return str(value) if value else None


def project_row(row: Any) -> dict[str, Any]:
    """A row of the list."""
    return {
        "id": str(row.id),
        "number": row.number,
        "ocid": row.ocid,
        "name": row.name,
        "category": row.category,
        "region_code": row.region_code,
        "law": row.law,
        "method": row.method,
        "buyer_id": _id(row.organisation_id),
        "buyer_name": row.buyer_name,
        "agent_name": row.agent_name,
        "amount_fen": row.amount_fen,
        **_state(row.state),
        "next_deadline": at(row.next_deadline),
        "published_at": at(row.first_published_at),
        "source": row.source,
    }


def project(row: Any) -> dict[str, Any]:
    """A project's page."""
    return {
        **project_row(row),
        "sections": [section(one) for one in selectors.sections_of(row)],
        "story": [moment(one) for one in selectors.story_of(row)],
        "share_url": f"{settings.PUBLIC_BASE_URL}/palm/tenders/{row.id}",
        "now": at(selectors.server_time()),
    }


def section(row: Any) -> dict[str, Any]:
    """A section as everybody sees it."""
    return {
        "id": str(row.id),
        "number": row.number,
        "name": row.name,
        **_state(row.state),
        "suspended": row.waits_for > 0,
        "estimate_fen": row.estimate_fen,
        "max_price_fen": row.max_price_fen,
        "bond_fen": row.bond_fen,
        "opening_place": row.opening_place,
        "required_documents": row.required_documents,
        "documents_from": at(row.documents_from),
        "documents_until": at(row.documents_until),
        "bids_until": at(row.bids_until),
        "deadline_version": row.deadline_version,
        "revision": row.revision,
        "publicity_until": at(row.publicity_until),
        "opened_at": at(row.opened_at),
        "key_id": row.key_id,
        "public_key": bytes(row.public_key).hex() if row.public_key else "",
        "candidates": row.candidates,
        "winner": row.winner,
        "contract": row.contract,
    }


def moment(row: Any) -> dict[str, Any]:
    """A point of the story."""
    return {
        "kind": row.kind,
        "title": row.title.render(language()),
        "at": at(row.at),
        "past": row.past,
        "notice_id": _id(row.notice_id),
        "section_no": row.section_no,
    }


def notice(row: Any) -> dict[str, Any]:
    """A notice."""
    return {
        "id": str(row.id),
        "project_id": str(row.project_id),
        "project_name": row.project.name,
        "number": row.number,
        "kind": row.kind,
        "kind_label": KIND_NAMES[NoticeKind(row.kind)].render(language()),
        "state": row.state,
        "title": row.title,
        "section_ids": [str(found) for found in row.section_ids],
        "content": row.content,
        "files": [file(one) for one in row.files.all()],
        "review_note": row.review_note if row.published_at is None else "",
        "published_at": at(row.published_at),
        "version": row.version,
    }


def file(row: Any) -> dict[str, Any]:
    """A file of a notice."""
    return {
        "id": str(row.id),
        "filename": row.filename,
        "media_type": row.media_type,
        "size": row.size,
        "sha256": row.sha256,
    }


def question(row: Any) -> dict[str, Any]:
    """A question, without who asked."""
    return {
        "id": str(row.id),
        "text": row.text,
        "asked_at": at(row.asked_at),
        "answer": row.answer,
        "answered_at": at(row.answered_at),
    }


def seen_objection(seen: Any) -> dict[str, Any]:
    """An objection as a company sees it; of others' only the answer."""
    hidden = {} if seen.is_own else {"arguments": "", "remedy": ""}
    until = seen.complain_until
    return {
        **objection(seen.row),
        **hidden,
        "is_own": seen.is_own,
        "complain_until": until.isoformat() if until else None,
    }


def objection(row: Any) -> dict[str, Any]:
    """An objection, without who objected."""
    return {
        "id": str(row.id),
        "stage": row.stage,
        "arguments": row.arguments,
        "remedy": row.remedy,
        "filed_at": at(row.filed_at),
        "due_on": row.due_on.isoformat(),
        "answer": row.answer,
        "upheld": row.upheld,
        "answered_at": at(row.answered_at),
    }


def company(row: Any) -> dict[str, Any]:
    """A company one acts for."""
    return {"id": str(row.id), "credit_code": row.credit_code, "name": row.name, "kind": row.kind}


def qualification(row: Any) -> dict[str, Any]:
    """A qualification document."""
    return {
        "id": str(row.id),
        "kind": row.kind,
        "name": row.name,
        "number": row.number,
        "expires_on": row.expires_on.isoformat() if row.expires_on else None,
        "has_file": row.file_id is not None,
        "added_at": at(row.added_at),
    }


def own_bid(row: Any, section_revision: int, missing: list[int]) -> dict[str, Any]:
    """One's own bid."""
    return {
        "id": str(row.id),
        "section_id": str(row.section_id),
        "state": row.state,
        "bid_version": row.bid_version,
        "step_count": row.step_count,
        "missing_steps": missing,
        "needs_confirmation": row.state == "receipted" and row.revision < section_revision,
        "received_at": at(row.received_at),
        "reason": row.reason,
        "receipt": row.receipt,
    }


def standing(found: Any) -> dict[str, Any]:
    """Where a company stands."""
    return {
        "section_id": str(found.section.id),
        "company_id": str(found.company.id),
        "taken_at": at(found.taken_at),
        "missing_documents": found.missing_documents,
        "next_version": found.next_version,
        "questions_until": at(found.questions_until),
        "bids": [own_bid(row, found.section.revision, []) for row in found.bids],
        "now": at(found.now),
    }


def involvement(found: Any) -> dict[str, Any]:
    """What one's company takes part in."""
    row, bid = found.section, found.bid
    return {
        "section_id": str(row.id),
        "section_no": row.number,
        "section_name": row.name,
        "project_id": str(row.project_id),
        "project_name": row.project.name,
        **_state(row.state),
        "suspended": row.waits_for > 0,
        "bids_until": at(row.bids_until),
        "taken_at": at(found.taken_at),
        "bid_state": bid.state if bid else "",
        "needs_confirmation": bool(bid and bid.state == "receipted" and bid.revision < row.revision),
    }


def delegate(found: Any) -> dict[str, Any]:
    """Who acts for a company."""
    return {"person_id": str(found.person_id), "name": mask(found.name, MaskKind.NAME), "is_me": found.is_me}


def subscription(row: Any) -> dict[str, Any]:
    """A saved search."""
    names = ("name", "categories", "regions", "min_fen", "max_fen", "keyword", "pace", "by_sms", "active", "version")
    return {"id": str(row.id), "buyer_id": _id(row.buyer_id), **{name: getattr(row, name) for name in names}}


def alert(row: Any) -> dict[str, Any]:
    """What one was told of."""
    return {
        "id": str(row.about_id),
        "kind": row.kind,
        "title": row.title,
        "reason": row.reason,
        "project_id": str(row.project_id),
        "subscription_id": _id(row.subscription_id),
        "keyword": row.keyword or "",
        "category": row.category or "",
        "muted": row.subscription_id is not None and not _is_told(row),
        "due_at": at(row.due_at),
    }


def _is_told(row: Any) -> bool:
    """Whether the saved search behind an alert still tells of such projects."""
    return row.wanted is not None and (not row.wanted or row.category in row.wanted)


def possibility(found: Any) -> dict[str, Any]:
    """Whether a notice may come out now."""
    return {
        "kind": found.kind.value,
        "label": KIND_NAMES[found.kind].render(language()),
        "allowed": found.allowed,
        "reason": found.reason.render(language()) if found.reason else "",
        "earliest": found.earliest.isoformat() if found.earliest else None,
        "basis": found.basis,
    }


def opened_bid(row: Any) -> dict[str, Any]:
    """An opened bid, for the desk."""
    reason = FailureReason(row.reason)
    return {
        "id": str(row.id),
        "name": row.bidder_name,
        "credit_code": row.credit_code,
        "state": row.state,
        "reason": row.reason,
        "reason_label": FAILURE_NAMES[reason].render(language()) if reason else "",
        "received_at": at(row.received_at),
        "statement": row.statement,
        "files": row.files,
        "commitment": row.commitment,
        "ciphertext_sha256": row.sha256,
    }

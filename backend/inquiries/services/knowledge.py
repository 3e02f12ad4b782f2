"""The knowledge base: drafted by its owner, published in versions, valid for a time, looked through in a cycle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from backend.accounts import selectors as accounts
from backend.inquiries import events, policies
from backend.inquiries.models import KnowledgeEntry, KnowledgeVersion, Order
from backend.inquiries.rules import privacy, states, wording
from backend.inquiries.types import EntryState, InquiryError, ReplyState
from backend.journal.services import record_change
from kernel import clock
from kernel.actors import Actor
from kernel.errors import CommonError, DomainError

SUBJECT = "knowledge"


@dataclass(frozen=True, slots=True)
class Wording:
    """What an entry says."""

    title: str
    question: str
    answer: str
    keywords: Sequence[str] = ()
    law_basis: str = ""
    topic_code: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    review_months: int = 0


@transaction.atomic
def write_entry(*, actor: Actor, owner_id: UUID, wording_: Wording, from_order: Order | None = None) -> KnowledgeEntry:
    """A new entry as a draft, owned by a department. Raises NOT_YOUR_POST, DATES_WRONG, TOPIC_UNKNOWN."""
    owner = accounts.organisation(owner_id)
    if not may_write(actor, owner.path):
        raise DomainError(InquiryError.NOT_YOUR_POST)
    today = clock.today()
    months = wording_.review_months or policies.number(policies.REVIEW_MONTHS)
    entry = KnowledgeEntry.objects.create(
        owner_id=owner.id,
        owner_name=owner.name,
        owner_path=owner.path,
        title=wording_.title,
        valid_from=wording_.valid_from or today,
        review_months=months,
        review_due_on=months_after(today, months),
        from_order=from_order,
    )
    _add_version(entry, actor, wording_)
    return entry


@transaction.atomic
def change_entry(*, actor: Actor, entry_id: UUID, version: int, wording_: Wording) -> KnowledgeEntry:
    """A new wording. A published entry shows it at once; the old ones are kept. Raises ENTRY_NOT_FOUND, STALE."""
    entry = _locked(actor, entry_id, version)
    _add_version(entry, actor, wording_)
    return entry


@transaction.atomic
def set_entry_state(*, actor: Actor, entry_id: UUID, version: int, state: EntryState) -> KnowledgeEntry:
    """Publish or retire an entry. Raises ENTRY_NOT_FOUND, STALE, ENTRY_STATE."""
    entry = _locked(actor, entry_id, version)
    if entry.state == state or state is EntryState.DRAFT:
        raise DomainError(InquiryError.ENTRY_STATE)
    entry.state = state
    _finish(entry, actor, "state")
    return entry


@transaction.atomic
def review_entry(*, actor: Actor, entry_id: UUID, version: int) -> KnowledgeEntry:
    """The owner has looked through the entry and it still holds: the next look is due a cycle from today."""
    entry = _locked(actor, entry_id, version)
    entry.review_due_on = months_after(clock.today(), entry.review_months)
    entry.review_told_on = None
    _finish(entry, actor, "review_due_on", "review_told_on")
    return entry


@transaction.atomic
def entry_from_order(*, actor: Actor, order_id: UUID, owner_id: UUID | None = None) -> KnowledgeEntry:
    """A solved question becomes a draft in one step, names hidden. Raises NOT_FOUND, PUBLICATION_REFUSED."""
    order = Order.objects.select_related("topic").filter(pk=order_id).first()
    if order is None or not any(actor.has_role(role, path=order.centre_path) for role in states.CENTRE_ROLES):
        raise DomainError(InquiryError.NOT_FOUND)
    reply = order.replies.filter(state=ReplyState.PASSED).order_by("-written_at").first()
    if reply is None or order.is_protected:
        raise DomainError(InquiryError.PUBLICATION_REFUSED)
    said = Wording(
        title=order.title,
        question=order.shown_content or "",
        answer=privacy.hidden(reply.text or ""),
        law_basis=reply.law_basis,
        topic_code=order.topic.code if order.topic else "",
    )
    return write_entry(
        actor=actor, owner_id=owner_id or order.unit_id or order.centre_id, wording_=said, from_order=order
    )


def note_use(*, entry_id: UUID) -> None:
    """An operator answered with this entry. Raises ENTRY_NOT_FOUND for one that is not in force."""
    if not KnowledgeEntry.objects.filter(pk=entry_id, state=EntryState.PUBLISHED).update(uses=F("uses") + 1):
        raise DomainError(InquiryError.ENTRY_NOT_FOUND)


@transaction.atomic
def tell_reviews_due(*, limit: int = 100) -> int:
    """Tell who owns entries that are due to be looked through, once; the hotline where the owner has no handler.

    Returns how many.
    """
    today = clock.today()
    rows = KnowledgeEntry.objects.select_for_update(skip_locked=True).filter(
        state=EntryState.PUBLISHED, review_due_on__lte=today, review_told_on=None
    )
    found = list(rows.order_by("review_due_on", "id")[:limit])
    for entry in found:
        entry.review_told_on = today
        entry.save(update_fields=["review_told_on"])
        record_change(
            actor=Actor.system("knowledge"),
            event=events.KNOWLEDGE_REVIEW_DUE,
            subject=(SUBJECT, entry.id),
            organisation_id=entry.owner_id,
            data={
                "entry_id": str(entry.id),
                "title": entry.title,
                "due_on": entry.review_due_on.isoformat(),
                "owner_id": str(entry.owner_id),
                "role": _looks_through(entry.owner_id),
            },
        )
    return len(found)


def _looks_through(owner_id: UUID) -> str:
    return states.HANDLER if accounts.people_with_role(states.HANDLER, owner_id) else states.SHIFT_LEADER


def may_write(actor: Actor, owner_path: str) -> bool:
    """The hotline writes for everybody under its centre; a unit's handlers and leaders for their own department."""
    return any(actor.has_role(role, path=owner_path) for role in (*states.CENTRE_ROLES, *states.UNIT_ROLES))


def months_after(day: date, months: int) -> date:
    """The same day so many months later, at most the 28th."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, 28))


def _locked(actor: Actor, entry_id: UUID, version: int) -> KnowledgeEntry:
    entry = KnowledgeEntry.objects.select_for_update().filter(pk=entry_id).first()
    if entry is None or not may_write(actor, entry.owner_path):
        raise DomainError(InquiryError.ENTRY_NOT_FOUND)
    if entry.version != version:
        raise DomainError(CommonError.STALE, extra={"current": {"version": entry.version, "state": entry.state}})
    return entry


def _add_version(entry: KnowledgeEntry, actor: Actor, said: Wording) -> None:
    now = clock.now()
    start = said.valid_from or entry.valid_from
    if said.valid_to is not None and said.valid_to <= start:
        raise DomainError(InquiryError.DATES_WRONG)
    topic = policies.topic(said.topic_code) if said.topic_code else None
    entry.number += 1
    entry.title, entry.topic, entry.valid_from, entry.valid_to = said.title, topic, start, said.valid_to
    entry.review_months = said.review_months or entry.review_months
    entry.search_text = wording.search_text(said.title, words=said.keywords, body=said.question)
    KnowledgeVersion.objects.create(
        entry=entry,
        number=entry.number,
        title=said.title,
        question=said.question,
        answer=said.answer,
        keywords=list(said.keywords),
        law_basis=said.law_basis,
        valid_from=start,
        valid_to=said.valid_to,
        written_by=actor.user_id,
        at=now,
    )
    _finish(entry, actor, "number", "title", "topic", "valid_from", "valid_to", "review_months", "search_text")


def _finish(entry: KnowledgeEntry, actor: Actor, *fields: str) -> None:
    entry.save_change(*fields, at=clock.now())
    data: Mapping[str, Any] = {
        "entry_id": str(entry.id),
        "state": str(entry.state),
        "number": entry.number,
        "owner_id": str(entry.owner_id),
    }
    record_change(
        actor=actor,
        event=events.KNOWLEDGE_CHANGED,
        subject=(SUBJECT, entry.id),
        organisation_id=entry.owner_id,
        data=data,
    )

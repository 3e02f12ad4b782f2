"""What is a bidder's or subscriber's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from backend.accounts import selectors as accounts
from backend.accounts.types import LegalPersonInfo
from backend.tenders.models import (
    Alert,
    Bid,
    DocumentsTaken,
    Objection,
    Project,
    QualificationDocument,
    Section,
    Subscription,
)
from backend.tenders.policies import rules_on
from backend.tenders.rules import queries
from backend.tenders.rules.periods import Rules
from backend.tenders.services import bidders, bids, common
from backend.tenders.types import BidState, TenderError
from backend.workflow import selectors as workflow
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError

RECENT_SECTIONS = 5000
MOST_INVOLVEMENTS = 200
COUNTING = (BidState.UPLOADING, BidState.RECEIPTED, BidState.DECRYPTED, BidState.DECRYPT_FAILED)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a company stands in a section, and what it needs for sealing a bid."""

    section: Section
    company: LegalPersonInfo
    taken_at: datetime | None
    missing_documents: list[str]
    next_version: int
    bids: list[Bid]
    questions_until: datetime | None
    now: datetime


@dataclass(frozen=True, slots=True)
class Involvement:
    """A section whose documents a company took, and the bid of it that counts."""

    section: Section
    taken_at: datetime
    bid: Bid | None


@dataclass(frozen=True, slots=True)
class SeenObjection:
    """An objection as a company sees it: of others' only what they were answered. `complain_until` in procurement."""

    row: Objection
    is_own: bool
    complain_until: date | None


@dataclass(frozen=True, slots=True)
class Delegate:
    """Somebody who acts for a company."""

    person_id: UUID
    name: str
    is_me: bool


def companies_of(actor: Actor) -> list[LegalPersonInfo]:
    """The companies the actor acts for today."""
    return accounts.legal_persons_of(actor.person_id)


def standing_of(actor: Actor, section_id: UUID, company_id: UUID) -> Standing:
    """A company's own view of a section. Raises NOT_REPRESENTED, NOT_FOUND."""
    company = common.represented(actor, company_id)
    section = Section.objects.select_related("project").filter(pk=section_id).first()
    if section is None or not common.may_see(section.project, [company.id]):
        raise DomainError(TenderError.NOT_FOUND)
    taken = bidders.taken(section, company.id)
    own = Bid.objects.filter(section=section, mark=common.mark(section.id, company.id))
    return Standing(
        section=section,
        company=company,
        taken_at=taken.taken_at if taken else None,
        missing_documents=bidders.missing_documents(section, company.id, clock.today()),
        next_version=bids.next_version(section, company.id),
        bids=list(own.order_by("-bid_version")[:50]),
        questions_until=bidders.questions_close(section),
        now=clock.now(),
    )


def involvements_of(actor: Actor, company_id: UUID) -> list[Involvement]:
    """The sections whose documents a company took, the latest first. Raises NOT_REPRESENTED.

    Nothing stored names the company: its mark is reckoned for each of the newest sections and looked for.
    """
    company = common.represented(actor, company_id)
    recent = Section.objects.filter(documents_from__isnull=False).order_by("-id")
    marks = [common.mark(found, company.id) for found in recent.values_list("id", flat=True)[:RECENT_SECTIONS]]
    taken = DocumentsTaken.objects.filter(mark__in=marks).select_related("section__project").order_by("-taken_at")
    bids: dict[UUID, Bid] = {}
    for bid in Bid.objects.filter(mark__in=marks, state__in=COUNTING).order_by("bid_version"):
        bids[bid.section_id] = bid
    return [Involvement(row.section, row.taken_at, bids.get(row.section_id)) for row in taken[:MOST_INVOLVEMENTS]]


def delegates_of(actor: Actor, company_id: UUID) -> list[Delegate]:
    """Who acts for a company one acts for oneself. Raises NOT_REPRESENTED."""
    company = common.represented(actor, company_id)
    people = accounts.representatives_of(company.id)
    return [Delegate(found, accounts.display_name(found), found == actor.user_id) for found in people]


def bid_of(actor: Actor, bid_id: UUID) -> tuple[Bid, list[int]]:
    """A bid of a company one acts for, with the places of steps still missing. Raises NOT_FOUND."""
    bid = Bid.objects.select_related("section").filter(pk=bid_id).first()
    if bid is None:
        raise DomainError(TenderError.NOT_FOUND)
    company, _ = common.identity(bid.identity)
    if company not in {found.id for found in companies_of(actor)}:
        raise DomainError(TenderError.NOT_FOUND)
    return bid, bids.missing_steps(bid) if bid.received_at is None else []


def qualifications_of(actor: Actor, company_id: UUID) -> list[QualificationDocument]:
    """A company's qualification documents. Raises NOT_REPRESENTED."""
    company = common.represented(actor, company_id)
    rows = QualificationDocument.objects.filter(legal_person_id=company.id, removed_at=None)
    return list(rows.order_by("kind", "-added_at")[:200])


def own_objections(actor: Actor, section_id: UUID, company_id: UUID) -> list[SeenObjection]:
    """What a company objected to in a section, with the answers; in procurement the answers to others' queries too, if
    it took the documents (Procurement Law Art. 53). Raises NOT_REPRESENTED."""
    company = common.represented(actor, company_id)
    section = Section.objects.select_related("project").filter(pk=section_id).first()
    if section is None:
        return []
    own = Q(mark=common.mark(section_id, company.id))
    rules = rules_on(section.project.law, clock.today())
    queried = queries.is_procurement(rules)
    if queried and bidders.taken(section, company.id) is not None:
        own |= Q(answered_at__isnull=False)
    rows = Objection.objects.filter(own, section=section).order_by("-filed_at")[:50]
    mark = common.mark(section_id, company.id)
    return [_seen(row, bytes(row.mark) == mark, rules if queried else None) for row in rows]


def _seen(row: Objection, is_own: bool, rules: Rules | None) -> SeenObjection:
    until = None
    if is_own and rules is not None:
        until = queries.complain_until(workflow.calendar_for(row.due_on, 60), rules, row.due_on)
    return SeenObjection(row, is_own, until)


def own_subscriptions(actor: Actor) -> list[Subscription]:
    """The actor's saved searches, newest first."""
    return list(Subscription.objects.filter(person_id=actor.person_id).order_by("-created_at", "-id"))


def own_subscription(actor: Actor, subscription_id: UUID) -> Subscription:
    """One of them. Raises NOT_FOUND."""
    row = Subscription.objects.filter(person_id=actor.person_id, pk=subscription_id).first()
    if row is None:
        raise DomainError(TenderError.NOT_FOUND)
    return row


def own_alerts(actor: Actor, project_id: UUID | None = None) -> QuerySet[Alert]:
    """What the actor was told of (of one project), to be ordered by -id and paged; with what muting would end."""
    search = Subscription.objects.filter(pk=OuterRef("subscription_id"))
    rows = Alert.objects.filter(person_id=actor.person_id).annotate(
        keyword=Subquery(search.values("keyword")),
        wanted=Subquery(search.filter(active=True).values("categories")),
        category=Subquery(Project.objects.filter(pk=OuterRef("project_id")).values("category")),
    )
    return rows.filter(project_id=project_id) if project_id else rows

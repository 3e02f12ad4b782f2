"""A tenderer's desk: the own organisations' tenders, and for openers what waits for their shares."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from backend.journal.services import record
from backend.tenders.models import Bid, Notice, Objection, Opener, Project, Question, Section
from backend.tenders.rules import notices as rules
from backend.tenders.rules import sealing
from backend.tenders.services import common, lawful, opening
from backend.tenders.types import (
    SYSTEM_KINDS,
    BidState,
    LawfulAct,
    NoticeKind,
    NoticeState,
    Possibility,
    SectionState,
    TenderError,
    Waiting,
)
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError

CLOSED_STATES = frozenset({SectionState.OPENED, SectionState.CANDIDATES, SectionState.AWARDED, SectionState.CONTRACTED})


def desk_projects(actor: Actor) -> QuerySet[Project]:
    """The projects of the organisations whose tenders the actor writes or reviews, to be ordered and paged."""
    reach = Q(pk=None)
    for role in common.DESK:
        for path in actor.paths(role):
            reach |= Q(organisation_path__startswith=path)
    return Project.objects.filter(reach)


def waiting_on(actor: Actor, projects: Collection[Project]) -> dict[UUID, Waiting]:
    """What waits for the desk in each of these projects: notices to review, questions and objections to answer."""
    ids = [project.id for project in projects]
    own = desk_projects(actor).filter(pk__in=ids)
    notices = _counts(own, "notices", Q(notices__state=NoticeState.IN_REVIEW))
    questions = _counts(own, "sections__questions", Q(sections__questions__answered_at=None))
    objections = _counts(own, "sections__objections", Q(sections__objections__answered_at=None))
    return {one: Waiting(notices.get(one, 0), questions.get(one, 0), objections.get(one, 0)) for one in ids}


def _counts(rows: QuerySet[Project], name: str, wanted: Q) -> dict[UUID, int]:
    return dict(rows.filter(wanted).values("id").annotate(found=Count(name)).values_list("id", "found"))


def desk_project(actor: Actor, project_id: UUID) -> Project:
    """One of them. Raises PROJECT_NOT_FOUND."""
    row = desk_projects(actor).filter(pk=project_id).first()
    if row is None:
        raise DomainError(TenderError.PROJECT_NOT_FOUND)
    return row


def desk_section(actor: Actor, section_id: UUID) -> Section:
    """A section of the desk. Raises NOT_FOUND."""
    row = Section.objects.select_related("project").filter(pk=section_id).first()
    if row is None or not common.holds(actor, row.project, *common.DESK):
        raise DomainError(TenderError.NOT_FOUND)
    return row


def desk_notices(actor: Actor, project_id: UUID) -> list[Notice]:
    """All notices of a project, drafts included, newest first. Raises PROJECT_NOT_FOUND."""
    project = desk_project(actor, project_id)
    return list(project.notices.prefetch_related("files").order_by("-created_at", "-id")[:200])


def desk_notice(actor: Actor, notice_id: UUID) -> Notice:
    """One notice of the desk. Raises NOT_FOUND."""
    row = Notice.objects.select_related("project").prefetch_related("files").filter(pk=notice_id).first()
    if row is None or not common.holds(actor, row.project, *common.DESK):
        raise DomainError(TenderError.NOT_FOUND)
    return row


def calendar_of(actor: Actor, section_id: UUID) -> list[Possibility]:
    """For each kind of notice whether it may come out now, and why not. Raises NOT_FOUND."""
    facts, now = common.facts_of(desk_section(actor, section_id)), clock.now()
    return [rules.possibility(kind, facts, now) for kind in NoticeKind if kind not in SYSTEM_KINDS]


def lawful_calendar(actor: Actor, section_id: UUID) -> list[LawfulAct]:
    """Every act of a section with its lawful time, in the order of time. Raises NOT_FOUND."""
    return lawful.calendar_of(desk_section(actor, section_id))


def desk_questions(actor: Actor, section_id: UUID) -> list[Question]:
    """The questions of a section, without who asked; unanswered first. Raises NOT_FOUND."""
    rows = desk_section(actor, section_id).questions.order_by("answered_at", "asked_at")
    return sorted(rows[:500], key=lambda row: (row.answered_at is not None, row.asked_at))


def desk_objections(actor: Actor, section_id: UUID) -> list[Objection]:
    """The objections of a section, without who objected until the bids are opened. Raises NOT_FOUND."""
    return list(desk_section(actor, section_id).objections.order_by("-filed_at")[:200])


def opening_duties(actor: Actor) -> list[Opener]:
    """The sections of whose key the actor holds a share, the next opening first."""
    rows = Opener.objects.filter(person_id=actor.person_id).select_related("section__project")
    return list(rows.prefetch_related("section__openers").order_by("section__bids_until", "id")[:100])


def openers_of(section: Section) -> list[Opener]:
    """Who holds shares of a section's key, and who has brought theirs."""
    return list(section.openers.order_by("id"))


def bids_of(actor: Actor, section_id: UUID) -> list[Bid]:
    """The opened bids of a section. Raises NOT_FOUND; before the opening BIDS_SEALED, and the attempt is journalled."""
    section = desk_section(actor, section_id)
    _refuse_sealed(actor, section)
    rows = section.bids.filter(state__in=(BidState.DECRYPTED, BidState.DECRYPT_FAILED))
    return list(rows.order_by("received_at", "id"))


def _refuse_sealed(actor: Actor, section: Section) -> None:
    if section.state in CLOSED_STATES:
        return
    with transaction.atomic():
        record(
            actor=actor,
            action="tender.sealed_bids_asked_for",
            subject=("tender_section", section.id),
            organisation_id=section.project.organisation_id,
            data={"state": str(section.state)},
        )
    raise DomainError(TenderError.BIDS_SEALED)


def desk_file(actor: Actor, bid_id: UUID, place: int) -> tuple[str, int, Iterator[bytes]]:
    """A file out of an opened bid: name, size, bytes. Raises NOT_FOUND, BIDS_SEALED; each look is journalled."""
    bid = Bid.objects.select_related("section__project").filter(pk=bid_id).first()
    if bid is None or not common.holds(actor, bid.section.project, *common.DESK):
        raise DomainError(TenderError.NOT_FOUND)
    _refuse_sealed(actor, bid.section)
    if bid.state != BidState.DECRYPTED or not 0 <= place < len(bid.files) or bid.bidder_id is None:
        raise DomainError(TenderError.NOT_FOUND)
    with transaction.atomic():
        record(
            actor=actor,
            action="tender.bid_file_read",
            subject=("tender_bid", bid.id),
            organisation_id=bid.section.project.organisation_id,
            data={"file": bid.files[place]["sha256"]},
        )
    entry = bid.files[place]
    return str(entry["name"]), int(entry["size"]), _bytes(bid, int(entry["offset"]), int(entry["size"]))


def _bytes(bid: Bid, offset: int, size: int) -> Iterator[bytes]:
    """The bytes of a file, step by step; what is not asked for is not decrypted."""
    bound = sealing.binding(bid.section_id, bid.bidder_id or UUID(int=0), bid.bid_version)
    first, skip = divmod(offset, sealing.STEP)
    left = size
    steps = sealing.steps_from(
        bytes.fromhex(bid.content_key or ""), bound, opening.steps_of(bid, first), bid.step_count, first
    )
    while left > 0:
        part = next(steps)[skip : skip + left]
        skip, left = 0, left - len(part)
        yield part

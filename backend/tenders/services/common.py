"""What the services of tenders share: locked rows, rights, marks, facts."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import connection

from backend.accounts import selectors as accounts
from backend.accounts.types import LegalPersonInfo
from backend.tenders.models import Project, RecordedAct, Section
from backend.tenders.rules.search import tokens
from backend.tenders.types import (
    NOT_PUBLIC,
    STATE_NAMES,
    Act,
    Law,
    Method,
    NoticeKind,
    SectionFacts,
    SectionState,
    TenderError,
)
from kernel import clock
from kernel.actors import Actor
from kernel.crypto import blind_index
from kernel.errors import CommonError, DomainError

EDITOR, REVIEWER, OPENER = "tender_editor", "tender_reviewer", "tender_opener"
DESK = (EDITOR, REVIEWER)
MARK = "tenders.mark"
SIGNER = "tenders.receipts"
BOX = Actor.system("bid box")
CLOCK = Actor.system("tender clock")
FURTHEST = (
    SectionState.BIDDING,
    SectionState.PREQUALIFYING,
    SectionState.SEALED,
    SectionState.OPENED,
    SectionState.CANDIDATES,
    SectionState.AWARDED,
    SectionState.CONTRACTED,
    SectionState.PLANNED,
    SectionState.FAILED,
    SectionState.TERMINATED,
)


def signing_seed() -> bytes:
    """The seed of the key that signs receipts and opening records; derived, never stored."""
    return blind_index("receipts and opening records", purpose=SIGNER)


def mark(section_id: UUID, company_id: UUID) -> bytes:
    """By what a company's papers in a section are found, without naming it."""
    return blind_index(f"{section_id}:{company_id}", purpose=MARK)


def sealed_identity(company: LegalPersonInfo, actor: Actor) -> str:
    """Who stands behind a mark; kept encrypted, without the name."""
    return json.dumps({"company": str(company.id), "person": str(actor.person_id)})


def identity(sealed: str | None) -> tuple[UUID, UUID]:
    """The company and the person behind a mark."""
    found = json.loads(sealed or "{}")
    return UUID(found["company"]), UUID(found["person"])


def represented(actor: Actor, company_id: UUID) -> LegalPersonInfo:
    """The company, if the actor acts for it today. Raises NOT_REPRESENTED."""
    held = accounts.legal_persons_of(actor.person_id) if actor.user_id else []
    found = next((company for company in held if company.id == company_id), None)
    if found is None:
        raise DomainError(TenderError.NOT_REPRESENTED)
    return found


def holds(actor: Actor, project: Project, *roles: str) -> bool:
    """Whether the actor holds one of the roles for the project's organisation."""
    path = project.organisation_path
    return bool(path) and any(actor.has_role(role, path=path) for role in roles)


def stays_hidden(project: Project, sections: Iterable[Section], kind: NoticeKind) -> bool:
    """Whether a notice leaves a project unseen by the public: what only the invited may know until the opening."""
    if kind in NOT_PUBLIC:
        return True
    return project.method != Method.OPEN and any(one.invited and one.opened_at is None for one in sections)


def may_see(project: Project, companies: Iterable[UUID]) -> bool:
    """Whether somebody who acts for these companies may see a project: everybody a public one, else the invited."""
    if project.first_published_at is not None:
        return True
    own = set(companies)
    return any(own & set(invited) for invited in project.sections.values_list("invited", flat=True))


def lock_project(actor: Actor, project_id: UUID, version: int | None = None) -> Project:
    """A project of the actor's desk, locked. Raises PROJECT_NOT_FOUND for others', STALE."""
    row = Project.objects.select_for_update().filter(pk=project_id).first()
    if row is None or not holds(actor, row, *DESK):
        raise DomainError(TenderError.PROJECT_NOT_FOUND)
    if version is not None and row.version != version:
        raise DomainError(CommonError.STALE, extra={"current_version": row.version})
    return row


def lock_section(section_id: UUID) -> Section:
    """A section, locked against everybody. Raises NOT_FOUND."""
    row = Section.objects.select_for_update(of=("self",)).select_related("project").filter(pk=section_id).first()
    if row is None:
        raise DomainError(TenderError.NOT_FOUND)
    return row


def share_section(section_id: UUID) -> Section:
    """A section held still, together with others who hold it still: bids do not wait for each other, the opening and a
    moved deadline wait for bids. Raises NOT_FOUND."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM tenders_section WHERE id = %s FOR SHARE", [section_id])
        if cursor.fetchone() is None:
            raise DomainError(TenderError.NOT_FOUND)
    return Section.objects.select_related("project").get(pk=section_id)


def desk_section(actor: Actor, section_id: UUID) -> Section:
    """A section of the actor's desk, locked. Raises NOT_FOUND for others'."""
    row = lock_section(section_id)
    if not holds(actor, row.project, *DESK):
        raise DomainError(TenderError.NOT_FOUND)
    return row


def take_turn(own: bytes) -> None:
    """Wait until nobody else acts for the same company in the same section; ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 43))", [own.hex()])


def not_now(section: Section) -> DomainError:
    """The refusal of what the section's state does not allow."""
    label = STATE_NAMES[SectionState(section.state)]
    return DomainError(TenderError.NOT_ALLOWED_NOW, state=label.zh, state_en=label.en)


def check_signing(section: Section, signed_on: date) -> None:
    """No contract is signed while a query waits for its answer; one signed before may be told (Regulation of the
    Procurement Law, Art. 54). Raises SUSPENDED."""
    since = section.suspended_at
    if section.waits_for > 0 and since is not None and signed_on > clock.local(since).date():
        raise DomainError(TenderError.SUSPENDED)


def is_signed(section: Section) -> bool:
    """Whether the desk said that the contract is signed; its notice may come later."""
    awarded = section.state == SectionState.AWARDED
    return awarded and RecordedAct.objects.filter(section=section, act=Act.SIGNING).exists()


def due_of(section: Section) -> datetime | None:
    """Until when the running step receives papers: applications for prequalification, then bids."""
    return section.applications_until if section.state == SectionState.PREQUALIFYING else section.bids_until


def facts_of(section: Section) -> SectionFacts:
    """What the rules look at."""
    return SectionFacts(
        state=SectionState(section.state),
        law=Law(section.project.law),
        suspended=section.waits_for > 0,
        has_key=section.public_key is not None,
        deadline=section.bids_until,
        estimate_fen=section.estimate_fen,
        publicity_until=section.publicity_until,
        awarded_on=section.awarded_on,
        opened=section.opened_at is not None,
        signed=is_signed(section),
    )


def project_facts(project: Project) -> dict[str, str]:
    """What every event says."""
    return {"project_id": str(project.id), "project_no": project.number, "project_name": project.name}


def refresh(project: Project, at: datetime, *fields: str) -> None:
    """Repeat on the project what its sections say, for lists and search. The caller holds the project's row."""
    sections = list(project.sections.order_by("number"))
    states = {SectionState(section.state) for section in sections}
    project.state = next((state for state in FURTHEST if state in states), SectionState.PLANNED)
    running = [s.bids_until for s in sections if s.bids_until and s.state == SectionState.BIDDING]
    project.next_deadline = min(running) if running else None
    amounts = [s.estimate_fen for s in sections if s.estimate_fen is not None]
    project.amount_fen = sum(amounts) if amounts else None
    project.tokens = tokens(" ".join(_texts(project, sections)))
    project.save_change("state", "next_deadline", "amount_fen", "tokens", *fields, at=at)


def _texts(project: Project, sections: Iterable[Section]) -> list[str]:
    own = [project.name, project.number, project.buyer_name, project.agent_name]
    return own + [f"{section.number} {section.name}" for section in sections]


def plain_time(value: Any) -> str:
    """A time in a document."""
    return value.isoformat() if value else ""


def named(base: UUID, name: str) -> UUID:
    """A stable id for something about a row that has none of its own."""
    return uuid5(base, name)

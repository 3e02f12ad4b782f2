"""Companies' papers, taking the tender documents, questions and answers."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.accounts.types import LegalPersonInfo
from backend.attachments import services as attachments
from backend.journal.services import record, record_change
from backend.tenders.events import QUESTION_ANSWERED
from backend.tenders.models import DocumentsTaken, QualificationDocument, Question, Section
from backend.tenders.policies import rules_on
from backend.tenders.services import common
from backend.tenders.types import DocumentKind, Method, SectionState, TenderError
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError
from kernel.ids import uuid7

MAX_BYTES = 20 * 1024 * 1024
OPEN_STATES = frozenset({SectionState.PREQUALIFYING, SectionState.BIDDING})


def add_qualification(
    *,
    actor: Actor,
    company_id: UUID,
    kind: str,
    name: str,
    number: str,
    expires_on: date | None,
    upload: Any = None,
    filename: str = "",
) -> QualificationDocument:
    """Keep a qualification document of a company one acts for. Raises NOT_REPRESENTED and what `attachments.store`
    raises."""
    company = common.represented(actor, company_id)
    row_id, file_id = uuid7(), None
    if upload is not None:
        owner = ("tender_qualification", row_id)
        file_id = attachments.store(actor=actor, upload=upload, filename=filename, max_bytes=MAX_BYTES, owner=owner).id
    with transaction.atomic():
        row = QualificationDocument.objects.create(
            id=row_id,
            legal_person_id=company.id,
            kind=DocumentKind(kind),
            name=name,
            number=number,
            expires_on=expires_on,
            file_id=file_id,
            added_at=clock.now(),
        )
        _note(actor, "tender.qualification_added", ("tender_qualification", row.id), {"kind": str(row.kind)})
    return row


@transaction.atomic
def remove_qualification(*, actor: Actor, document_id: UUID) -> None:
    """Take a qualification document away. Raises NOT_FOUND for others'."""
    row = QualificationDocument.objects.select_for_update().filter(pk=document_id, removed_at=None).first()
    if row is None:
        raise DomainError(TenderError.NOT_FOUND)
    try:
        common.represented(actor, row.legal_person_id)
    except DomainError as exc:
        raise DomainError(TenderError.NOT_FOUND) from exc
    row.removed_at = clock.now()
    row.save(update_fields=["removed_at"])
    if row.file_id:
        attachments.discard(actor=common.BOX, file_id=row.file_id)
    _note(actor, "tender.qualification_removed", ("tender_qualification", row.id), {})


@transaction.atomic
def take_documents(*, actor: Actor, section_id: UUID, company_id: UUID) -> DocumentsTaken:
    """Record that a company has taken the documents of a section; doing it again returns the first record.

    Who took them is kept sealed: the tenderer must not learn it before the opening (Tender Law Art. 22). Raises
    NOT_FOUND, NOT_REPRESENTED, NOT_ALLOWED_NOW, SALE_CLOSED.
    """
    company = common.represented(actor, company_id)
    section = common.share_section(section_id)
    _check_invited(section, company)
    found = taken(section, company.id)
    if found is not None:
        return found
    now = clock.now()
    if section.state not in OPEN_STATES:
        raise common.not_now(section)
    _check_sale(section, now)
    row, _ = DocumentsTaken.objects.get_or_create(
        section=section,
        mark=common.mark(section.id, company.id),
        defaults={
            "identity": common.sealed_identity(company, actor),
            "revision": section.revision,
            "taken_at": now,
        },
    )
    _sealed_note(actor, "tender.documents_taken", section, company)
    return row


def _check_invited(section: Section, company: LegalPersonInfo) -> None:
    if section.project.method != Method.OPEN and section.invited and company.id not in section.invited:
        raise DomainError(TenderError.NOT_FOUND)


def _check_sale(section: Section, now: datetime) -> None:
    start, end = section.documents_from, section.documents_until
    if start is None or end is None or not start <= now <= end:
        raise DomainError(TenderError.SALE_CLOSED, start=_shown(start), end=_shown(end))


def _shown(moment: datetime | None) -> str:
    return f"{clock.local(moment):%Y-%m-%d %H:%M}" if moment else "—"


def taken(section: Section, company_id: UUID) -> DocumentsTaken | None:
    """A company's record of taking the documents."""
    return DocumentsTaken.objects.filter(section=section, mark=common.mark(section.id, company_id)).first()


@transaction.atomic
def ask(*, actor: Actor, section_id: UUID, company_id: UUID, text: str) -> Question:
    """Ask about the documents. Raises NOT_REPRESENTED, DOCUMENTS_NOT_TAKEN, NOT_ALLOWED_NOW, QUESTION_LATE."""
    company = common.represented(actor, company_id)
    section = common.share_section(section_id)
    if taken(section, company.id) is None:
        raise DomainError(TenderError.DOCUMENTS_NOT_TAKEN)
    now = clock.now()
    _check_questions_open(section, now)
    row = Question.objects.create(
        id=uuid7(),
        section=section,
        mark=common.mark(section.id, company.id),
        identity=common.sealed_identity(company, actor),
        text=text,
        asked_at=now,
    )
    _sealed_note(actor, "tender.question_asked", section, company)
    return row


def questions_close(section: Section) -> datetime | None:
    """Until when questions may be asked."""
    if section.bids_until is None:
        return None
    return section.bids_until - timedelta(days=rules_on(section.project.law, clock.today())["questions_close"].value)


def _check_questions_open(section: Section, now: datetime) -> None:
    if section.state not in OPEN_STATES:
        raise common.not_now(section)
    until = questions_close(section)
    if until is not None and now > until:
        raise DomainError(TenderError.QUESTION_LATE, until=_shown(until))


@transaction.atomic
def answer_question(*, actor: Actor, question_id: UUID, answer: str) -> Question:
    """Answer to everybody, without the asker's name. Raises NOT_FOUND, NOT_ALLOWED_NOW when it was answered."""
    row = Question.objects.select_for_update(of=("self",)).select_related("section__project").filter(pk=question_id)
    found = row.first()
    if found is None or not common.holds(actor, found.section.project, *common.DESK):
        raise DomainError(TenderError.NOT_FOUND)
    if found.answered_at is not None or found.section.state not in OPEN_STATES:
        raise common.not_now(found.section)
    found.answer, found.answered_at, found.answered_by = answer, clock.now(), actor.user_id
    found.save(update_fields=["answer", "answered_at", "answered_by"])
    record_change(
        actor=actor,
        event=QUESTION_ANSWERED,
        subject=("tender_section", found.section_id),
        organisation_id=found.section.project.organisation_id,
        data={
            **common.project_facts(found.section.project),
            "section_id": str(found.section_id),
            "section_no": found.section.number,
            "question_id": str(found.id),
        },
    )
    return found


def missing_documents(section: Section, company_id: UUID, day: date) -> list[str]:
    """The kinds of qualification documents a section asks for that the company cannot show on `day`."""
    rows = QualificationDocument.objects.filter(legal_person_id=company_id, removed_at=None)
    held = {row.kind for row in rows if row.expires_on is None or row.expires_on >= day}
    return [kind for kind in section.required_documents if kind not in held]


def _note(actor: Actor, action: str, subject: tuple[str, UUID], data: dict[str, Any]) -> None:
    record(actor=actor, action=action, subject=subject, organisation_id=None, data=data)


def _sealed_note(actor: Actor, action: str, section: Section, company: LegalPersonInfo) -> None:
    """Journal an act of a bidder without saying whose it was: that stands encrypted in the line."""
    record(
        actor=common.BOX,
        action=action,
        subject=("tender_section", section.id),
        organisation_id=section.project.organisation_id,
        data={},
        private={"company": str(company.id), "person": str(actor.user_id)},
    )

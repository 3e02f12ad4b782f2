"""Objections: in time, answered in time, and meanwhile the procedure stands still (T05, T11)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from backend.journal.services import record, record_change
from backend.tenders.events import OBJECTION_ANSWERED, OBJECTION_FILED
from backend.tenders.models import Bid, Objection, Section
from backend.tenders.policies import rules_on
from backend.tenders.rules import periods, queries
from backend.tenders.services import bidders, common
from backend.tenders.types import BidState, ObjectionStage, PeriodRule, SectionState, TenderError
from backend.workflow import selectors as workflow
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError
from kernel.events import EventType
from kernel.ids import uuid7

_STATES = {
    ObjectionStage.PREQUAL_DOCUMENTS: frozenset({SectionState.PREQUALIFYING}),
    ObjectionStage.TENDER_DOCUMENTS: frozenset({SectionState.BIDDING}),
    ObjectionStage.OPENING: frozenset({SectionState.OPENED}),
    ObjectionStage.RESULT: frozenset({SectionState.CANDIDATES}),
}
_MOVED = ("waits_for", "suspended_at", "applications_until", "bids_until", "deadline_version", "publicity_until")
_BEFORE = {
    ObjectionStage.PREQUAL_DOCUMENTS: "objection_prequal",
    ObjectionStage.TENDER_DOCUMENTS: "objection_documents",
}


@transaction.atomic
def file_objection(
    *, actor: Actor, section_id: UUID, company_id: UUID, stage: str, arguments: str, remedy: str
) -> Objection:
    """Object to documents, to the opening or to the result; suspends the procedure until answered.

    To documents at least 2 or 10 days before the deadline, to the result while candidates are on display
    (Regulation Art. 22, 44, 54); in procurement within 7 working days of taking the documents, of the opening, or of
    the end of the result's display (Procurement Law Art. 52, its Regulation Art. 53). Raises NOT_REPRESENTED,
    DOCUMENTS_NOT_TAKEN, NOT_ALLOWED_NOW, OBJECTION_LATE.
    """
    company = common.represented(actor, company_id)
    section = common.lock_section(section_id)
    about = ObjectionStage(stage)
    _check_concerned(section, company.id, about)
    now = clock.now()
    _check_time(section, about, now, company.id)
    rule = _rules(section)["objection_answer"]
    today = clock.local(now).date()
    row = Objection.objects.create(
        id=uuid7(),
        section=section,
        stage=about,
        mark=common.mark(section.id, company.id),
        identity=common.sealed_identity(company, actor),
        arguments=arguments,
        remedy=remedy,
        filed_at=now,
        due_on=periods.after(workflow.calendar_for(today, rule.value), today, rule, roll=True),
    )
    section.waits_for += 1
    section.suspended_at = section.suspended_at or now
    section.save_change("waits_for", "suspended_at", at=now)
    _tell(common.BOX, row, section, OBJECTION_FILED)
    return row


def _check_concerned(section: Section, company_id: UUID, stage: ObjectionStage) -> None:
    mark = common.mark(section.id, company_id)
    if stage in _BEFORE:
        concerned = bidders.taken(section, company_id) is not None
    else:
        concerned = Bid.objects.filter(
            section=section, mark=mark, state__in=(BidState.DECRYPTED, BidState.DECRYPT_FAILED)
        ).exists()
    if not concerned:
        raise DomainError(TenderError.DOCUMENTS_NOT_TAKEN)
    states = queries.STATES if queries.is_procurement(_rules(section)) else _STATES
    if section.state not in states[stage]:
        raise common.not_now(section)


def _check_time(section: Section, stage: ObjectionStage, now: datetime, company_id: UUID) -> None:
    rules, today = _rules(section), clock.local(now).date()
    if queries.is_procurement(rules):
        known = _known_since(section, stage, company_id) or now
        last = queries.last_day(workflow.calendar_for(clock.local(known).date(), 60), rules, known)
        if today > last and not settings.TENDER_MIN_SECONDS:
            raise _late(last.isoformat(), rules["query"])
        return
    if stage is ObjectionStage.RESULT and section.publicity_until is not None and now > section.publicity_until:
        raise _late(f"{clock.local(section.publicity_until):%Y-%m-%d %H:%M}", rules["publicity"])
    due = common.due_of(section)
    if stage not in _BEFORE or due is None or settings.TENDER_MIN_SECONDS:
        return
    rule, end = rules[_BEFORE[stage]], clock.local(due).date()
    if today > (last := periods.before(workflow.calendar_for(clock.today(), 60), end, rule)):
        raise _late(last.isoformat(), rule)


def _known_since(section: Section, stage: ObjectionStage, company_id: UUID) -> datetime | None:
    found = bidders.taken(section, company_id) if stage in _BEFORE else None
    taken = found.taken_at if found else None
    return queries.known_since(stage, taken=taken, opened=section.opened_at, displayed=section.publicity_until)


def _late(until: str, rule: PeriodRule) -> DomainError:
    return DomainError(TenderError.OBJECTION_LATE, until=until, basis=rule.basis)


def _rules(section: Section) -> dict[str, PeriodRule]:
    return rules_on(section.project.law, clock.today())


@transaction.atomic
def answer_objection(*, actor: Actor, objection_id: UUID, answer: str, upheld: bool) -> Objection:
    """Answer an objection. With the last open one the procedure goes on, and a deadline that stood still is later by
    the time it stood. Raises NOT_FOUND, NOT_ALLOWED_NOW when it was answered."""
    found = Objection.objects.filter(pk=objection_id).first()
    if found is None:
        raise DomainError(TenderError.NOT_FOUND)
    section = common.desk_section(actor, found.section_id)
    row = Objection.objects.select_for_update().get(pk=objection_id)
    if row.answered_at is not None:
        raise common.not_now(section)
    now = clock.now()
    row.answer, row.upheld, row.answered_at, row.answered_by = answer, upheld, now, actor.user_id
    row.save(update_fields=["answer", "upheld", "answered_at", "answered_by"])
    section.waits_for -= 1
    if section.waits_for == 0:
        _go_on(section, now)
    section.save_change(*_MOVED, at=now)
    common.refresh(section.project, now)
    _tell(actor, row, section, OBJECTION_ANSWERED)
    return row


def _go_on(section: Section, now: datetime) -> None:
    stood = now - (section.suspended_at or now)
    section.suspended_at = None
    if section.state == SectionState.BIDDING and section.bids_until is not None:
        section.bids_until += stood
        section.deadline_version += 1
    if section.state == SectionState.PREQUALIFYING and section.applications_until is not None:
        section.applications_until += stood
    if section.state == SectionState.CANDIDATES and section.publicity_until is not None:
        section.publicity_until = max(section.publicity_until, now)


def _tell(actor: Actor, row: Objection, section: Section, event: EventType) -> None:
    company, person = common.identity(row.identity)
    record(
        actor=actor,
        action="tender.objection",
        subject=("tender_objection", row.id),
        organisation_id=section.project.organisation_id,
        data={"stage": str(row.stage), "answered": row.answered_at is not None},
        private={"company": str(company), "person": str(person)},
    )
    record_change(
        actor=actor,
        event=event,
        subject=("tender_section", section.id),
        organisation_id=section.project.organisation_id,
        data={
            **common.project_facts(section.project),
            "section_id": str(section.id),
            "section_no": section.number,
            "objection_id": str(row.id),
            "stage": str(row.stage),
            "due_on": row.due_on.isoformat(),
        },
    )

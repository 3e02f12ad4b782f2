"""What whoever writes a notice is told meanwhile: the earliest lawful dates, and who may hold a share of a key."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.accounts import selectors as accounts
from backend.accounts.types import LegalPersonInfo, OfficialInfo
from backend.tenders.models import Project
from backend.tenders.rules import notices as rules
from backend.tenders.selectors.desk import desk_project, desk_section
from backend.tenders.services import checking, common
from backend.tenders.types import NoticeKind, PeriodFault, PlannedNotice, TenderError
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError

_ENDS = ("documents_until", "bids_until", "applications_until", "new_deadline", "objections_to")


def lawful_dates(
    actor: Actor, project_id: UUID, kind: str, section_ids: Collection[UUID], content: Mapping[str, Any]
) -> list[PeriodFault]:
    """The earliest lawful day of each time that a notice sets, were it published now; with the rule and its basis.

    What is not written yet counts from today. Raises PROJECT_NOT_FOUND, NOT_FOUND for a section of another project.
    """
    project = desk_project(actor, project_id)
    sections = list(project.sections.all())
    if not set(section_ids) <= {section.id for section in sections}:
        raise DomainError(TenderError.NOT_FOUND)
    chosen = [section for section in sections if section.id in section_ids] or sections
    found: dict[str, PeriodFault] = {}
    for section in chosen:
        facts = checking.facts_to_check(section)
        for planned in _probes(NoticeKind(kind), content, clock.now()):
            for fault in checking.faults_of(planned, project, facts):
                known = found.get(fault.pointer)
                found[fault.pointer] = fault if known is None or known.earliest < fault.earliest else known
    return list(found.values())


def _probes(kind: NoticeKind, content: Mapping[str, Any], at: datetime) -> list[PlannedNotice]:
    """The notice with every end as early as can be, so that each rule answers; and once with its own sale period."""
    start = _given(content, "documents_from") or at
    ends = dict.fromkeys(_ENDS, at.isoformat())
    probe = {**ends, "documents_from": start.isoformat(), "affects_bids": content.get("affects_bids")}
    planned = [PlannedNotice(kind, at, probe)]
    sale_end = _given(content, "documents_until")
    if kind is NoticeKind.PREQUAL and sale_end is not None and sale_end > at:
        planned.append(PlannedNotice(kind, at, {**probe, "documents_until": sale_end.isoformat()}))
    return planned


def _given(content: Mapping[str, Any], name: str) -> datetime | None:
    try:
        return rules.moment(content.get(name))
    except ValueError:
        return None


def invitable(actor: Actor, project_id: UUID, company: str) -> LegalPersonInfo:
    """A registered company that a project's desk may invite, by its credit code or its id in a draft.

    Raises PROJECT_NOT_FOUND, NOT_FOUND.
    """
    desk_project(actor, project_id)
    try:
        return accounts.legal_person(UUID(company))
    except ValueError:
        return accounts.legal_person(credit_code=company)


def possible_openers(actor: Actor, section_id: UUID) -> list[OfficialInfo]:
    """Who may hold a share of a section's key, by name. Raises NOT_FOUND."""
    project: Project = desk_section(actor, section_id).project
    people = accounts.people_with_role(common.OPENER, project.organisation_id or UUID(int=0))
    return sorted(accounts.officials(ids=people), key=lambda row: row.name) if people else []

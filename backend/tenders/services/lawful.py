"""The calendar of lawful dates of a section as its rows stand."""

from __future__ import annotations

from datetime import date

from backend.tenders.models import RecordedAct, Section
from backend.tenders.policies import rules_on
from backend.tenders.rules import lawful
from backend.tenders.services import bidders, common
from backend.tenders.types import Act, LawfulAct, LawfulFacts, Method, NoticeKind, NoticeState
from backend.tenders.types.words import Law
from backend.workflow import selectors as workflow
from kernel import clock

_REACH_DAYS = 400


def calendar_of(section: Section) -> list[LawfulAct]:
    """Every act with its first and last day, and why not now."""
    facts = facts_of(section)
    earliest = min([clock.local(facts.now).date(), *facts.issued.values(), *facts.recorded.values()])
    calendar = workflow.calendar_for(earliest, _REACH_DAYS)
    return lawful.calendar_of(calendar, rules_on(section.project.law, clock.local(facts.now).date()), facts)


def facts_of(section: Section) -> LawfulFacts:
    """What the calendar looks at; nothing of bids or bidders."""
    issued = _issued(section)
    acts = _recorded(section)
    due = section.objections.filter(answered_at=None).order_by("due_on").values_list("due_on", flat=True).first()
    return LawfulFacts(
        law=Law(section.project.law),
        invited=section.project.method == Method.SELECTIVE,
        section=common.facts_of(section),
        now=clock.now(),
        issued=issued,
        recorded=acts,
        documents_from=section.documents_from,
        documents_until=section.documents_until,
        applications_until=section.applications_until,
        questions_until=bidders.questions_close(section),
        opened_on=clock.local(section.opened_at).date() if section.opened_at else None,
        has_bonds=section.bond_fen > 0,
        answers_due=due,
    )


def _recorded(section: Section) -> dict[Act, date]:
    """On which day each act outside the platform happened; of the report to the supervisor the one on this winner."""
    rows = {Act(row.act): row for row in RecordedAct.objects.filter(section=section)}
    report = rows.get(Act.SUPERVISOR)
    if report and section.awarded_on and clock.local(report.recorded_at).date() < section.awarded_on:
        del rows[Act.SUPERVISOR]
    return {act: row.done_on for act, row in rows.items()}


def _issued(section: Section) -> dict[NoticeKind, date]:
    """On which day each kind of notice came out first; of letters of award the one to this winner."""
    issued: dict[NoticeKind, date] = {}
    rows = section.project.notices.filter(state=NoticeState.PUBLISHED, section_ids__contains=[section.id])
    for kind, at in rows.order_by("published_at").values_list("kind", "published_at"):
        if kind == NoticeKind.AWARD:
            issued.pop(NoticeKind.AWARD_LETTER, None)
        if at is not None:
            issued.setdefault(NoticeKind(kind), clock.local(at).date())
    return issued

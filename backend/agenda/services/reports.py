"""Weekly reports: drafted from what happened, then written and handed in by the person."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from backend.accounts import selectors as accounts
from backend.agenda import rules, selectors
from backend.agenda.models import Entry, WeeklyReport, WorkTask
from backend.agenda.services import common
from backend.agenda.types import AgendaError, EntryKind, Fact, ReportState, WorkState
from backend.journal.services import record
from backend.workflow import selectors as workflow
from kernel import clock
from kernel.actors import Actor
from kernel.clock import SHANGHAI
from kernel.errors import DomainError

WEEK = timedelta(days=7)


@transaction.atomic
def draft_report(*, actor: Actor, week: date) -> WeeklyReport:
    """One's report of the week that begins on this Monday; made from facts when there is none, the facts of a draft
    are brought up to date, what the person wrote stays. Raises BAD_WEEK, FORBIDDEN."""
    mine = common.home(actor)
    if week.weekday() != 0 or week > clock.today():
        raise DomainError(AgendaError.BAD_WEEK)
    row = WeeklyReport.objects.select_for_update().filter(person_id=mine.id, week=week).first()
    if row is not None and row.state == ReportState.HANDED_IN:
        return row
    facts = [{"kind": fact.kind, "on": fact.on.isoformat(), "text": fact.text} for fact in _facts(mine.id, week)]
    if row is not None:
        if row.facts != facts:
            row.facts = facts
            row.save(update_fields=["facts"])
        return row
    language = accounts.preferred_language(mine.id)
    return WeeklyReport.objects.create(
        person_id=mine.id,
        person_name=mine.name,
        organisation_id=mine.organisation.id,
        path=mine.organisation.path,
        week=week,
        facts=facts,
        done=rules.told([Fact(one["kind"], date.fromisoformat(one["on"]), one["text"]) for one in facts], language),
        planned=rules.listed(_planned(mine.id, week + WEEK)),
        updated_at=clock.now(),
    )


@transaction.atomic
def write_report(*, actor: Actor, week: date, version: int, done: str, planned: str, problems: str) -> WeeklyReport:
    """Put one's own words. Raises REPORT_NOT_FOUND, STALE, REPORT_HANDED_IN."""
    row = _own(actor, week, version)
    row.done, row.planned, row.problems = done.strip(), planned.strip(), problems.strip()
    row.save_change("done", "planned", "problems", at=clock.now())
    return row


@transaction.atomic
def hand_in_report(*, actor: Actor, week: date, version: int) -> WeeklyReport:
    """Hand it in: those above may read it, and it stays as it is. Raises REPORT_NOT_FOUND, STALE, REPORT_HANDED_IN."""
    row = _own(actor, week, version)
    row.state, row.handed_in_at = ReportState.HANDED_IN, clock.now()
    row.save_change("state", "handed_in_at", at=row.handed_in_at)
    record(
        actor=actor,
        action="agenda.report_handed_in",
        subject=("weekly_report", row.id),
        organisation_id=row.organisation_id,
        data={"week": week.isoformat()},
    )
    return row


def _own(actor: Actor, week: date, version: int) -> WeeklyReport:
    row = WeeklyReport.objects.select_for_update().filter(person_id=actor.person_id, week=week).first()
    if row is None:
        raise DomainError(AgendaError.REPORT_NOT_FOUND)
    common.check_version(row, version)
    if row.state == ReportState.HANDED_IN:
        raise DomainError(AgendaError.REPORT_HANDED_IN)
    return row


def _facts(person_id: UUID, week: date) -> list[Fact]:
    since, until = _span(week)
    finished = [
        Fact(rules.fact_kind(task.subject_kind), clock.local(task.done_at).date(), task.title)
        for task in workflow.finished_by(person_id, since, until)
        if task.done_at is not None and task.kind != "meeting.receipt"
    ]
    over = min(until, clock.now())
    met = selectors.standing(person_id, since, over).filter(kind=EntryKind.MEETING, ends_at__lte=over)
    meetings = [Fact("meeting", clock.local(row.starts_at).date(), row.title) for row in met.order_by("starts_at")]
    return sorted([*finished, *meetings], key=lambda fact: (fact.on, fact.kind, fact.text))


def _planned(person_id: UUID, week: date) -> list[str]:
    since, until = _span(week)
    due = WorkTask.objects.filter(owner_id=person_id, state=WorkState.OPEN, due_on__lt=until.date())
    ahead: list[Entry] = list(selectors.standing(person_id, since, until).order_by("starts_at")[:20])
    return [
        *(f"{row.due_on:%m-%d} {row.title}" for row in due.order_by("due_on", "id")[:20]),
        *(f"{clock.local(row.starts_at):%m-%d %H:%M} {row.title}" for row in ahead),
    ]


def _span(week: date) -> tuple[datetime, datetime]:
    since = datetime.combine(week, time(), tzinfo=SHANGHAI)
    return since, since + WEEK

"""Reading deadlines and to-dos."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from backend.accounts import selectors as accounts
from backend.workflow import rules, store
from backend.workflow.models import Deadline, Delegation, Task
from backend.workflow.types import (
    PERSONAL,
    Calendar,
    DeadlineInfo,
    DeadlineState,
    DelegationInfo,
    Hours,
    Ledger,
    TaskInfo,
    TaskPage,
    TaskState,
    Unit,
    WorkflowError,
)
from kernel import clock
from kernel.actors import Actor
from kernel.errors import CommonError, DomainError

Subject = tuple[str, UUID]
TIME_LEFT = "time_left"
NEWEST = "newest"
MAX_PAGE = 100
MAX_SNAPSHOT = 500


def deadline(subject: Subject, kind: str) -> DeadlineInfo:
    """The latest deadline of a kind with its reckoning. Holds nothing of a person. Raises DEADLINE_NOT_FOUND."""
    row = Deadline.objects.filter(subject_kind=subject[0], subject_id=subject[1], kind=kind).order_by("-id").first()
    if row is None:
        raise DomainError(WorkflowError.DEADLINE_NOT_FOUND)
    return _deadline_info(row)


def deadlines(subject: Subject, *, only_open: bool = False, kinds: Sequence[str] | None = None) -> list[DeadlineInfo]:
    """All deadlines of a subject (of these kinds), oldest first, in a fixed number of queries."""
    rows = Deadline.objects.filter(subject_kind=subject[0], subject_id=subject[1]).order_by("id")
    if only_open:
        rows = rows.exclude(state=DeadlineState.CLOSED)
    if kinds is not None:
        rows = rows.filter(kind__in=kinds)
    found = list(rows)
    moment = clock.now()
    return [_described(row, *ledger, moment) for row, ledger in zip(found, store.ledgers_of(found), strict=True)]


def _deadline_info(row: Deadline) -> DeadlineInfo:
    return _described(row, *store.ledger_of(row), clock.now())


def _described(row: Deadline, calendar: Calendar, ledger: Ledger, moment: datetime) -> DeadlineInfo:
    elapsed = rules.ledger_elapsed(calendar, ledger, clock.local(moment).date())
    return DeadlineInfo(
        id=row.id,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        kind=row.kind,
        organisation_id=row.organisation_id,
        state=ledger.state,
        start_on=ledger.start,
        limit=ledger.limit,
        extension=ledger.extension,
        unit=ledger.unit,
        due_on=row.due_on,
        due_at=row.due_at,
        provisional=row.provisional,
        elapsed=elapsed,
        remaining=ledger.total - elapsed,
        overdue=ledger.state is not DeadlineState.PAUSED and rules.is_overdue(row.due_at, row.closed_at or moment),
        pauses=ledger.pauses,
        closed_on=ledger.closed_on,
        explanation=rules.ledger_explanation(calendar, ledger),
    )


def received_on(moment: datetime) -> date:
    """The day something sent at `moment` counts as received: the next working day outside business hours."""
    local = clock.local(moment)
    return rules.received_on(store.calendar_for(local.date()), local.replace(tzinfo=None), store.hours_on(local.date()))


def due_date(start: date, limit: int, unit: str = Unit.WORKING_DAYS.value) -> date:
    """When a limit would end, without starting it. Raises BAD_LENGTH."""
    return rules.due_date(store.calendar_for(start, limit), start, limit, Unit(unit))


def calendar_for(start: date, days: int = 0) -> Calendar:
    """The official calendar from the year of `start`, far enough for so many days; for others' reckoning."""
    return store.calendar_for(start, days)


def business_hours(day: date) -> Hours:
    """When offices are open on a day."""
    return store.hours_on(day)


def tasks_for(
    actor: Actor,
    *,
    state: str = TaskState.OPEN.value,
    sort: str = TIME_LEFT,
    cursor: str | None = None,
    limit: int = 20,
    kinds: Sequence[str] | None = None,
    subject_kind: str | None = None,
    subject_ids: Sequence[UUID] | None = None,
) -> TaskPage:
    """The to-dos an official may work on: role and organisation inside a grant, not taken by a colleague.

    `subject_kind` and `subject_ids` narrow to what they are about. Sorted by time left (no due date last), or newest
    first (`newest`; finished ones always so). Raises CURSOR_UNKNOWN for a cursor that was not given out for this sort.
    """
    rows = _visible(actor, delegated=True).filter(state=TaskState(state))
    if kinds is not None:
        rows = rows.filter(kind__in=kinds)
    if subject_kind is not None:
        rows = rows.filter(subject_kind=subject_kind)
    if subject_ids is not None:
        rows = rows.filter(subject_id__in=subject_ids)
    order = "done" if state == TaskState.DONE else sort
    size = max(1, min(limit, MAX_PAGE))
    found = list(_after(rows, order, cursor)[: size + 1])
    page = found[:size]
    today = clock.today()
    calendar = store.calendar_for(_first_due(page, today))
    return TaskPage(
        items=tuple(task_info(row, calendar, today) for row in page),
        next=_cursor_of(page[-1], order) if len(found) > size else None,
    )


def snapshot_for(actor: Actor) -> dict[str, Any]:
    """The to-do part of a person's live state: the open ones this official may work on, most urgent first."""
    rows = list(_visible(actor).filter(state=TaskState.OPEN).order_by("due_key", "id")[:MAX_SNAPSHOT])
    today = clock.today()
    calendar = store.calendar_for(_first_due(rows, today))
    return {"tasks": [rules.task_row(task_info(row, calendar, today)) for row in rows]}


def task_for(actor: Actor, task_id: UUID) -> TaskInfo:
    """One to-do of an official. Raises TASK_NOT_FOUND."""
    row = Task.objects.filter(pk=task_id).first()
    if row is None or not may_see(actor, row):
        raise DomainError(WorkflowError.TASK_NOT_FOUND)
    return task_info(row)


def tasks_for_subject(actor: Actor, subject: Subject, *, kinds: Sequence[str] | None = None) -> list[TaskInfo]:
    """The open to-dos about a subject that this official may work on, most urgent first."""
    rows = _visible(actor).filter(subject_kind=subject[0], subject_id=subject[1], state=TaskState.OPEN)
    if kinds is not None:
        rows = rows.filter(kind__in=kinds)
    return [task_info(row) for row in rows.order_by("due_key", "id")]


def task_for_case(actor: Actor, case_id: UUID) -> TaskInfo | None:
    """The most urgent open to-do about a case that this official may work on."""
    found = tasks_for_subject(actor, ("case", case_id))
    return found[0] if found else None


def may_see(actor: Actor, task: Task) -> bool:
    """Whether the official holds the task's role for its organisation."""
    if task.role == PERSONAL:
        return task.assignee_id is not None and acts_for(actor, task.assignee_id)
    path = accounts.organisation(task.organisation_id).path
    return actor.has_role(task.role, path=path)


def acts_for(actor: Actor, person_id: UUID) -> bool:
    """Whether the actor is this person, or may do today what is this person's to do."""
    return actor.user_id == person_id or person_id in principals_of(actor)


def principals_of(actor: Actor) -> list[UUID]:
    """Whose own to-dos the official may do today."""
    if actor.user_id is None:
        return []
    return list(_delegations_today().filter(delegate_id=actor.user_id).values_list("principal_id", flat=True))


def delegates_of(person_id: UUID) -> list[UUID]:
    """Who may do today what is this person's to do."""
    return list(_delegations_today().filter(principal_id=person_id).values_list("delegate_id", flat=True))


def delegations_of(actor: Actor) -> list[DelegationInfo]:
    """What the actor has delegated and was delegated, not ended, the next first."""
    today = clock.today()
    mine = Q(principal_id=actor.person_id) | Q(delegate_id=actor.person_id)
    rows = Delegation.objects.filter(mine, ended_at=None, to_on__gte=today).order_by("from_on", "id")
    return [delegation_info(row, today) for row in rows]


def delegation_info(row: Delegation, today: date) -> DelegationInfo:
    """The plain value of a delegation."""
    return DelegationInfo(
        id=row.id,
        principal_id=row.principal_id,
        principal_name=accounts.display_name(row.principal_id),
        delegate_id=row.delegate_id,
        delegate_name=accounts.display_name(row.delegate_id),
        from_on=row.from_on,
        to_on=row.to_on,
        reason=row.reason,
        running=row.ended_at is None and row.from_on <= today <= row.to_on,
    )


def to_hand_over(person_id: UUID) -> tuple[list[TaskInfo], list[DelegationInfo]]:
    """What somebody who leaves would hand over: open to-dos by time left, and what was delegated to them or is to be.

    The caller checks the right.
    """
    mine = Task.objects.filter(assignee_id=person_id, state=TaskState.OPEN).order_by("due_key", "id")
    today = clock.today()
    lent = Delegation.objects.filter(delegate_id=person_id, ended_at=None, to_on__gte=today).order_by("from_on", "id")
    tasks = list(mine)
    calendar = store.calendar_for(_first_due(tasks, today))
    return [task_info(row, calendar, today) for row in tasks], [delegation_info(row, today) for row in lent]


def _delegations_today() -> QuerySet[Delegation]:
    today = clock.today()
    return Delegation.objects.filter(ended_at=None, from_on__lte=today, to_on__gte=today)


def finished_by(person_id: UUID, since: datetime, until: datetime) -> list[TaskInfo]:
    """What a person finished in a time, oldest first. The caller has checked the right."""
    rows = Task.objects.filter(done_by=person_id, done_at__gte=since, done_at__lt=until).order_by("done_at", "id")
    found = list(rows[:MAX_SNAPSHOT])
    calendar = store.calendar_for(_first_due(found, clock.today()))
    return [task_info(row, calendar) for row in found]


def own_with_due_date(person_id: UUID, since: date) -> list[TaskInfo]:
    """The open to-dos that are one person's own and due from a day on, for the person's calendar."""
    rows = Task.objects.filter(assignee_id=person_id, state=TaskState.OPEN, due_on__gte=since)
    found = list(rows.order_by("due_key", "id")[:MAX_SNAPSHOT])
    calendar = store.calendar_for(_first_due(found, clock.today()))
    return [task_info(row, calendar) for row in found]


def task_info(row: Task, calendar: Calendar | None = None, today: date | None = None) -> TaskInfo:
    """The plain value of a stored to-do."""
    today = today or clock.today()
    left = None
    if row.due_on is not None:
        known = calendar or store.calendar_for(min(today, row.due_on))
        left = rules.working_days_left(known, today, row.due_on)
    return TaskInfo(
        id=row.id,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        kind=row.kind,
        organisation_id=row.organisation_id,
        role=row.role,
        title=row.title,
        due_on=row.due_on,
        remaining=left,
        overdue=row.due_on is not None and row.state == TaskState.OPEN and row.due_on < today,
        state=TaskState(row.state),
        assignee_id=row.assignee_id,
        claimed_at=row.claimed_at,
        opened_at=row.opened_at,
        done_at=row.done_at,
    )


def _visible(actor: Actor, *, delegated: bool = False) -> QuerySet[Task]:
    roles: dict[str, set[str]] = {}
    for grant in actor.grants:
        roles.setdefault(grant.path, set()).add(grant.role)
    reach = Q(pk=None)
    for path, held in sorted(roles.items()):
        reach |= Q(role__in=sorted(held), organisation_id__in=accounts.subtree_ids(path))
    by_role = reach & (Q(assignee_id=None) | Q(assignee_id=actor.user_id))
    own = Q(role=PERSONAL, assignee_id__in=[actor.user_id, *(principals_of(actor) if delegated else ())])
    return Task.objects.filter(by_role | own)


def _first_due(page: list[Task], today: date) -> date:
    return min([today, *(row.due_on for row in page if row.due_on is not None)])


_KEYS = {TIME_LEFT: ("due_key", "id"), NEWEST: ("-opened_at", "-id"), "done": ("-done_at", "-id")}


def _after(rows: QuerySet[Task], order: str, cursor: str | None) -> QuerySet[Task]:
    if order not in _KEYS:
        raise DomainError(CommonError.MALFORMED)
    first, second = _KEYS[order]
    if cursor is not None:
        value, last_id = _read_cursor(cursor, order)
        name, step = first.lstrip("-"), "lt" if first.startswith("-") else "gt"
        rows = rows.filter(Q(**{f"{name}__{step}": value}) | Q(**{name: value, f"id__{step}": last_id}))
    return rows.order_by(first, second)


def _cursor_of(row: Task, order: str) -> str:
    name = _KEYS[order][0].lstrip("-")
    return base64.urlsafe_b64encode(json.dumps([order, getattr(row, name).isoformat(), str(row.id)]).encode()).decode()


def _read_cursor(cursor: str, order: str) -> tuple[date | datetime, UUID]:
    try:
        made_for, value, last_id = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        if made_for != order:
            raise ValueError("made for another order")
        parse = date.fromisoformat if order == TIME_LEFT else datetime.fromisoformat
        return parse(value), UUID(last_id)
    except (ValueError, TypeError, AttributeError, RecursionError) as exc:
        raise DomainError(CommonError.CURSOR_UNKNOWN) from exc

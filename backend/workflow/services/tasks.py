"""To-dos: opened for a role of an organisation, claimed by one person, closed when the matter moves on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from backend.accounts import selectors as accounts
from backend.journal.services import record, record_change
from backend.workflow import rules
from backend.workflow.events import TASK_CLOSED, TASK_OPENED
from backend.workflow.models import NO_DUE_DATE, Task
from backend.workflow.selectors import may_see, task_info
from backend.workflow.types import PERSONAL, TaskInfo, TaskState, WorkflowError
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError
from kernel.events import Event
from kernel.ids import uuid7
from kernel.realtime import Scope, publish

Subject = tuple[str, UUID]
CHANGED = "workflow.task_changed"
_SYSTEM = Actor.system("workflow")


@transaction.atomic
def open_task(
    *,
    subject: Subject,
    kind: str,
    organisation_id: UUID,
    role: str,
    title: str,
    due_on: date | None,
    assignee_id: UUID | None = None,
    actor: Actor = _SYSTEM,
    silent: bool = False,
) -> UUID:
    """Put a to-do before everybody who holds `role` at the organisation, or before one of them.

    With the role `PERSONAL` it is the assignee's alone. `silent` for what the person is told of in other words.
    `title` is read by officials and holds no personal data. Returns the task's id.
    """
    task = Task.objects.create(
        id=uuid7(),
        subject_kind=subject[0],
        subject_id=subject[1],
        kind=kind,
        organisation_id=organisation_id,
        role=role,
        title=title,
        due_on=due_on,
        due_key=due_on or NO_DUE_DATE,
        assignee_id=assignee_id,
        opened_at=clock.now(),
    )
    event = record_change(
        actor=actor,
        event=TASK_OPENED,
        subject=subject,
        organisation_id=organisation_id,
        data={**_facts(task), **({"silent": True} if silent else {})},
    )
    _show(task, event)
    return task.id


@transaction.atomic
def close_tasks(
    *,
    subject: Subject,
    kinds: Sequence[str] | None = None,
    by: Actor | UUID | None = None,
    actor: Actor = _SYSTEM,
    assignee_id: UUID | None = None,
) -> int:
    """Take the open to-dos of a subject (of these kinds, or all) off everybody's list. Returns how many there were.

    `by` is who did the work, if a person did; `assignee_id` narrows to one person's own.
    """
    who = by if isinstance(by, Actor) else actor
    tasks = Task.objects.select_for_update().filter(
        subject_kind=subject[0], subject_id=subject[1], state=TaskState.OPEN, **({"kind__in": kinds} if kinds else {})
    )
    if assignee_id is not None:
        tasks = tasks.filter(assignee_id=assignee_id)
    closed = list(tasks.order_by("id"))
    for task in closed:
        task.state = TaskState.DONE
        task.done_at = clock.now()
        task.done_by = by.user_id if isinstance(by, Actor) else by
        task.save(update_fields=["state", "done_at", "done_by"])
        event = record_change(
            actor=who, event=TASK_CLOSED, subject=subject, organisation_id=task.organisation_id, data=_facts(task)
        )
        _hide(task, event, _holders(task))
    return len(closed)


@transaction.atomic
def claim_task(*, actor: Actor, task_id: UUID) -> TaskInfo:
    """Take a to-do for oneself; colleagues no longer see it. Claiming one's own again changes nothing.

    Raises TASK_NOT_FOUND, TASK_DONE, TASK_CLAIMED.
    """
    task = _locked(actor, task_id)
    if task.assignee_id not in (None, actor.user_id):
        raise DomainError(WorkflowError.TASK_CLAIMED)
    if task.assignee_id is None:
        _assign(actor, task, actor.user_id)
    return task_info(task)


@transaction.atomic
def release_task(*, actor: Actor, task_id: UUID) -> TaskInfo:
    """Give a claimed to-do back to everybody who holds the role. Raises TASK_NOT_FOUND, TASK_DONE, TASK_CLAIMED."""
    task = _locked(actor, task_id)
    if task.assignee_id not in (None, actor.user_id):
        raise DomainError(WorkflowError.TASK_CLAIMED)
    if task.assignee_id is not None:
        _assign(actor, task, None)
    return task_info(task)


def _locked(actor: Actor, task_id: UUID) -> Task:
    task = Task.objects.select_for_update().filter(pk=task_id).first()
    if task is None or not may_see(actor, task):
        raise DomainError(WorkflowError.TASK_NOT_FOUND)
    if task.state != TaskState.OPEN:
        raise DomainError(WorkflowError.TASK_DONE)
    return task


def _assign(actor: Actor, task: Task, assignee_id: UUID | None) -> None:
    task.assignee_id = assignee_id
    task.claimed_at = clock.now() if assignee_id else None
    task.save(update_fields=["assignee_id", "claimed_at"])
    subject = (task.subject_kind, task.subject_id)
    record(
        actor=actor,
        action="workflow.task_claimed" if assignee_id else "workflow.task_released",
        subject=subject,
        organisation_id=task.organisation_id,
        data={"task_id": task.id},
    )
    everybody = _holders(task)
    mine = [assignee_id] if assignee_id else everybody
    publish(
        mine, event_id=uuid7(), type="workflow.task_changed", subject=subject, data=_upsert(task), scope=_scope(task)
    )
    others = [person for person in everybody if person not in mine]
    publish(others, event_id=uuid7(), type="workflow.task_changed", subject=subject, data=_remove(task))


def _facts(task: Task) -> dict[str, object]:
    return {
        "task_id": task.id,
        "kind": task.kind,
        "role": task.role,
        "title": task.title,
        "due_on": task.due_on,
        "assignee_id": task.assignee_id,
    }


def _holders(task: Task) -> list[UUID]:
    if task.role == PERSONAL:
        return [task.assignee_id] if task.assignee_id else []
    return accounts.people_with_role(task.role, task.organisation_id)


def _scope(task: Task) -> Scope | None:
    if task.role == PERSONAL:
        return None
    return Scope(role=task.role, path=accounts.organisation(task.organisation_id).path)


def _upsert(task: Task) -> dict[str, object]:
    return {"upsert": {"tasks": [rules.task_row(task_info(task))]}}


def _remove(task: Task) -> dict[str, object]:
    return {"remove": {"tasks": [str(task.id)]}}


def _show(task: Task, event: Event) -> None:
    people = [task.assignee_id] if task.assignee_id else _holders(task)
    subject = (task.subject_kind, task.subject_id)
    publish(people, event_id=event.id, type=event.type, subject=subject, data=_upsert(task), scope=_scope(task))


def _hide(task: Task, event: Event, people: list[UUID]) -> None:
    told = {*people, *([task.assignee_id] if task.assignee_id else [])}
    subject = (task.subject_kind, task.subject_id)
    publish(told, event_id=event.id, type=event.type, subject=subject, data=_remove(task))

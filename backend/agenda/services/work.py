"""Work tasks: given to one person, by a day; progress is told in notes that nobody changes afterwards."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.accounts import selectors as accounts
from backend.agenda import events
from backend.agenda.models import TaskNote, WorkTask
from backend.agenda.services import common
from backend.agenda.types import AgendaError, WorkState
from backend.journal.services import record, record_change
from backend.workflow import selectors as workflow
from backend.workflow import services as todos
from backend.workflow.types import PERSONAL
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError
from kernel.events import EventType

SUBJECT, KIND = "work_task", "agenda.task"
CHANGEABLE = ("title", "details", "due_on")


@transaction.atomic
def give_task(
    *,
    actor: Actor,
    title: str,
    due_on: date,
    owner_id: UUID | None = None,
    details: str = "",
    subject_kind: str = "",
    subject_id: UUID | None = None,
    subject_label: str = "",
    source_id: UUID | None = None,
    giver_id: UUID | None = None,
) -> WorkTask:
    """Give a piece of work to somebody, or take it oneself. `source_id` (a decision) makes it once only.

    `giver_id` is for receivers, where the system acts. Raises PERSON_UNKNOWN, FORBIDDEN.
    """
    giver = common.official(giver_id) if giver_id is not None else common.home(actor)
    owner = giver if owner_id in (None, giver.id) else common.official(owner_id)  # type: ignore[arg-type]
    known = WorkTask.objects.filter(source_id=source_id).first() if source_id else None
    if known is not None:
        return known
    task = WorkTask.objects.create(
        title=title.strip()[:200],
        details=details.strip(),
        owner_id=owner.id,
        owner_name=owner.name,
        giver_id=giver.id,
        giver_name=giver.name,
        organisation_id=owner.organisation.id,
        due_on=due_on,
        subject_kind=subject_kind,
        subject_id=subject_id,
        subject_label=subject_label.strip()[:200],
        source_id=source_id,
        updated_at=clock.now(),
    )
    _note(actor, task, "agenda.task_given")
    _open(task, actor)
    return task


@transaction.atomic
def change_task(*, actor: Actor, task_id: UUID, version: int, **wishes: Any) -> WorkTask:
    """Change words, day or owner (`owner_id`); who gave it may. The owner is told. Raises TASK_NOT_FOUND, NOT_ALLOWED,
    STALE, TASK_ENDED, PERSON_UNKNOWN."""
    task = _given(actor, task_id, version)
    for name in CHANGEABLE:
        if name in wishes:
            setattr(task, name, wishes[name])
    if wishes.get("owner_id") not in (None, task.owner_id):
        owner = common.official(wishes["owner_id"])
        task.owner_id, task.owner_name, task.organisation_id = owner.id, owner.name, owner.organisation.id
        wishes["due_on"] = task.due_on
    task.save_change(*CHANGEABLE, "owner_id", "owner_name", "organisation_id", at=clock.now())
    if "due_on" in wishes or "title" in wishes:
        todos.close_tasks(subject=(SUBJECT, task.id), actor=actor)
        _open(task, actor, silent=True)
    _tell(task, actor, events.TASK_CHANGED, task.owner_id)
    return task


@transaction.atomic
def report_progress(*, actor: Actor, task_id: UUID, version: int, progress: int, text: str = "") -> WorkTask:
    """Say how it stands, in percent; at 100 it is done and who gave it is told. The owner or a delegate may.

    Raises TASK_NOT_FOUND, NOT_ALLOWED, STALE, TASK_ENDED.
    """
    task = _seen(actor, task_id, version)
    if not workflow.acts_for(actor, task.owner_id):
        raise DomainError(AgendaError.NOT_ALLOWED)
    now = clock.now()
    task.progress = progress
    if progress == 100:
        task.state, task.done_at = WorkState.DONE, now
    task.save_change("progress", "state", "done_at", at=now)
    by_name = accounts.display_name(actor.person_id)
    TaskNote.objects.create(
        task=task, by_id=actor.person_id, by_name=by_name, progress=progress, text=text.strip(), at=now
    )
    if task.state == WorkState.DONE:
        todos.close_tasks(subject=(SUBJECT, task.id), by=actor, actor=actor)
        _tell(task, actor, events.TASK_FINISHED, task.giver_id)
    else:
        _note(actor, task, "agenda.task_progressed")
    return task


@transaction.atomic
def drop_task(*, actor: Actor, task_id: UUID, version: int, reason: str) -> WorkTask:
    """It need not be done any more; who gave it may say so. Raises TASK_NOT_FOUND, NOT_ALLOWED, STALE, TASK_ENDED."""
    task = _given(actor, task_id, version)
    now = clock.now()
    task.state, task.done_at = WorkState.DROPPED, now
    task.save_change("state", "done_at", at=now)
    by_name = accounts.display_name(actor.person_id)
    TaskNote.objects.create(
        task=task, by_id=actor.person_id, by_name=by_name, progress=task.progress, text=reason.strip(), at=now
    )
    todos.close_tasks(subject=(SUBJECT, task.id), actor=actor)
    _tell(task, actor, events.TASK_CHANGED, task.owner_id)
    return task


def _seen(actor: Actor, task_id: UUID, version: int) -> WorkTask:
    task = WorkTask.objects.select_for_update().filter(pk=task_id).first()
    if task is None or not (workflow.acts_for(actor, task.owner_id) or workflow.acts_for(actor, task.giver_id)):
        raise DomainError(AgendaError.TASK_NOT_FOUND)
    common.check_version(task, version)
    if task.state != WorkState.OPEN:
        raise DomainError(AgendaError.TASK_ENDED)
    return task


def _given(actor: Actor, task_id: UUID, version: int) -> WorkTask:
    task = _seen(actor, task_id, version)
    if not workflow.acts_for(actor, task.giver_id):
        raise DomainError(AgendaError.NOT_ALLOWED)
    return task


def _open(task: WorkTask, actor: Actor, *, silent: bool = False) -> None:
    todos.open_task(
        subject=(SUBJECT, task.id),
        kind=KIND,
        organisation_id=task.organisation_id,
        role=PERSONAL,
        title=task.title,
        due_on=task.due_on,
        assignee_id=task.owner_id,
        actor=actor,
        silent=silent or task.owner_id == task.giver_id,
    )


def _tell(task: WorkTask, actor: Actor, event: EventType, person_id: UUID) -> None:
    record_change(
        actor=actor,
        event=event,
        subject=(SUBJECT, task.id),
        organisation_id=task.organisation_id,
        data={
            "task_no": task.id,
            "title": task.title,
            "due_on": task.due_on,
            "progress": task.progress,
            "owner_id": task.owner_id,
            "giver_id": task.giver_id,
            "user_id": person_id,
            "by_id": actor.user_id,
        },
        journal_extra={} if actor.user_id in (task.owner_id, task.giver_id) else {"for": str(task.owner_id)},
    )


def _note(actor: Actor, task: WorkTask, action: str) -> None:
    extra = {} if actor.user_id in (None, task.owner_id, task.giver_id) else {"for": str(task.owner_id)}
    record(
        actor=actor,
        action=action,
        subject=(SUBJECT, task.id),
        organisation_id=task.organisation_id,
        data={"owner_id": str(task.owner_id), "progress": task.progress, **extra},
    )

"""What every act of leave shares: the locked row, who may, the event, the to-do of who decides."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from backend.journal.services import record_change
from backend.leave import selectors, store
from backend.leave.models import Approver, LeaveRequest
from backend.leave.store import Bench
from backend.leave.types import GROUP_NAMES, Group, LeaveError, LeaveState
from backend.workflow import selectors as workflow
from backend.workflow import services as todos
from backend.workflow.types import PERSONAL
from kernel import clock, realtime
from kernel.actors import Actor
from kernel.errors import CommonError, DomainError
from kernel.events import Event, EventType

SUBJECT = "leave_request"
DECIDE = "leave.decide"
SYSTEM = Actor.system("leave")


def locked(actor: Actor, request_id: UUID, version: int | None = None) -> LeaveRequest:
    """A request that the actor may see, locked. Raises NOT_FOUND, STALE."""
    row = LeaveRequest.objects.select_for_update(of=("self",)).select_related("kind").filter(pk=request_id).first()
    if row is None or not selectors.may_see(actor, row):
        raise DomainError(LeaveError.NOT_FOUND)
    if version is not None and version != row.version:
        raise DomainError(CommonError.STALE, extra={"current": {"version": row.version, "state": row.state}})
    hold(row)
    return row


def own(actor: Actor, request_id: UUID, version: int | None = None) -> LeaveRequest:
    """One's own request, locked. Raises NOT_FOUND, NOT_YOURS, STALE."""
    row = locked(actor, request_id, version)
    if row.person_id != actor.person_id:
        raise DomainError(LeaveError.NOT_YOURS)
    return row


def hold(row: LeaveRequest, people: Iterable[UUID] = ()) -> None:
    """Take the logs of all whose screens an act may change at once and in order, so that no two wait crosswise."""
    approvers = row.approvers.values_list("person_id", flat=True)
    stand_in = [row.stand_in_id] if row.stand_in_id else []
    realtime.lock_cursors({row.person_id, *approvers, *stand_in, *people})


def check_state(row: LeaveRequest, *wanted: LeaveState) -> None:
    """Refuse an act that comes too late or out of order."""
    if row.state not in wanted:
        raise DomainError(LeaveError.STATE, extra={"state": row.state})


def open_level(actor: Actor, row: LeaveRequest, bench: Bench) -> None:
    """Put the request before those who decide its level."""
    rules = store.rules_today()
    due_on = workflow.due_date(clock.today(), rules.answer_workdays)
    for info in bench.people:
        Approver.objects.create(
            request=row, level=row.level, person_id=info.id, name=info.name, organisation_id=bench.organisation.id
        )
        todos.open_task(
            subject=(SUBJECT, row.id),
            kind=DECIDE,
            organisation_id=bench.organisation.id,
            role=PERSONAL,
            title=f"{GROUP_NAMES[Group(row.kind.group)].zh}审批：{row.unit_name}，{row.starts_on.month}月{row.starts_on.day}日",
            due_on=due_on,
            assignee_id=info.id,
            actor=actor,
            silent=True,
        )


def close_level(actor: Actor, row: LeaveRequest) -> None:
    """Nobody has to decide it any more."""
    todos.close_tasks(subject=(SUBJECT, row.id), kinds=[DECIDE], by=actor, actor=actor)


def deciders(row: LeaveRequest) -> list[UUID]:
    """Who decided of a request, at any level."""
    return list(row.decisions.order_by("level").values_list("person_id", flat=True))


def level_people(row: LeaveRequest) -> list[UUID]:
    """Who may decide the level that is open."""
    return list(row.approvers.filter(level=row.level).order_by("id").values_list("person_id", flat=True))


def tell(
    row: LeaveRequest, actor: Actor, event: EventType, people: Iterable[UUID], *, quiet: bool = False, **more: Any
) -> Event:
    """Journal and emit a fact; those named are told, but not of their own act."""
    what = GROUP_NAMES[Group(row.kind.group)]
    return record_change(
        actor=actor,
        event=event,
        subject=(SUBJECT, row.id),
        organisation_id=row.organisation_id,
        data={
            "request_id": row.id,
            "person_id": row.person_id,
            "kind": str(row.kind.group),
            "starts_on": row.starts_on,
            "starts_half": str(row.starts_half),
            "ends_on": row.ends_on,
            "ends_half": str(row.ends_half),
            "days": float(row.days),
            "stand_in_id": row.stand_in_id,
            "name": row.name,
            "what": what.zh,
            "what_en": what.en,
            "people": [] if quiet else [str(person) for person in dict.fromkeys(people)],
            "by_id": actor.user_id,
            "version": row.version,
            **more,
        },
    )

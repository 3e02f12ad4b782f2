"""What officials do about a bad rating: checked against the table, journalled, with its to-dos and deadlines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.accounts import selectors as accounts
from backend.journal.services import record
from backend.ratings.events import FEEDBACK_GIVEN, RECTIFICATION_CLOSED, RECTIFICATION_REOPENED
from backend.ratings.models import Rating, Rectification, RectificationStep
from backend.ratings.policies import policy_in_force
from backend.ratings.rules.life_cycle import HANDLERS, Parties, next_state
from backend.ratings.selectors import rectification_info, roles_at
from backend.ratings.services import rectifications as flow
from backend.ratings.services.common import facts
from backend.ratings.types import RatingError, RectificationInfo
from backend.ratings.types import RectificationAction as Action
from backend.ratings.types import RectificationState as State
from backend.workflow import services as workflow
from kernel import clock
from kernel.actors import Actor
from kernel.errors import CommonError, DomainError, FieldError, Text

_NEEDED = Text("请填写此项。", "Fill this in.")
_NOT_A_HANDLER = Text("请指派本单位的承办人员。", "Choose somebody who handles cases at this organisation.")


@dataclass(frozen=True, slots=True)
class Request:
    """An act with what it needs: a note for most, the assignee for `assign`, `is_complex` for what takes longer."""

    action: Action
    note: str = ""
    assignee_id: UUID | None = None
    is_complex: bool = False


@transaction.atomic
def act(
    *,
    actor: Actor,
    rectification_id: UUID,
    version: int,
    action: str,
    note: str = "",
    assignee_id: UUID | None = None,
    is_complex: bool = False,
) -> RectificationInfo:
    """Do the next step of making a bad rating good (domain.md 7.2).

    Raises RECTIFICATION_NOT_FOUND outside one's organisation, STALE with the current version, RECTIFICATION_STATE,
    RECTIFICATION_ROLE, SECOND_PERSON_NEEDED, RECTIFICATION_DETAIL naming what is missing.
    """
    request = Request(Action(action), note.strip(), assignee_id, is_complex)
    row = Rectification.objects.select_for_update().filter(pk=rectification_id).first()
    roles = roles_at(actor, accounts.path_of(row.organisation_id)) if row is not None else frozenset()
    if row is None or not roles:
        raise DomainError(RatingError.RECTIFICATION_NOT_FOUND)
    if row.version != version:
        raise DomainError(CommonError.STALE, extra={"current_version": row.version})
    before = State(row.state)
    after = next_state(before, request.action, roles, actor.user_id, Parties(row.assignee_id, row.claimant_id))
    _check(row, request)
    now = clock.now()
    row.state = after
    EFFECTS.get(request.action, _nothing)(row, request, actor, now)
    row.save_change(*_FIELDS, at=now)
    _note(actor, row, request, before, now)
    workflow.close_tasks(subject=flow.subject(row), by=actor, actor=actor)
    flow.open_task(row)
    _announce(row, request.action)
    return rectification_info(row, actor)


_FIELDS = (
    "state",
    "assignee_id",
    "claimant_id",
    "contact_due_on",
    "mend_due_on",
    "contacted_at",
    "verified_at",
    "mended_at",
    "closed_at",
)


def _check(row: Rectification, request: Request) -> None:
    faults = []
    if request.action is Action.ASSIGN:
        handlers = {person for role in HANDLERS for person in accounts.people_with_role(role, row.organisation_id)}
        if request.assignee_id not in handlers:
            faults.append(FieldError("/assignee_id", RatingError.DETAIL_NEEDED.code, _NOT_A_HANDLER))
    elif not request.note:
        faults.append(FieldError("/note", RatingError.DETAIL_NEEDED.code, _NEEDED))
    if faults:
        raise DomainError(RatingError.DETAIL_NEEDED, errors=faults)


def _nothing(row: Rectification, request: Request, actor: Actor, now: datetime) -> None:
    """The state says it all."""


def _assign(row: Rectification, request: Request, actor: Actor, now: datetime) -> None:
    row.assignee_id = request.assignee_id


def _contacted(row: Rectification, request: Request, actor: Actor, now: datetime) -> None:
    row.contacted_at = row.contacted_at or now
    workflow.close_deadlines(subject=flow.subject(row), kinds=[flow.CONTACT], actor=actor)


def _claim(row: Rectification, request: Request, actor: Actor, now: datetime) -> None:
    row.claimant_id = actor.user_id


def _mend(row: Rectification, request: Request, actor: Actor, now: datetime) -> None:
    policy = policy_in_force()
    row.verified_at = now
    row.mend_due_on = workflow.open_deadline(
        actor=actor,
        subject=flow.subject(row),
        kind=flow.MEND,
        start=clock.local(now).date(),
        limit=policy.complex_days if request.is_complex else policy.simple_days,
        organisation_id=row.organisation_id,
    )


def _mended(row: Rectification, request: Request, actor: Actor, now: datetime) -> None:
    row.mended_at = now
    workflow.close_deadlines(subject=flow.subject(row), kinds=[flow.MEND], actor=actor)


def _invalid(row: Rectification, request: Request, actor: Actor, now: datetime) -> None:
    """It stays stored and leaves the figures."""
    rating = Rating.objects.select_for_update().get(pk=row.rating_id)
    rating.invalid_at = now
    rating.save_change("invalid_at", at=now)
    _end(row, request, actor, now)


def _end(row: Rectification, request: Request, actor: Actor, now: datetime) -> None:
    row.closed_at = now
    workflow.close_deadlines(subject=flow.subject(row), actor=actor)


def _reopen(row: Rectification, request: Request, actor: Actor, now: datetime) -> None:
    row.mend_due_on, row.mended_at, row.assignee_id = None, None, None
    row.contact_due_on = flow.start_contact(row)


EFFECTS: dict[Action, Callable[[Rectification, Request, Actor, datetime], None]] = {
    Action.ASSIGN: _assign,
    Action.RECORD_CONTACT: _contacted,
    Action.CONFIRM_VALID: _mend,
    Action.CLAIM_INVALID: _claim,
    Action.CONFIRM_INVALID: _invalid,
    Action.REJECT_INVALID: _mend,
    Action.REPORT_MENDED: _mended,
    Action.CLOSE: _end,
    Action.REOPEN: _reopen,
}


def _note(actor: Actor, row: Rectification, request: Request, before: State, now: datetime) -> None:
    RectificationStep.objects.create(
        rectification=row,
        action=request.action,
        from_state=before,
        to_state=row.state,
        actor_id=actor.user_id,
        note=request.note or None,
        at=now,
    )
    record(
        actor=actor,
        action=f"rating.rectification.{request.action.value}",
        subject=flow.subject(row),
        organisation_id=row.organisation_id,
        data={"from": before.value, "to": str(row.state), "assignee_id": str(row.assignee_id or "")},
        private={"note": request.note} if request.note else None,
    )


def _announce(row: Rectification, action: Action) -> None:
    base = facts(row.rating.invitation)
    if action is Action.GIVE_FEEDBACK:
        flow.tell(row, FEEDBACK_GIVEN, base)
    elif action is Action.REOPEN:
        flow.tell(row, RECTIFICATION_REOPENED, base)
    elif action in {Action.CLOSE, Action.CONFIRM_INVALID}:
        flow.tell(row, RECTIFICATION_CLOSED, base, outcome=str(row.state))

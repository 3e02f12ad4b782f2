"""Moving along the item's fixed steps."""

from __future__ import annotations

from datetime import date

from backend.cases import events, rules
from backend.cases.models import Case
from backend.cases.services import common
from backend.cases.types import Action, ActRequest, CaseError
from backend.powers.types import PowerVersionInfo
from backend.workflow import services as workflow
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError


def enter_step(case: Case, actor: Actor, item: PowerVersionInfo, index: int, start: date) -> None:
    """Put the case before the post of a step: its state, its own limit, its to-do."""
    step = item.steps[index]
    case.step_index, case.step_role = index, step.role
    case.state = rules.state_at_step(index, [one.role for one in item.steps])
    due_on = case.due_on
    if step.limit_days:
        own = workflow.open_deadline(
            actor=actor,
            subject=("case", case.id),
            kind="step",
            start=start,
            limit=step.limit_days,
            organisation_id=case.organisation_id,
        )
        due_on = min(own, due_on) if due_on else own
    deciding = index == len(item.steps) - 1
    common.open_step_task(case, actor, common.DECIDE_TASK if deciding else common.REVIEW_TASK, step.role, due_on)


def leave_step(case: Case, actor: Actor) -> None:
    """Close the step's to-do and limit."""
    common.close_step_tasks(case, actor)
    workflow.close_deadlines(subject=("case", case.id), kinds=["step"], actor=actor)


def pass_step(actor: Actor, case: Case, request: ActRequest) -> None:
    """The step's opinion is positive; the next post takes over."""
    _move(actor, case, request, Action.PASS, case.step_index + 1)


def send_back(actor: Actor, case: Case, request: ActRequest) -> None:
    """Give the case back to the step before. Raises ACTION_NOT_ALLOWED at the first step."""
    _move(actor, case, request, Action.SEND_BACK, case.step_index - 1)


def _move(actor: Actor, case: Case, request: ActRequest, action: Action, target: int) -> None:
    item = common.power_of(case)
    if target not in rules.handling_steps([step.role for step in item.steps]):
        raise DomainError(CaseError.ACTION_NOT_ALLOWED, state=common.label_of(case))
    now = clock.now()
    left = item.steps[case.step_index]
    common.note_step(case, actor, action, now, opinion=request.opinion)
    leave_step(case, actor)
    enter_step(case, actor, item, target, clock.local(now).date())
    event = events.STEP_PASSED if action is Action.PASS else events.SENT_BACK
    fields = ("state", "step_index", "step_role")
    common.finish(case, actor, event, now, fields, step=left.name, next_step=item.steps[target].name)

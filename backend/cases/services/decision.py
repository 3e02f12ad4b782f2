"""The decision and what follows: grant or deny, deliver, close."""

from __future__ import annotations

from backend.cases import events, policies, rules
from backend.cases.models import Case
from backend.cases.services import common
from backend.cases.services.steps import leave_step
from backend.cases.types import (
    OUTCOME_LABELS,
    Action,
    ActRequest,
    CaseError,
    CaseState,
    DeliveryMethod,
    NoticeKind,
    Outcome,
)
from backend.workflow import services as workflow
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError

METHOD_NAMES = {
    DeliveryMethod.ON_THE_SPOT: "当场",
    DeliveryMethod.COUNTER: "窗口领取",
    DeliveryMethod.POST: "邮寄",
    DeliveryMethod.ELECTRONIC: "电子送达",
}


def grant(actor: Actor, case: Case, request: ActRequest) -> None:
    """Grant what was applied for."""
    text = [f"您申请的“{case.power_name}”，经审查符合法定条件，决定准予。", f"决定意见：{request.opinion.strip()}"]
    _decide(actor, case, request, Action.GRANT, text)


def deny(actor: Actor, case: Case, request: ActRequest) -> None:
    """Deny, with reasons, the article it rests on, and the remedies (Administrative Licensing Law Art. 38)."""
    text = [
        f"您申请的“{case.power_name}”，决定{_denied(case)}。理由：{request.opinion.strip()}",
        f"依据：{request.legal_basis.strip()}",
        common.power_of(case).remedy_text,
    ]
    _decide(actor, case, request, Action.DENY, text)


def _denied(case: Case) -> str:
    return "不予许可" if common.power_of(case).type_code == rules.LICENCE else "不予办理"


def _decide(actor: Actor, case: Case, request: ActRequest, action: Action, text: list[str]) -> None:
    _check_two_people(actor, case)
    now = clock.now()
    granted = action is Action.GRANT
    outcome = Outcome.GRANTED if granted else Outcome.DENIED
    item = common.power_of(case)
    common.note_step(case, actor, action, now, opinion=request.opinion, legal_basis=request.legal_basis)
    leave_step(case, actor)
    workflow.close_deadlines(subject=("case", case.id), kinds=list(common.CLOCKS), actor=actor)
    case.state = CaseState.APPROVED if granted else CaseState.DENIED
    case.outcome, case.decided_at = outcome, now
    common.issue_notice(case, NoticeKind.GRANT if granted else NoticeKind.DENIAL, text, now)
    today = clock.local(now).date()
    due_on = workflow.open_deadline(
        actor=actor,
        subject=("case", case.id),
        kind="delivery",
        start=today,
        limit=policies.value(policies.DELIVERY_DAYS, today),
        organisation_id=case.organisation_id,
    )
    common.open_step_task(case, actor, "case.deliver", rules.WINDOW_CLERK, due_on)
    common.finish(
        case,
        actor,
        events.GRANTED if granted else events.DENIED,
        now,
        ("state", "outcome", "decided_at"),
        outcome_label=OUTCOME_LABELS[outcome].zh,
        result_name=item.result_name or "决定书",
    )


def _check_two_people(actor: Actor, case: Case) -> None:
    if case.steps.filter(action=Action.PASS, actor_id=actor.user_id).exists():
        raise DomainError(CaseError.SAME_PERSON)


def deliver(actor: Actor, case: Case, request: ActRequest) -> None:
    """Note how the result reached the applicant; that closes the case (Art. 44)."""
    now = clock.now()
    method = DeliveryMethod(request.delivery_method or DeliveryMethod.COUNTER)
    result = common.power_of(case).result_name or "决定书"
    common.note_step(case, actor, Action.DELIVER, now, opinion=request.opinion, method=method.value)
    common.close_step_tasks(case, actor)
    workflow.close_deadlines(subject=("case", case.id), actor=actor)
    text = [f"“{case.power_name}”的{result}已于{clock.local(now):%Y年%m月%d日}送达，方式：{METHOD_NAMES[method]}。"]
    common.issue_notice(case, NoticeKind.DELIVERY, text, now)
    case.state, case.closed_at = CaseState.CLOSED, now
    common.finish(case, actor, events.DELIVERED, now, ("state", "closed_at"), result_name=result, method=method.value)
    outcome = Outcome(case.outcome)
    common.tell(case, actor, events.CLOSED, now, outcome=outcome.value, outcome_label=OUTCOME_LABELS[outcome].zh)

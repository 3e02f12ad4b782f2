"""Time that is not counted, and more time (Administrative Licensing Law Art. 45 and 42)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from backend.cases import events, policies, rules
from backend.cases.models import Case
from backend.cases.services import common
from backend.cases.types import Action, ActRequest, CaseError, CaseState, NoticeKind
from backend.workflow import selectors as clocks
from backend.workflow import services as workflow
from backend.workflow.types import DeadlineInfo, DeadlineState
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError, FieldError, Text

PROCEDURE_NAMES = {
    "hearing": "听证",
    "tender": "招标",
    "auction": "拍卖",
    "inspection": "检验",
    "testing": "检测",
    "quarantine": "检疫",
    "appraisal": "鉴定",
    "expert_review": "专家评审",
}
_TOO_LONG = Text("最多延长 {limit} 个工作日。", "At most {limit} working days.")


def suspend(actor: Actor, case: Case, request: ActRequest) -> None:
    """Stop the clock for one of the eight special procedures and tell the applicant in writing how long it takes.

    Each kind stops it once. Raises PROCEDURE_REPEATED, PAUSE_TOO_LATE.
    """
    now = clock.now()
    name = PROCEDURE_NAMES[request.procedure]
    if case.steps.filter(action=Action.SUSPEND, facts__procedure=request.procedure).exists():
        raise DomainError(CaseError.PROCEDURE_REPEATED, name=name)
    article = _cited(case, "第四十五条")
    notice = common.issue_notice(
        case,
        NoticeKind.SPECIAL_PROCEDURE,
        [f"办理“{case.power_name}”需进行{name}，所需{request.planned_days}个工作日不计入办理期限{article}。",
         f"说明：{request.opinion.strip()}"],
        now,
    )  # fmt: skip
    due = workflow.pause_deadlines(
        subject=("case", case.id),
        kinds=_kinds(case, lambda one: one.state is DeadlineState.RUNNING and not (one.kind == "step" and one.overdue)),
        start=clock.local(now).date(),
        planned_days=request.planned_days,
        procedure=request.procedure,
        notice_number=notice.number,
        legal_basis="行政许可法第四十五条",
        reason=name,
        actor=actor,
    )
    common.note_step(case, actor, Action.SUSPEND, now, opinion=request.opinion, procedure=request.procedure)
    case.state_before_pause, case.state, case.due_on = case.state, CaseState.SPECIAL_PROCEDURE, due[0]
    until = clocks.due_date(clock.local(now).date(), request.planned_days)
    common.move_step_task(case, actor, "case.resume", case.step_role, until)
    fields = ("state_before_pause", "state", "due_on")
    common.finish(
        case, actor, events.SUSPENDED, now, fields, reason=name, planned_days=request.planned_days, due_on=due[0]
    )


def resume(actor: Actor, case: Case, request: ActRequest) -> None:
    """The special procedure is over; the clock runs again."""
    now = clock.now()
    due = workflow.resume_deadlines(
        subject=("case", case.id),
        kinds=_kinds(case, lambda one: one.state is DeadlineState.PAUSED),
        end=clock.local(now).date(),
        actor=actor,
    )
    common.note_step(case, actor, Action.RESUME, now, opinion=request.opinion)
    case.state, case.state_before_pause, case.due_on = case.state_before_pause, "", due[0]
    common.move_step_task(case, actor, _step_task(case), case.step_role, min(due))
    common.finish(case, actor, events.RESUMED, now, ("state", "state_before_pause", "due_on"), due_on=due[0])


def extend(actor: Actor, case: Case, request: ActRequest) -> None:
    """More time, once, before the due date, approved by who decides, reasons told to the applicant (Art. 42)."""
    now = clock.now()
    limit = policies.value(policies.EXTENSION_DAYS, clock.local(now).date())
    if not 1 <= request.extension_days <= limit:
        fault = FieldError("/extension_days", "max_value", _TOO_LONG, {"limit": limit})
        raise DomainError(CaseError.FIELD_NEEDED, errors=[fault])
    due = {
        kind: workflow.extend_deadline(
            actor=actor,
            subject=("case", case.id),
            kind=kind,
            days=request.extension_days,
            reason=request.opinion,
            legal_basis="行政许可法第四十二条",
        )
        for kind in ("promise", "legal")
    }
    common.note_step(case, actor, Action.EXTEND, now, opinion=request.opinion, days=request.extension_days)
    case.due_on = due["promise"]
    common.move_step_task(case, actor, _step_task(case), case.step_role, _nearest(case))
    common.issue_notice(
        case,
        NoticeKind.EXTENSION,
        [f"“{case.power_name}”的办理期限经批准延长{request.extension_days}个工作日，"
         f"至{case.due_on:%Y年%m月%d日}止{_cited(case, '第四十二条')}。", f"理由：{request.opinion.strip()}"],
        now,
    )  # fmt: skip
    common.finish(
        case, actor, events.EXTENDED, now, ("due_on",), extension_days=request.extension_days, due_on=case.due_on
    )


def _step_task(case: Case) -> str:
    return common.DECIDE_TASK if case.state == CaseState.PENDING_DECISION else common.REVIEW_TASK


def _kinds(case: Case, wanted: Callable[[DeadlineInfo], bool]) -> list[str]:
    """Of the limits that run for the decision those wanted. A step that is late already does not bar the procedure."""
    found = {one.kind for one in clocks.deadlines(("case", case.id), only_open=True) if wanted(one)}
    return [kind for kind in common.CLOCKS if kind in found]


def _nearest(case: Case) -> date:
    running = clocks.deadlines(("case", case.id), only_open=True)
    return min(one.due_on for one in running if one.kind in common.CLOCKS)


def _cited(case: Case, article: str) -> str:
    return rules.cited(common.power_of(case).type_code, article)

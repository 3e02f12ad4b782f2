"""The agency's first answer: accept, ask once for everything, or refuse; or accepted by law when it stays silent."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from backend.cases import events, rules
from backend.cases.models import Case
from backend.cases.services import common
from backend.cases.services.steps import enter_step
from backend.cases.types import Action, ActRequest, CaseError, CaseState, NoticeKind, Outcome
from backend.powers.types import PowerVersionInfo
from backend.workflow import services as workflow
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError
from kernel.events import EventType

UNIT_NAMES = {"wd": "个工作日", "cd": "日"}


def accept(actor: Actor, case: Case, request: ActRequest) -> None:
    """Accept; the promised and the legal limit begin to run from today."""
    _begin_handling(actor, case, Action.ACCEPT, clock.today(), events.ACCEPTED, request.opinion)


@transaction.atomic
def deem_accepted(*, actor: Actor, case_id: UUID, received_on: date) -> bool:
    """Accepted from the day of receipt because no answer came in time (Administrative Licensing Law Art. 32).

    Returns False when the agency answered meanwhile.
    """
    case = Case.objects.select_for_update().get(pk=case_id)
    if CaseState(case.state) not in rules.RULES[Action.DEEM_ACCEPTED].states or case.received_on != received_on:
        return False
    common.take_turn(case)
    _begin_handling(actor, case, Action.DEEM_ACCEPTED, received_on, events.DEEMED_ACCEPTED, "")
    return True


def _begin_handling(actor: Actor, case: Case, action: Action, start: date, event: EventType, opinion: str) -> None:
    now = clock.now()
    item = common.power_of(case)
    common.note_step(case, actor, action, now, opinion=opinion, accepted_on=start.isoformat())
    common.close_step_tasks(case, actor)
    workflow.close_deadlines(subject=("case", case.id), kinds=[common.NOTICE_CLOCK], actor=actor)
    case.accepted_on = start
    case.due_on = _open_clocks(case, actor, start)
    enter_step(case, actor, item, rules.handling_steps([step.role for step in item.steps])[0], start)
    common.issue_notice(case, NoticeKind.ACCEPTANCE, _accepted_text(case, item, action, start), now)
    fields = ("accepted_on", "due_on", "state", "step_index", "step_role")
    common.finish(case, actor, event, now, fields, due_on=case.due_on, accepted_on=start)


def _accepted_text(case: Case, item: PowerVersionInfo, action: Action, start: date) -> list[str]:
    sent = clock.local(case.submitted_at or clock.now())
    why = "材料齐全、符合法定形式，" if action is Action.ACCEPT else "逾期未告知需要补正的内容，视为"
    promised = f"{item.promised_limit}{UNIT_NAMES[str(item.promised_unit)]}"
    return [
        f"您于{sent:%Y年%m月%d日}提交的“{case.power_name}”申请，"
        f"{why}自{start:%Y年%m月%d日}起受理{rules.cited(item.type_code, '第三十二条')}。",
        f"承诺办结时限{promised}，至{case.due_on:%Y年%m月%d日}止。",
    ]


def _open_clocks(case: Case, actor: Actor, start: date) -> date:
    item = common.power_of(case)
    limits = {"promise": (item.promised_limit, item.promised_unit), "legal": (item.legal_limit, item.legal_unit)}
    due = {
        kind: workflow.open_deadline(
            actor=actor,
            subject=("case", case.id),
            kind=kind,
            start=start,
            limit=limit,
            unit=str(unit),
            organisation_id=case.organisation_id,
        )
        for kind, (limit, unit) in limits.items()
    }
    return due["promise"]


def request_supplement(actor: Actor, case: Case, request: ActRequest) -> None:
    """Tell the applicant, once and everything at once, what to add. Raises SECOND_SUPPLEMENT."""
    if case.supplement_count:
        raise DomainError(CaseError.SECOND_SUPPLEMENT)
    now = clock.now()
    items = [item.strip() for item in request.items if item.strip()]
    common.note_step(case, actor, Action.REQUEST_SUPPLEMENT, now, opinion=request.opinion, items=items)
    common.close_step_tasks(case, actor)
    workflow.close_deadlines(subject=("case", case.id), kinds=[common.NOTICE_CLOCK], actor=actor)
    case.state, case.supplement_count, case.supplement_items = CaseState.SUPPLEMENT_REQUIRED, 1, items
    numbered = [f"{number}. {item}" for number, item in enumerate(items, start=1)]
    common.issue_notice(
        case,
        NoticeKind.SUPPLEMENT,
        [f"您申请的“{case.power_name}”需补正以下全部内容{_article(case, '第三十二条')}：", *numbered],
        now,
    )
    fields = ("state", "supplement_count", "supplement_items")
    common.finish(case, actor, events.SUPPLEMENT_REQUESTED, now, fields, items_count=len(items))


def _article(case: Case, article: str) -> str:
    return rules.cited(common.power_of(case).type_code, article)


def refuse_acceptance(actor: Actor, case: Case, request: ActRequest) -> None:
    """Refuse to accept, with reasons, the article it rests on and what one can do about it."""
    now = clock.now()
    common.note_step(
        case, actor, Action.REFUSE_ACCEPTANCE, now, opinion=request.opinion, legal_basis=request.legal_basis
    )
    common.close_step_tasks(case, actor)
    workflow.close_deadlines(subject=("case", case.id), actor=actor)
    case.state, case.outcome, case.closed_at = CaseState.NOT_ACCEPTED, Outcome.NOT_ACCEPTED, now
    common.issue_notice(
        case,
        NoticeKind.REFUSAL,
        [
            f"您申请的“{case.power_name}”不予受理。理由：{request.opinion.strip()}",
            f"依据：{request.legal_basis.strip()}",
            common.power_of(case).remedy_text,
        ],
        now,
    )
    common.finish(case, actor, events.ACCEPTANCE_REFUSED, now, ("state", "outcome", "closed_at"))

"""A case told as a story: to its applicant, to officials, to anybody with number and query code."""

from __future__ import annotations

from collections.abc import Mapping

from backend.cases import rules
from backend.cases.models import Case, CaseStep
from backend.cases.types import Action, CaseState, Progress, TimelineEntry
from backend.powers.types import PowerVersionInfo
from backend.workflow import selectors as clocks
from backend.workflow.types import DeadlineState
from kernel.errors import Text

TITLES: Mapping[str, Text] = {
    Action.SUBMIT: Text("提交申请", "Application handed in"),
    Action.SUPPLEMENT: Text("提交补正", "Documents added"),
    Action.WITHDRAW: Text("撤回申请", "Application withdrawn"),
    Action.ACCEPT: Text("受理", "Accepted"),
    Action.DEEM_ACCEPTED: Text("视为受理", "Accepted by law"),
    Action.REQUEST_SUPPLEMENT: Text("一次性告知补正", "Documents asked for, all at once"),
    Action.REFUSE_ACCEPTANCE: Text("不予受理", "Not accepted"),
    Action.PASS: Text("审查通过", "Review passed"),
    Action.SEND_BACK: Text("退回上一环节", "Sent back to the step before"),
    Action.GRANT: Text("决定：准予", "Decision: granted"),
    Action.DENY: Text("决定：不予许可", "Decision: denied"),
    Action.SUSPEND: Text("启动特别程序", "Special procedure begun"),
    Action.RESUME: Text("特别程序结束", "Special procedure ended"),
    Action.EXTEND: Text("延长期限", "Limit extended"),
    Action.DELIVER: Text("送达并办结", "Delivered and closed"),
}
INTERNAL = frozenset({Action.PASS, Action.SEND_BACK})


def timeline(
    case: Case, item: PowerVersionInfo, language: str, *, newest_first: bool, for_officials: bool
) -> list[TimelineEntry]:
    """What happened, and what is still to come. Opinions inside the agency are for officials only."""
    past = [_told(step, language, for_officials=for_officials) for step in case.steps.order_by("at", "id")]
    entries = past + _to_come(case, item, language)
    return entries[::-1] if newest_first else entries


def _told(step: CaseStep, language: str, *, for_officials: bool) -> TimelineEntry:
    hidden = step.action in INTERNAL and not for_officials
    title = TITLES[step.action].render(language)
    return TimelineEntry(
        kind=step.action,
        title=f"{step.step_name}：{title}" if for_officials and _says_more(step) else title,
        at=step.at,
        who=step.actor_name if for_officials else "",
        opinion="" if hidden else step.opinion or "",
    )


def _says_more(step: CaseStep) -> bool:
    """Whether the name of the step tells officials more than the act itself."""
    by_officials = rules.RULES[Action(step.action)].by not in {rules.CITIZEN, rules.SYSTEM}
    return bool(step.step_name) and by_officials and step.step_name not in TITLES[step.action].zh


def _to_come(case: Case, item: PowerVersionInfo, language: str) -> list[TimelineEntry]:
    state = CaseState(case.state)
    if state in rules.FINAL or state is CaseState.DRAFT:
        return []
    if state in {CaseState.APPROVED, CaseState.DENIED}:
        return [_awaited(Action.DELIVER, language)]
    waiting = [] if case.accepted_on else [_awaited(Action.ACCEPT, language)]
    begun = case.step_index if case.accepted_on else rules.handling_steps([s.role for s in item.steps])[0]
    steps = [TimelineEntry(s.code, s.name, None, usual_days=s.limit_days or None) for s in item.steps[begun:]]
    return [*waiting, *steps, _awaited(Action.DELIVER, language)]


def _awaited(action: Action, language: str) -> TimelineEntry:
    return TimelineEntry(action, TITLES[action].render(language), None)


def progress(case: Case, item: PowerVersionInfo, language: str) -> Progress:
    """The public view: state, days used and left, whose clock runs, the story without people or opinions."""
    running = clocks.deadlines(("case", case.id), only_open=True)
    chosen = next((one for one in running if one.kind in {"promise", "notice"}), None)
    plain = [
        TimelineEntry(entry.kind, entry.title, entry.at, usual_days=entry.usual_days)
        for entry in timeline(case, item, language, newest_first=False, for_officials=False)
    ]
    return Progress(
        case_no=case.case_no or "",
        power_name=case.power_name,
        organisation_name=case.organisation_name,
        state=case.state,
        received_on=case.received_on,
        due_on=chosen.due_on if chosen else case.due_on,
        elapsed=chosen.elapsed if chosen else None,
        remaining=chosen.remaining if chosen else None,
        clock=_whose(case, chosen.state if chosen else None),
        timeline=tuple(plain),
    )


def _whose(case: Case, state: DeadlineState | None) -> str:
    """Whose clock runs: the agency's, the applicant's, stopped for a special procedure, or nobody's."""
    if case.state == CaseState.SUPPLEMENT_REQUIRED:
        return "applicant"
    if state is DeadlineState.PAUSED:
        return "special_procedure"
    return "agency" if state is DeadlineState.RUNNING else "none"

"""An order told as a story: to those who asked, to units, to the hotline; with who holds it and whose clock runs."""

from __future__ import annotations

from collections.abc import Mapping

from backend.inquiries.models import Order, OrderClock, OrderEntry
from backend.inquiries.rules import states
from backend.inquiries.services.clocks import WHOSE
from backend.inquiries.services.common import PART, SUBJECT
from backend.inquiries.types import Action, ClockInfo, Side, State, StoryLine
from backend.workflow import selectors as working_days
from backend.workflow.types import DeadlineInfo
from kernel import clock
from kernel.errors import Text

TITLES: Mapping[str, Text] = {
    Action.REGISTER: Text("诉求登记", "Registered"),
    Action.CLASSIFY: Text("调整分类", "Classified anew"),
    Action.PASS_CENTRE: Text("转其他热线中心", "Passed to another centre"),
    Action.ANSWER_DIRECTLY: Text("直接解答", "Answered on the spot"),
    Action.DISPATCH: Text("派单", "Dispatched"),
    Action.ADD_ASSIST: Text("增加协办单位", "Assisting unit added"),
    Action.SIGN: Text("签收", "Signed for"),
    Action.CONTACT: Text("联系诉求人", "The citizen was contacted"),
    Action.GIVE_OPINION: Text("协办意见", "Opinion of an assisting unit"),
    Action.REQUEST_RETURN: Text("申请退单", "Return asked for"),
    Action.APPROVE_RETURN: Text("同意退单，改派", "Return approved, given to another unit"),
    Action.REJECT_RETURN: Text("退单未予同意", "Return refused"),
    Action.REQUEST_EXTENSION: Text("申请延期", "Extension asked for"),
    Action.APPROVE_EXTENSION: Text("同意延期", "Extended"),
    Action.REFUSE_EXTENSION: Text("延期未予同意", "Extension refused"),
    Action.SUBMIT_REPLY: Text("答复送签", "Answer sent for signature"),
    Action.SIGN_OFF: Text("领导签批，单位办结", "Signed by the leader: the unit says done"),
    Action.REFUSE_SIGN_OFF: Text("领导退回", "Sent back by the leader"),
    Action.PASS_REVIEW: Text("答复诉求人", "The answer went to the citizen"),
    Action.SEND_BACK: Text("审核退回", "Sent back by the hotline"),
    Action.CALL_BACK: Text("回访", "Call-back"),
    Action.SAY: Text("诉求人评价", "The citizen's word"),
    Action.URGE: Text("催办", "Asked again"),
    Action.MERGE: Text("并单", "Merged"),
    Action.CANCEL: Text("销单", "Cancelled"),
    Action.TRANSFER: Text("转送", "Passed on"),
    Action.REOPEN: Text("重新打开", "Reopened"),
    Action.ARCHIVE: Text("归档", "Archived"),
    Action.JOIN: Text("有人反映同一问题", "Somebody else has the same matter"),
    Action.ADD_FILE: Text("补充附件", "File added"),
}
TO_CALLER: Mapping[str, Text] = {
    Action.REGISTER: Text("12345 已收到", "12345 has it"),
    Action.DISPATCH: Text("交给承办单位", "Given to the unit in charge"),
    Action.SIGN: Text("承办单位已签收", "The unit has signed for it"),
    Action.CONTACT: Text("承办单位联系了您", "The unit has contacted you"),
    Action.PASS_REVIEW: Text("已答复", "Answered"),
    Action.CALL_BACK: Text("电话回访", "Call-back"),
    Action.SAY: Text("您作了评价", "You said how it went"),
    Action.URGE: Text("您催办", "You asked again"),
    Action.REOPEN: Text("您要求重新办理", "You had it opened again"),
    Action.CANCEL: Text("不再办理", "Cancelled"),
    Action.TRANSFER: Text("转送其他渠道", "Passed to another channel"),
}
SIDES = {
    "caller": (Side.ALL,),
    "follower": (Side.ALL,),
    "unit": (Side.ALL, Side.OFFICIALS),
    "centre": (Side.ALL, Side.OFFICIALS, Side.CENTRE),
}
OUTSIDE = frozenset({"caller", "follower"})
FACTS = ("number", "days", "tries", "count", "reason", "solved", "satisfied", "contacted", "via", "into")


def story(order: Order, language: str, *, reader: str) -> list[StoryLine]:
    """What happened, oldest first, as far as `reader` (caller, follower, unit, centre) may know."""
    rows = order.entries.filter(side__in=SIDES[reader]).order_by("at", "id")
    return [_line(row, language, reader, protected=order.is_protected) for row in rows]


def _line(row: OrderEntry, language: str, reader: str, *, protected: bool) -> StoryLine:
    spoken = row.action in {Action.SAY, Action.URGE, Action.REOPEN, Action.JOIN, Action.CALL_BACK}
    silent = reader == "follower" or (reader == "unit" and protected)
    note = "" if spoken and silent else row.note or ""
    own_titles = TO_CALLER if reader == "caller" else {}
    return StoryLine(
        kind=row.action,
        title=own_titles.get(row.action, TITLES[row.action]).render(language),
        at=row.at,
        who=row.unit_name or ("" if reader in OUTSIDE else row.actor_name),
        note="" if _is_internal(row.action, reader) else note,
        facts={name: row.facts[name] for name in FACTS if name in row.facts},
    )


def _is_internal(action: str, reader: str) -> bool:
    """Whether a remark stays inside: a dispatcher's or signer's to outsiders, a reviewer's to all but the hotline."""
    if action == Action.PASS_REVIEW:
        return reader != "centre"
    return reader in OUTSIDE and action in {Action.DISPATCH, Action.SIGN}


def clocks_of(order: Order) -> list[ClockInfo]:
    """The limits of an order and of its units, open ones first, by due time."""
    found = [_of_days(one, "") for one in working_days.deadlines((SUBJECT, order.id))]
    for part in order.assignments.filter(part="assist"):
        found += [_of_days(one, part.unit_name) for one in working_days.deadlines((PART, part.id))]
    rows = OrderClock.objects.filter(order=order).select_related("assignment")
    found += [_of_hours(row) for row in rows]
    return sorted(found, key=lambda one: (one.closed_at is not None, one.due_at))


def _of_days(one: DeadlineInfo, unit_name: str) -> ClockInfo:
    closed = None
    if one.closed_on is not None:
        closed = one.due_at.replace(year=one.closed_on.year, month=one.closed_on.month, day=one.closed_on.day)
    return ClockInfo(one.kind, one.due_at, closed, one.overdue, WHOSE.get(one.kind, _whose(one.kind)), unit_name)


def _of_hours(row: OrderClock) -> ClockInfo:
    until = row.closed_at or clock.now()
    name = row.assignment.unit_name if row.assignment else ""
    return ClockInfo(
        row.kind, row.due_at, row.closed_at, until > row.due_at, WHOSE.get(row.kind, _whose(row.kind)), name
    )


def _whose(kind: str) -> str:
    return "centre" if kind in {"review", "decide_return", "accept"} else "unit"


def whose_clock(order: Order) -> str:
    """Whose clock runs now: unit, centre, caller or none."""
    return states.waiting_for(State(order.state))

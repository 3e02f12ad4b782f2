"""Values of leave: kinds, states, refusals. No Django here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from kernel.errors import ErrorCode, Text, error


class Group(StrEnum):
    """What attendance and schedules know of an absence; the reason is nobody else's business."""

    LEAVE = "leave"
    TRIP = "trip"
    OUTING = "outing"


class Unit(StrEnum):
    """In which days a kind is counted."""

    WORKING_DAYS = "wd"
    CALENDAR_DAYS = "cd"


class Half(StrEnum):
    """Half of a day."""

    AM = "am"
    PM = "pm"


class LeaveState(StrEnum):
    """Where a request stands."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    RETURNED = "returned"


STANDING = (LeaveState.ASKED, LeaveState.GRANTED, LeaveState.RETURNED)
STATE_NAMES = {
    LeaveState.ASKED: Text("待审批", "waiting for a decision"),
    LeaveState.GRANTED: Text("已批准", "granted"),
    LeaveState.REFUSED: Text("未批准", "refused"),
    LeaveState.WITHDRAWN: Text("已撤回", "withdrawn"),
    LeaveState.CANCELLED: Text("已取消", "cancelled"),
    LeaveState.RETURNED: Text("已销假", "back at work"),
}
GROUP_NAMES = {
    Group.LEAVE: Text("请假", "On leave"),
    Group.TRIP: Text("出差", "On a trip"),
    Group.OUTING: Text("外出", "Out of office"),
}


class LeaveError(ErrorCode):
    """Refusals of leave."""

    NOT_FOUND = error(
        "leave_not_found",
        404,
        zh=("没有找到申请", "申请不存在，或您不能查看。"),
        en=("No such request", "It does not exist, or is not for you to see."),
    )
    KIND_UNKNOWN = error(
        "leave_kind_unknown",
        422,
        zh=("没有这种假别", "请从列表中选择假别。"),
        en=("No such kind", "Choose a kind of the list."),
    )
    NOT_YOURS = error(
        "leave_not_yours",
        403,
        zh=("只有申请人可以办理", "请由申请人本人办理。"),
        en=("Only who asked may do this", "Please ask the person concerned."),
    )
    OWN = error(
        "leave_own_request",
        403,
        zh=("不能审批自己的申请", "请由上级或其他负责人审批。"),
        en=("Nobody decides the own request", "Somebody else has to decide."),
    )
    ALREADY_DECIDED_BY_YOU = error(
        "leave_decided_by_you",
        403,
        zh=("您已审批过这个申请", "下一级须由另一位负责人审批。"),
        en=("You have decided it once", "The next decision is somebody else's."),
    )
    NO_APPROVER = error(
        "leave_no_approver",
        409,
        zh=("没有可以审批的负责人", "您的单位和上级单位都没有审批负责人，请联系系统管理员。"),
        en=("Nobody can decide", "Neither your unit nor those above have a head. Ask the system manager."),
    )
    BAD_SPAN = error(
        "leave_bad_span",
        422,
        zh=("起止时间不正确", "结束不得早于开始；只有允许半天的假别可以请半天。"),
        en=("Wrong days", "The end must not come before the start; half days only where the kind allows them."),
    )
    NOT_TIMELY = error(
        "leave_not_timely",
        422,
        zh=("申请时间不在允许范围", "补办须在开始后{back}天内，最早可提前{ahead}天申请。"),
        en=("Not in time", "Ask within {back} days after the start and at most {ahead} days ahead."),
    )
    NOTHING_COUNTED = error(
        "leave_no_days",
        422,
        zh=("这段时间没有工作日", "这段时间都是休息日，不需要请假。"),
        en=("No working days", "All of these days are free anyway; there is no need to ask."),
    )
    TOO_LONG = error(
        "leave_too_long",
        422,
        zh=("超过最长天数", "这种假一次最多{most}天，您申请了{days}天。"),
        en=("Too long", "This kind is {most} days at most; you asked for {days}."),
    )
    OVERLAP = error(
        "leave_overlap",
        409,
        zh=("与已有申请重叠", "您在{from_on}至{to_on}已有申请。"),
        en=("It overlaps", "You have a request from {from_on} to {to_on} already."),
    )
    BALANCE = error(
        "leave_balance_short",
        409,
        zh=("剩余天数不足", "{year}年剩余{left}天，本次需要{days}天。"),
        en=("Not enough days left", "{left} days are left in {year}; this takes {days}."),
    )
    BARRED = error(
        "leave_annual_barred",
        409,
        zh=("本年度不享受年休假", "{year}年{why}，按《职工带薪年休假条例》第四条不享受当年年休假。"),
        en=("No annual leave this year", "In {year}: {why_en}; see article 4 of Decree 514."),
    )
    CAREER_UNKNOWN = error(
        "leave_career_unknown",
        409,
        zh=("没有登记参加工作时间", "年休假天数按工作年限核定，请联系单位系统管理员登记。"),
        en=("The start of work is not on record", "Annual leave depends on it. Ask the system manager to enter it."),
    )
    PAPER_MISSING = error(
        "leave_paper_missing",
        409,
        zh=("缺少证明材料", "这种假须提交证明材料，请申请人补充后再批准。"),
        en=("A paper is missing", "This kind needs a proof; it is granted once the person has added it."),
    )
    DESTINATION_MISSING = error(
        "leave_destination_missing",
        422,
        zh=("请填写去向", "须写明目的地。"),
        en=("Say where you go", "A destination is needed."),
    )
    STAND_IN = error(
        "leave_stand_in",
        422,
        zh=("不能请这位同志代理", "代理人须是在职工作人员，不能是本人，且当时在岗。"),
        en=("This person cannot stand in", "It must be another official who is at work then."),
    )
    COMMENT_MISSING = error(
        "leave_comment_missing",
        422,
        zh=("请填写理由", "不同意须说明理由。"),
        en=("Say why", "A refusal needs a reason."),
    )
    STATE = error(
        "leave_wrong_state",
        409,
        zh=("现在不能这样办理", "申请的状态已经变化，请刷新后再看。"),
        en=("Not now", "The request has moved on; look at it again."),
    )
    BEGUN = error(
        "leave_begun",
        409,
        zh=("假期已经开始", "不能取消，请在返岗后销假。"),
        en=("It has begun", "It cannot be cancelled; report back when you return."),
    )
    NOT_BEGUN = error(
        "leave_not_begun",
        409,
        zh=("假期还没有开始", "如不再需要，请取消。"),
        en=("It has not begun", "Cancel it if you do not need it."),
    )
    RETURN_DAY = error(
        "leave_return_day",
        422,
        zh=("返岗时间不正确", "返岗须在假期开始之后、不晚于今天；提前返岗须在{back}天内销假。"),
        en=("Wrong day of return", "After the start, not after today; an early return is told within {back} days."),
    )
    FILES_FULL = error(
        "leave_files_full",
        409,
        zh=("材料已满", "一次申请最多{most}份材料。"),
        en=("No more files", "A request holds {most} files at most."),
    )
    PERSON_UNKNOWN = error(
        "leave_person_unknown",
        404,
        zh=("没有这位工作人员", "不在您管理的单位中。"),
        en=("No such official", "Not in a unit that you manage."),
    )
    UNIT_NOT_FOUND = error(
        "leave_unit_not_found",
        404,
        zh=("没有找到单位", "请核对单位，或确认您属于该单位。"),
        en=("No such unit", "It does not exist, or is not yours."),
    )


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """A half of a day, in order of time."""

    day: date
    half: Half


@dataclass(frozen=True, slots=True)
class Step:
    """From so many full years of work on, so many days a year; barred above so many days of sick leave."""

    years: int
    days: Decimal
    sick_days: int


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules in force."""

    back_days: int
    ahead_days: int
    return_back_days: int
    answer_workdays: int
    personal_days: int
    max_files: int
    max_file_mb: int


@dataclass(frozen=True, slots=True)
class BalanceInfo:
    """A person's days of a kind in a year. `used` holds what waits for a decision too, `waiting` is that part."""

    kind: str
    year: int
    granted: Decimal
    carried: Decimal
    used: Decimal
    waiting: Decimal
    known: bool

    @property
    def left(self) -> Decimal:
        """What can still be asked for."""
        return self.granted + self.carried - self.used


@dataclass(frozen=True, slots=True)
class AwayInfo:
    """What colleagues see: that somebody is away, and until when."""

    person_id: UUID
    name: str
    group: Group
    until: date
    until_half: Half
    stand_in_name: str

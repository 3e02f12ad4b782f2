"""Values of attendance: halves of a day, punches, marks, states, refusals. No Django here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from kernel.errors import ErrorCode, Text, error


class Half(StrEnum):
    """Half of a working day (上午, 下午)."""

    AM = "am"
    PM = "pm"


class PunchKind(StrEnum):
    """Coming or going (签到, 签退)."""

    IN = "in"
    OUT = "out"


class Where(StrEnum):
    """All that is kept of a position: inside a place of the unit, outside of them, or not told."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


class AbsenceKind(StrEnum):
    """Why somebody is rightly away: leave (请假), trip (出差), outing (外出)."""

    LEAVE = "leave"
    TRIP = "trip"
    OUTING = "outing"


class Mark(StrEnum):
    """What stands beside a day on the sheet."""

    LATE = "late"
    EARLY = "early"
    ABSENT = "absent"
    LEAVE = "leave"
    TRIP = "trip"
    OUTING = "outing"
    REST = "rest"
    CORRECTED = "corrected"


class SheetState(StrEnum):
    """Where a month's sheet stands."""

    OPEN = "open"
    SHOWN = "shown"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"


class CorrectionState(StrEnum):
    """Where a request to correct a day stands."""

    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"


HALF_NAMES = {Half.AM: Text("上午", "morning"), Half.PM: Text("下午", "afternoon")}
PUNCH_NAMES = {PunchKind.IN: Text("签到", "sign-in"), PunchKind.OUT: Text("签退", "sign-out")}
MARK_NAMES = {
    Mark.LATE: Text("迟到", "late"),
    Mark.EARLY: Text("早退", "left early"),
    Mark.ABSENT: Text("缺勤", "absent"),
    Mark.LEAVE: Text("请假", "on leave"),
    Mark.TRIP: Text("出差", "on a trip"),
    Mark.OUTING: Text("外出", "out of office"),
    Mark.REST: Text("休息", "day of rest"),
    Mark.CORRECTED: Text("已更正", "corrected"),
}
SHEET_STATE_NAMES = {
    SheetState.OPEN: Text("未结月", "month is running"),
    SheetState.SHOWN: Text("待本人核对", "to be checked by you"),
    SheetState.CONFIRMED: Text("本人已确认", "confirmed"),
    SheetState.DISPUTED: Text("本人有异议", "disputed"),
}
CORRECTION_STATE_NAMES = {
    CorrectionState.ASKED: Text("待审批", "waiting"),
    CorrectionState.AGREED: Text("已同意", "agreed"),
    CorrectionState.REFUSED: Text("未同意", "refused"),
}


class AttendanceError(ErrorCode):
    """Refusals of attendance."""

    NOT_KEPT = error(
        "attendance_not_kept",
        409,
        zh=("所在单位尚未启用考勤", "请联系单位负责人设置班次后再签到。"),
        en=("Your unit keeps no attendance yet", "Ask the head of your unit to set a shift first."),
    )
    NOT_TIMELY = error(
        "attendance_punch_not_timely",
        422,
        zh=("签到时间不能采用", "离线签到的时间不能晚于现在，也不能早于{hours}小时之前。请改为申请补签。"),
        en=(
            "This time cannot be taken",
            "A queued punch may not lie ahead or more than {hours} h back. Ask for a correction instead.",
        ),
    )
    OUTSIDE = error(
        "attendance_outside",
        422,
        zh=("不在签到范围内", "本班次须在{places}签到。请到达后再试；因公外出请先办理外出登记。"),
        en=(
            "You are not at the place of work",
            "This shift is punched at {places}. Try again there; when out on duty, register an outing first.",
        ),
    )
    POSITION_INCOMPLETE = error(
        "attendance_position_incomplete",
        422,
        zh=("位置信息不完整", "纬度和经度须同时提供；不提供位置也可以签到。"),
        en=("The position is incomplete", "Send latitude and longitude together, or neither."),
    )
    SHIFT_NOT_FOUND = error(
        "attendance_shift_not_found",
        404,
        zh=("没有找到班次", "班次不存在，或不属于您管理的单位。"),
        en=("No such shift", "It does not exist, or is not of a unit that you manage."),
    )
    SHIFT_BEGUN = error(
        "attendance_shift_begun",
        409,
        zh=("班次已经开始执行", "已执行的班次不能更改，请新建一个从今后某日起执行的班次。"),
        en=("The shift is in force", "Make a new one that holds from a later day instead of changing this one."),
    )
    SHIFT_TAKEN = error(
        "attendance_shift_taken",
        409,
        zh=("这一天已有班次", "该单位或窗口从{day}起已有班次，请更改它或换一个日期。"),
        en=("There is a shift from this day", "Change the one that holds from {day}, or choose another day."),
    )
    BAD_SHIFT = error(
        "attendance_bad_shift",
        422,
        zh=("班次时间不正确", "上午、下午至少设置一段，开始须早于结束，上午须早于下午，执行日期不能早于今天。"),
        en=(
            "The times do not fit",
            "Set morning, afternoon or both, each in order and not overlapping, from today on at the earliest.",
        ),
    )
    UNIT_NOT_FOUND = error(
        "attendance_unit_not_found",
        404,
        zh=("没有找到单位", "单位不存在，或不属于您管理的范围。"),
        en=("No such unit", "It does not exist, or is not one that you manage."),
    )
    WINDOW_NOT_FOUND = error(
        "attendance_window_not_found",
        404,
        zh=("没有找到窗口", "窗口不存在，或不属于您管理的政务服务中心。"),
        en=("No such window", "It does not exist, or is not of a centre that you manage."),
    )
    PERSON_UNKNOWN = error(
        "attendance_person_unknown",
        422,
        zh=("没有这位工作人员", "请从列表中选择在职人员。"),
        en=("No such official", "Choose somebody who is in office."),
    )
    PERSON_TWICE = error(
        "attendance_person_twice",
        409,
        zh=("值班时间冲突", "{name}在{day}同一时间已排在其他窗口，请先调整。"),
        en=("On duty twice at once", "{name} is already on duty elsewhere at that time on {day}. Change that first."),
    )
    ROSTER_PAST = error(
        "attendance_roster_past",
        422,
        zh=("不能更改过去的排班", "请选择今天或以后的日期，一次最多{days}天。"),
        en=("Past duties stay as they were", "Choose days from today on, at most {days} at once."),
    )
    NO_SHIFT_THEN = error(
        "attendance_no_shift_then",
        422,
        zh=("当天没有对应班次", "{day}{half}没有窗口班次，请先设置班次。"),
        en=("No shift at that time", "There is no shift for {day} ({half_en}). Set one first."),
    )
    MONTH_NOT_CLOSED = error(
        "attendance_month_not_closed",
        409,
        zh=("本月考勤尚未结月", "结月后会通知您核对，届时可以确认或提出异议。"),
        en=("The month is not closed yet", "You are told when it is; then you can confirm or dispute it."),
    )
    MONTH_SETTLED = error(
        "attendance_month_settled",
        409,
        zh=("考勤月表已处理", "您已确认本月考勤，或异议正在处理，不能重复提交。"),
        en=("The sheet is settled", "You have confirmed it, or your dispute is being answered."),
    )
    NO_DISPUTE = error(
        "attendance_no_dispute",
        404,
        zh=("没有找到异议", "异议不存在、已经答复，或不属于您管理的单位。"),
        en=("No such dispute", "It does not exist, was answered, or is not of a unit that you manage."),
    )
    CORRECTION_NOT_FOUND = error(
        "attendance_correction_not_found",
        404,
        zh=("没有找到补签申请", "申请不存在，或不属于您。"),
        en=("No such request", "It does not exist, or is not yours to see."),
    )
    CORRECTION_OPEN = error(
        "attendance_correction_open",
        409,
        zh=("已有待审批的申请", "同一天同一项补签正在审批，请等待结果。"),
        en=("Already asked", "A request for the same day and punch is waiting for a decision."),
    )
    CORRECTION_DECIDED = error(
        "attendance_correction_decided",
        409,
        zh=("申请已经审批", "结果不能再更改。"),
        en=("Already decided", "The decision cannot be changed."),
    )
    CORRECTION_LATE = error(
        "attendance_correction_not_timely",
        422,
        zh=("这一天不能申请补签", "只能补签已过去的时间，且在{days}天以内。"),
        en=("This day cannot be corrected", "Only times that are past, and at most {days} days back."),
    )
    COMMENT_MISSING = error(
        "attendance_comment_missing",
        422,
        zh=("请填写意见", "不同意时须向申请人说明理由。"),
        en=("A reason is needed", "Tell the person why you refuse."),
    )
    OWN = error(
        "attendance_own_matter",
        403,
        zh=("不能审批本人的事项", "请由本单位其他负责人或上级单位办理。"),
        en=("Not one's own matter", "Another head of the unit, or the unit above, decides this."),
    )
    NO_MANAGER = error(
        "attendance_no_manager",
        422,
        zh=("没有可以审批的负责人", "请联系系统管理员为单位设置负责人。"),
        en=("Nobody can decide this", "Ask the system manager to appoint a head for the unit."),
    )


@dataclass(frozen=True, slots=True)
class Span:
    """A half's working time, wall-clock time in Suqian."""

    starts: time
    ends: time


@dataclass(frozen=True, slots=True)
class Plan:
    """When somebody works on a day; no halves: not at all."""

    halves: Mapping[Half, Span] = field(default_factory=dict)
    grace_minutes: int = 0
    outside_allowed: bool = True


@dataclass(frozen=True, slots=True)
class DayFacts:
    """What is known of one person's day. Moments are local. `planned` is False where nobody keeps attendance."""

    day: date
    is_workday: bool
    plan: Plan
    planned: bool
    punched_in: datetime | None = None
    punched_out: datetime | None = None
    away: Mapping[Half, AbsenceKind] = field(default_factory=dict)
    corrected: bool = False
    outside: bool = False
    queued: bool = False


@dataclass(frozen=True, slots=True)
class DayVerdict:
    """A day on the sheet. Expected times leave out halves of rightful absence; minutes are whole and round up."""

    day: date
    is_workday: bool
    expected_in: datetime | None
    expected_out: datetime | None
    punched_in: datetime | None
    punched_out: datetime | None
    late_minutes: int
    early_minutes: int
    absent: tuple[Half, ...]
    away: Mapping[Half, AbsenceKind]
    marks: tuple[Mark, ...]
    outside: bool
    queued: bool


@dataclass(frozen=True, slots=True)
class Totals:
    """A month in figures; days in halves of a day (0.5)."""

    expected: float
    worked: float
    late: int
    late_minutes: int
    early: int
    early_minutes: int
    absent: float
    leave: float
    trip: float
    outing: float
    corrected: int


@dataclass(frozen=True, slots=True)
class WindowNow:
    """Who is at a window now, without a name. `staffed`: on the roster and punched in."""

    rostered: bool
    staffed: bool
    shown_as: str

"""Values of the working-day clock and the to-do list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from kernel.errors import ErrorCode, error

PERSONAL = ""
"""The role of a task that is one person's own."""


class DayKind(StrEnum):
    """What a day of the official calendar is."""

    WORKDAY = "workday"
    ADJUSTED_WORKDAY = "adjusted_workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


class Unit(StrEnum):
    """How a limit counts: working days (Administrative Licensing Law Art. 82) or calendar days."""

    WORKING_DAYS = "wd"
    CALENDAR_DAYS = "cd"


class SpecialProcedure(StrEnum):
    """The eight procedures whose time is not counted (Administrative Licensing Law Art. 45)."""

    HEARING = "hearing"
    TENDER = "tender"
    AUCTION = "auction"
    INSPECTION = "inspection"
    TESTING = "testing"
    QUARANTINE = "quarantine"
    APPRAISAL = "appraisal"
    EXPERT_REVIEW = "expert_review"


class EntryKind(StrEnum):
    """What can happen to a deadline."""

    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    CLOSE = "close"


class DeadlineState(StrEnum):
    """Where a deadline stands."""

    RUNNING = "running"
    PAUSED = "paused"
    CLOSED = "closed"


class TaskState(StrEnum):
    """Whether a to-do still waits."""

    OPEN = "open"
    DONE = "done"


class WorkflowError(ErrorCode):
    """Refusals of the clock and the to-do list."""

    DEADLINE_NOT_FOUND = error(
        "deadline_not_found",
        404,
        zh=("没有找到期限", "这个事项没有正在计算的期限。"),
        en=("No such deadline", "No deadline of this kind is running here."),
    )
    DEADLINE_RUNNING = error(
        "deadline_already_running",
        409,
        zh=("期限已在计算", "同类期限正在计算，不能重复启动。"),
        en=("Deadline already running", "A deadline of this kind is already running; it cannot be started twice."),
    )
    DEADLINE_CLOSED = error(
        "deadline_closed",
        409,
        zh=("期限已结束", "期限计算已经结束，不能再更改。"),
        en=("Deadline closed", "This deadline has ended and cannot be changed."),
    )
    ALREADY_PAUSED = error(
        "deadline_already_paused",
        409,
        zh=("正在进行特别程序", "请先结束正在进行的特别程序。"),
        en=("A special procedure is under way", "End the special procedure under way first."),
    )
    NOT_PAUSED = error(
        "deadline_not_paused",
        409,
        zh=("没有进行中的特别程序", "期限正在正常计算，无需恢复。"),
        en=("No special procedure is under way", "The deadline is running; there is nothing to resume."),
    )
    ALREADY_EXTENDED = error(
        "deadline_already_extended",
        409,
        zh=("期限已延长过", "依照行政许可法第四十二条，期限只能延长一次。"),
        en=("Already extended", "By Art. 42 of the Administrative Licensing Law a deadline is extended once only."),
    )
    EXTENSION_TOO_LATE = error(
        "extension_too_late",
        409,
        zh=("已不能延长", "延长须在到期日 {due_on} 之前提出。"),
        en=("Too late to extend", "An extension must be asked for before the due date, {due_on}."),
    )
    PAUSE_TOO_LATE = error(
        "pause_too_late",
        409,
        zh=("期限已到", "期限已于 {due_on} 到期，不能再开始特别程序。"),
        en=("The deadline has passed", "It was due on {due_on}; a special procedure can no longer begin."),
    )
    BAD_DATES = error(
        "deadline_bad_dates",
        422,
        zh=("日期不正确", "请核对日期：不能早于期限的起算日或特别程序的开始日。"),
        en=("Wrong dates", "Check the dates: they lie before the start of the deadline or of the special procedure."),
    )
    BAD_PROCEDURE = error(
        "deadline_bad_procedure",
        422,
        zh=("特别程序不正确", "只有听证、招标、拍卖、检验、检测、检疫、鉴定、专家评审所需时间不计入期限。"),
        en=(
            "Not a special procedure",
            "Only hearing, tender, auction, inspection, testing, quarantine, appraisal and "
            "expert review stop the clock.",
        ),
    )
    REASON_MISSING = error(
        "deadline_reason_missing",
        422,
        zh=("请填写理由", "延长期限必须告知申请人理由。"),
        en=("A reason is needed", "The applicant must be told why the deadline is extended."),
    )
    BAD_LENGTH = error(
        "deadline_bad_length",
        422,
        zh=("天数不正确", "天数必须在规定的范围内。"),
        en=("Wrong number of days", "The number of days is outside the allowed range."),
    )
    TASK_NOT_FOUND = error(
        "task_not_found",
        404,
        zh=("没有找到待办", "待办不存在，或不属于您的岗位。"),
        en=("Task not found", "It does not exist, or is not for your role."),
    )
    TASK_DONE = error(
        "task_already_done",
        409,
        zh=("待办已办结", "这项待办已经有人办理完毕。"),
        en=("Task already done", "Somebody has already finished this task."),
    )
    TASK_CLAIMED = error(
        "task_already_claimed",
        409,
        zh=("待办已被认领", "这项待办已由其他同事认领。"),
        en=("Task already claimed", "A colleague has already taken this task."),
    )
    BAD_DELEGATION = error(
        "delegation_not_acceptable",
        422,
        zh=("委托不正确", "请选择其他在职人员，日期须从今天起，最长{days}天。"),
        en=("Not acceptable", "Choose another official, from today on, for {days} days at most."),
    )
    DELEGATION_NOT_FOUND = error(
        "delegation_not_found",
        404,
        zh=("没有找到委托", "委托不存在，或已经结束。"),
        en=("No such delegation", "It does not exist, or has ended."),
    )
    CALENDAR_INVALID = error(
        "calendar_invalid",
        422,
        zh=("日历数据有误", "请核对日历文件：{detail}"),
        en=("The calendar is not valid", "Check the calendar file: {detail}"),
    )


@dataclass(frozen=True, slots=True)
class CalendarDayInfo:
    """One day of the official calendar; `name` is the festival's, empty on ordinary days."""

    day: date
    kind: DayKind
    name: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The official calendar as far as it is known; a year without rows is guessed by weekday and marked so."""

    days: Mapping[date, CalendarDayInfo]
    years: frozenset[int]

    @classmethod
    def of(cls, days: list[CalendarDayInfo]) -> Calendar:
        """A calendar of these days; each year that occurs in them counts as known."""
        return cls(MappingProxyType({info.day: info for info in days}), frozenset(info.day.year for info in days))

    def info(self, day: date) -> CalendarDayInfo:
        """What this day is; by weekday where no row says otherwise."""
        found = self.days.get(day)
        if found is not None:
            return found
        return CalendarDayInfo(day, DayKind.WEEKEND if day.weekday() > 4 else DayKind.WORKDAY)

    def is_workday(self, day: date) -> bool:
        """Whether offices work on this day; make-up workdays included."""
        return self.info(day).kind in (DayKind.WORKDAY, DayKind.ADJUSTED_WORKDAY)

    def knows(self, day: date) -> bool:
        """Whether the day's year has been announced and imported."""
        return day.year in self.years


@dataclass(frozen=True, slots=True)
class Hours:
    """Business hours of a day, wall-clock time in Suqian."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that are not counted, both ends included. `end` is None while the procedure goes on."""

    start: date
    end: date | None
    planned_end: date
    planned_days: int
    procedure: str
    notice_number: str = ""
    legal_basis: str = ""
    reason: str = ""

    @property
    def last_day(self) -> date:
        """The last day not counted, as far as is known: the real end, else the planned one."""
        return self.end if self.end is not None else self.planned_end

    def contains(self, day: date) -> bool:
        """Whether the day is not counted."""
        return self.start <= day <= self.last_day


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One thing that happened to a deadline, on a day. Which fields hold something depends on the kind."""

    kind: EntryKind
    on: date
    days: int = 0
    unit: Unit = Unit.WORKING_DAYS
    procedure: str = ""
    notice_number: str = ""
    legal_basis: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """A deadline as its entries tell it."""

    start: date
    limit: int
    unit: Unit
    pauses: tuple[Pause, ...] = ()
    extension: int = 0
    extended_on: date | None = None
    closed_on: date | None = None

    @property
    def total(self) -> int:
        """The limit with its extension."""
        return self.limit + self.extension

    @property
    def open_pause(self) -> Pause | None:
        """The special procedure under way."""
        return self.pauses[-1] if self.pauses and self.pauses[-1].end is None else None

    @property
    def state(self) -> DeadlineState:
        """Where the deadline stands."""
        if self.closed_on is not None:
            return DeadlineState.CLOSED
        return DeadlineState.PAUSED if self.open_pause else DeadlineState.RUNNING


class DayReason(StrEnum):
    """Why a day of the reckoning counts or does not."""

    START_NOT_COUNTED = "start_not_counted"
    COUNTED = "counted"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    PAUSED = "paused"
    ROLLED = "rolled"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class DayEntry:
    """One day of the reckoning: what it is, whether it counts, and as which (`number`, None when it does not)."""

    day: date
    kind: DayKind
    name: str
    counted: bool
    number: int | None
    reason: DayReason
    provisional: bool


@dataclass(frozen=True, slots=True)
class DeadlineInfo:
    """A deadline with its reckoning. Day counts are in the deadline's unit.

    `provisional` says that a calendar year it runs through has not been announced yet. `remaining` is negative
    when overdue. `limit` includes no extension; `extension` is the days added.
    """

    id: UUID
    subject_kind: str
    subject_id: UUID
    kind: str
    organisation_id: UUID
    state: DeadlineState
    start_on: date
    limit: int
    extension: int
    unit: Unit
    due_on: date
    due_at: datetime
    provisional: bool
    elapsed: int
    remaining: int
    overdue: bool
    pauses: tuple[Pause, ...]
    closed_on: date | None
    explanation: tuple[DayEntry, ...]


@dataclass(frozen=True, slots=True)
class TaskInfo:
    """A to-do of an official. `remaining` is in working days, negative when late, None without a due date."""

    id: UUID
    subject_kind: str
    subject_id: UUID
    kind: str
    organisation_id: UUID
    role: str
    title: str
    due_on: date | None
    remaining: int | None
    overdue: bool
    state: TaskState
    assignee_id: UUID | None
    claimed_at: datetime | None
    opened_at: datetime
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class TaskPage:
    """One page of to-dos; `next` is the cursor of the following page, None on the last."""

    items: tuple[TaskInfo, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class DelegationInfo:
    """Who may act for whom, both days included. `running` says whether it holds today."""

    id: UUID
    principal_id: UUID
    principal_name: str
    delegate_id: UUID
    delegate_name: str
    from_on: date
    to_on: date
    reason: str
    running: bool

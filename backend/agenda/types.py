"""Values of schedules and work tasks. No Django here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from kernel.errors import ErrorCode, Text, error


class EntryKind(StrEnum):
    """What stands in a schedule."""

    OWN = "own"
    MEETING = "meeting"
    LEAVE = "leave"
    DUTY = "duty"


class Openness(StrEnum):
    """What colleagues of the unit see of an entry: nothing but that one is busy, or what it is."""

    PRIVATE = "private"
    UNIT = "unit"


class ShareLevel(StrEnum):
    """How much somebody may see of a schedule, or that the person keeps it."""

    BUSY = "busy"
    DETAILS = "details"
    KEEP = "keep"


class WorkState(StrEnum):
    """Where a work task stands."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class ReportState(StrEnum):
    """Whether a weekly report is still being written."""

    DRAFT = "draft"
    HANDED_IN = "handed_in"


class View(StrEnum):
    """How an entry is shown to somebody."""

    BUSY = "busy"
    DETAILS = "details"
    KEEP = "keep"


BUSY_TEXT = Text("忙碌", "Busy")
LEAVE_TEXT = Text("请假", "On leave")
FACT_NAMES = {
    "task": Text("完成工作任务", "Tasks done"),
    "meeting": Text("参加会议", "Meetings attended"),
    "case": Text("办理事项", "Cases handled"),
    "inquiry": Text("办理工单", "Work orders handled"),
    "document": Text("办理公文", "Documents handled"),
    "other": Text("其他待办", "Other to-dos"),
}


class AgendaError(ErrorCode):
    """Refusals of schedules and work tasks."""

    NOT_FOUND = error(
        "agenda_entry_not_found",
        404,
        zh=("没有找到日程", "日程不存在，或您不能查看。"),
        en=("No such entry", "It does not exist, or is not for you to see."),
    )
    TASK_NOT_FOUND = error(
        "work_task_not_found",
        404,
        zh=("没有找到任务", "任务不存在，或与您无关。"),
        en=("No such task", "It does not exist, or is not yours."),
    )
    REPORT_NOT_FOUND = error(
        "weekly_report_not_found",
        404,
        zh=("没有找到周报", "周报不存在，或您不能查看。"),
        en=("No such report", "It does not exist, or is not for you to see."),
    )
    NOT_ALLOWED = error(
        "agenda_not_allowed",
        403,
        zh=("您不能更改", "只有本人或受托管理日程的人员可以更改。"),
        en=("Not yours to change", "Only the person, or who keeps the schedule, may change it."),
    )
    TAKEN_FROM_ELSEWHERE = error(
        "agenda_entry_from_elsewhere",
        409,
        zh=("这条日程来自其他业务", "会议、请假等日程请在原处更改。"),
        en=("This comes from elsewhere", "Change the meeting or the leave where it was made."),
    )
    BAD_TIME = error(
        "agenda_bad_time",
        422,
        zh=("时间不正确", "结束时间须晚于开始时间，一次查询不超过{days}天。"),
        en=("Wrong time", "The end must come after the start; at most {days} days can be asked for at once."),
    )
    BAD_SHARE = error(
        "agenda_share_not_acceptable",
        422,
        zh=("共享设置不正确", "请选择一个人或一个单位；只有个人可以受托管理日程。"),
        en=("Not acceptable", "Choose one person or one unit; only a person can keep a schedule."),
    )
    TASK_ENDED = error(
        "work_task_ended",
        409,
        zh=("任务已结束", "已完成或已取消的任务不能再更改。"),
        en=("The task has ended", "It is done or dropped and cannot be changed."),
    )
    PERSON_UNKNOWN = error(
        "agenda_person_unknown",
        422,
        zh=("没有这位工作人员", "请从列表中选择在职人员。"),
        en=("No such official", "Choose somebody who is in office."),
    )
    REPORT_HANDED_IN = error(
        "weekly_report_handed_in",
        409,
        zh=("周报已提交", "提交后的周报不能再更改。"),
        en=("Already handed in", "A report that was handed in cannot be changed."),
    )
    BAD_WEEK = error(
        "weekly_report_bad_week",
        422,
        zh=("日期不正确", "请给出一周的星期一，且不晚于本周。"),
        en=("Wrong day", "Give the Monday of a week that has begun."),
    )


@dataclass(frozen=True, slots=True)
class EntryInfo:
    """An entry as the reader may see it: with `busy`, title, place and notes are empty."""

    id: UUID
    owner_id: UUID | None
    organisation_id: UUID
    kind: EntryKind
    view: View
    title: str
    place: str
    notes: str
    starts_at: datetime
    ends_at: datetime
    all_day: bool
    openness: Openness
    subject_kind: str
    subject_id: UUID | None
    version: int


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of a weekly report's facts: what kind, on which day, about what."""

    kind: str
    on: date
    text: str

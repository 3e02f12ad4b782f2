"""Values of the meetings: states, answers, refusals. No Django here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from kernel.errors import ErrorCode, Text, error


class MeetingState(StrEnum):
    """Where a meeting stands. Whether it is over is told by the clock, not by a state."""

    CALLED = "called"
    CANCELLED = "cancelled"
    MINUTED = "minuted"


class Part(StrEnum):
    """As what somebody is invited."""

    HOST = "host"
    MEMBER = "member"
    OBSERVER = "observer"


class Answer(StrEnum):
    """What an invited person answered (回执)."""

    NONE = ""
    ATTEND = "attend"
    LEAVE = "leave"
    SUBSTITUTE = "substitute"


STATE_NAMES = {
    MeetingState.CALLED: Text("已通知", "called"),
    MeetingState.CANCELLED: Text("已取消", "cancelled"),
    MeetingState.MINUTED: Text("已形成纪要", "minutes written"),
}
ANSWER_NAMES = {
    Answer.NONE: Text("未回执", "no answer yet"),
    Answer.ATTEND: Text("参加", "attends"),
    Answer.LEAVE: Text("请假", "asks for leave"),
    Answer.SUBSTITUTE: Text("委托他人参加", "sends a substitute"),
}


class MeetingError(ErrorCode):
    """Refusals of the meetings."""

    NOT_FOUND = error(
        "meeting_not_found",
        404,
        zh=("没有找到会议", "会议不存在，或您不在参会名单中。"),
        en=("No such meeting", "It does not exist, or you are not invited."),
    )
    NOT_YOURS = error(
        "meeting_not_yours",
        403,
        zh=("只有会议发起人可以办理", "请联系会议发起人。"),
        en=("Only the organiser may do this", "Please ask whoever called the meeting."),
    )
    ROOM_TAKEN = error(
        "meeting_room_taken",
        409,
        zh=("会议室已被占用", "{room}在{times}由{holder}使用。请改用其他会议室或时间。"),
        en=("The room is taken", "{holder} has {room} at {times}. Choose another room or another time."),
    )
    ROOM_UNKNOWN = error(
        "meeting_room_unknown",
        422,
        zh=("没有这个会议室", "请从列表中选择会议室。"),
        en=("No such room", "Choose a room of the list."),
    )
    ROOM_TOO_SMALL = error(
        "meeting_room_too_small",
        422,
        zh=("会议室坐不下", "{room}有{seats}个座位，参会{people}人。"),
        en=("The room is too small", "{room} has {seats} seats for {people} people."),
    )
    BAD_TIME = error(
        "meeting_bad_time",
        422,
        zh=("时间不正确", "会议须在将来开始，不超过{hours}小时；回执截止须早于开始时间。"),
        en=("Wrong time", "It must begin in the future and last {hours} h at most; answers are due before it begins."),
    )
    NOBODY = error(
        "meeting_nobody_invited",
        422,
        zh=("没有参会人员", "请至少选择一名参会人员或一个单位。"),
        en=("Nobody is invited", "Choose at least one person or unit."),
    )
    PERSON_UNKNOWN = error(
        "meeting_person_unknown",
        422,
        zh=("没有这位工作人员", "请从列表中选择在职人员。"),
        en=("No such official", "Choose somebody who is in office."),
    )
    TOO_MANY = error(
        "meeting_too_many_people",
        422,
        zh=("参会人员过多", "一次会议最多通知{most}人。"),
        en=("Too many people", "At most {most} people can be invited."),
    )
    OVER = error(
        "meeting_over",
        409,
        zh=("会议已取消或已结束", "不能再更改。"),
        en=("Cancelled or over", "It cannot be changed any more."),
    )
    NOT_BEGUN = error(
        "meeting_not_begun",
        409,
        zh=("会议尚未开始", "会议开始后才能形成纪要。"),
        en=("It has not begun", "Minutes are written after the meeting has begun."),
    )
    RECEIPT_CLOSED = error(
        "meeting_receipt_closed",
        409,
        zh=("回执已截止", "回执截止时间为{until}，请直接联系{contact}。"),
        en=("Answers are closed", "They were due by {until}. Please ask {contact} directly."),
    )
    REASON_MISSING = error(
        "meeting_reason_missing",
        422,
        zh=("请填写理由", "请假须说明理由；委托他人须写明姓名和职务。"),
        en=("Something is missing", "Leave needs a reason; a substitute needs a name and a post."),
    )
    CODE_WRONG = error(
        "meeting_code_wrong",
        422,
        zh=("签到码不正确或已过期", "签到码每{seconds}秒更换一次，请对照会场屏幕重新输入。"),
        en=("Wrong or expired code", "It changes every {seconds} s; read it from the screen in the room again."),
    )
    SIGN_IN_CLOSED = error(
        "meeting_sign_in_closed",
        409,
        zh=("现在不能签到", "会议开始前{before}分钟至结束时可以签到。"),
        en=("Signing in is closed", "It is open from {before} min before the start until the end."),
    )
    FILES_FULL = error(
        "meeting_files_full",
        409,
        zh=("材料已满", "一次会议最多{most}份材料。"),
        en=("No more files", "A meeting holds {most} files at most."),
    )


@dataclass(frozen=True, slots=True)
class RoomInfo:
    """A meeting room and whether it is free in the time asked for. `free_from` is when it is next free long enough."""

    id: UUID
    name: str
    place: str
    seats: int
    equipment: str
    organisation_id: UUID
    free: bool
    holder: str
    free_from: datetime | None


@dataclass(frozen=True, slots=True)
class SignInCode:
    """What the host's screen shows now, until it changes. The link is in the square, the digits are for typing."""

    digits: str
    link: str
    changes_at: datetime
    now: datetime


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody to be invited."""

    person_id: UUID
    name: str
    organisation_id: UUID
    unit_name: str
    part: Part = Part.MEMBER

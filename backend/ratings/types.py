"""Words of the ratings: levels, kinds of replies, states of making good, plain records, refusals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from kernel.errors import ErrorCode, Text, error


class ReplyKind(StrEnum):
    """What a text message says."""

    LEVEL = "level"
    CONFLICT = "conflict"
    OPT_OUT = "opt_out"
    HELP = "help"
    REASON = "reason"


class Channel(StrEnum):
    """Through what a rating came."""

    SMS = "sms"
    APP = "app"


class ReplyFate(StrEnum):
    """What became of a reply. All are kept; only `counted` ones make or change the rating."""

    COUNTED = "counted"
    LATE = "late"
    SUPERSEDED = "superseded"
    TOO_LATE_TO_CHANGE = "too_late_to_change"
    NOT_UNDERSTOOD = "not_understood"
    CONFLICT = "conflict"
    AMBIGUOUS = "ambiguous"
    REASON = "reason"
    OPTED_OUT = "opted_out"


class InvitationState(StrEnum):
    """Where the asking for a rating stands. `closed` ones take no more answers that count."""

    WAITING = "waiting"
    OPEN = "open"
    CLOSED = "closed"


class NoText(StrEnum):
    """Why no invitation went out by SMS."""

    NONE = ""
    NO_NUMBER = "no_number"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    ALREADY_RATED = "already_rated"
    WINDOW_OVER = "window_over"


class RectificationState(StrEnum):
    """Where making a bad rating good stands (domain.md 7.2)."""

    OPENED = "opened"
    ASSIGNED = "assigned"
    CONTACTED = "contacted"
    INVALID_CLAIMED = "invalid_claimed"
    INVALID = "invalid"
    RECTIFYING = "rectifying"
    MENDED = "mended"
    FEEDBACK_GIVEN = "feedback_given"
    CLOSED = "closed"
    REOPENED = "reopened"


class RectificationAction(StrEnum):
    """What officials do about a bad rating, in the order of the flow."""

    ASSIGN = "assign"
    RECORD_CONTACT = "record_contact"
    CONFIRM_VALID = "confirm_valid"
    CLAIM_INVALID = "claim_invalid"
    CONFIRM_INVALID = "confirm_invalid"
    REJECT_INVALID = "reject_invalid"
    REPORT_MENDED = "report_mended"
    GIVE_FEEDBACK = "give_feedback"
    CLOSE = "close"
    REOPEN = "reopen"


LEVEL_NAMES: dict[int, Text] = {
    5: Text("非常满意", "very satisfied"),
    4: Text("满意", "satisfied"),
    3: Text("基本满意", "fairly satisfied"),
    2: Text("不满意", "dissatisfied"),
    1: Text("非常不满意", "very dissatisfied"),
}


@dataclass(frozen=True, slots=True)
class ParsedReply:
    """A message as read. `level` is 1–5 for kind LEVEL, None for every other."""

    kind: ReplyKind
    level: int | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """What the figures are made of."""

    closed: int = 0
    invited: int = 0
    delivered: int = 0
    rated: int = 0
    rated_by_sms: int = 0
    levels: Mapping[int, int] = field(default_factory=dict)
    contactable: int = 0
    contacted: int = 0
    verified_valid: int = 0
    mended_in_time: int = 0


@dataclass(frozen=True, slots=True)
class RatingFigures:
    """Figures of a range of cases. Ratios are between 0 and 1; None is shown as "–"."""

    closed: int
    invited: int
    delivered: int
    rated: int
    valid: int
    levels: Mapping[int, int]
    participation: float | None
    sms_participation: float | None
    satisfaction: float | None
    bad_rate: float | None
    contact_rate: float | None
    on_time_rate: float | None
    score: float | None


@dataclass(frozen=True, slots=True)
class RatingInfo:
    """The one effective rating of a case."""

    id: UUID
    case_id: UUID
    level: int
    tags: tuple[str, ...]
    comment: str
    channel: Channel
    rated_at: datetime
    changed_at: datetime
    corrections: int
    changeable_until: datetime
    version: int


@dataclass(frozen=True, slots=True)
class RectificationInfo:
    """A bad rating being made good, as officials see it: what was said, not who said it."""

    id: UUID
    case_id: UUID
    case_no: str
    power_name: str
    organisation_id: UUID
    level: int
    tags: tuple[str, ...]
    comment: str
    state: RectificationState
    assignee_id: UUID | None
    contact_due_on: date
    mend_due_on: date | None
    overdue: bool
    opened_at: datetime
    closed_at: datetime | None
    actions: tuple[RectificationAction, ...]
    version: int


class RatingError(ErrorCode):
    """Refusals of the ratings."""

    NOT_FOUND = error(
        "rating_not_found",
        404,
        zh=("没有找到评价", "办件尚未评价，或您无权查看。"),
        en=("No rating found", "The case has not been rated, or is not yours to see."),
    )
    ALREADY_RATED = error(
        "already_rated",
        409,
        zh=("这个办件已经评价过", "每个办件评价一次；24小时内可以修改已有的评价。"),
        en=("Already rated", "A case is rated once. Within 24 hours you can change the rating there is."),
    )
    WINDOW_OVER = error(
        "rating_window_over",
        409,
        zh=("评价期限已过", "如需反映问题，请拨打 12345。"),
        en=("The time for rating is over", "Call 12345 if you want to tell us something."),
    )
    CHANGE_OVER = error(
        "rating_change_over",
        409,
        zh=("已不能修改评价", "评价提交 24 小时后不能再修改。如需反映问题，请拨打 12345。"),
        en=("The rating can no longer be changed", "It could be changed for 24 hours. Call 12345 to add something."),
    )
    UNKNOWN_TAG = error(
        "rating_tag_unknown",
        422,
        zh=("评价标签不存在", "请从给出的标签中选择。"),
        en=("Unknown tag", "Choose from the tags offered."),
    )
    RECTIFICATION_NOT_FOUND = error(
        "rectification_not_found",
        404,
        zh=("没有找到整改事项", "它不存在，或不在您的管理范围。"),
        en=("No such rectification", "It does not exist, or is outside your organisation."),
    )
    WRONG_STATE = error(
        "rectification_state",
        409,
        zh=("当前环节不能这样办理", "请刷新后查看可以进行的操作。"),
        en=("Not possible at this step", "Refresh and look at what can be done now."),
    )
    ROLE_NEEDED = error(
        "rectification_role",
        403,
        zh=("没有办理权限", "这一步由其他岗位办理。"),
        en=("Not allowed", "Another role does this step."),
    )
    SECOND_PERSON = error(
        "second_person_needed",
        403,
        zh=("须由另一人办理", "认定误评和回访须由承办人以外的人进行。"),
        en=("Another person must do this", "Somebody other than the one concerned decides here."),
    )
    DETAIL_NEEDED = error(
        "rectification_detail",
        422,
        zh=("缺少必填内容", "请按提示补充。"),
        en=("Something is missing", "Fill in what is named below."),
    )

"""Words of the notifications: channels, purposes, states, plain records, refusals."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kernel.errors import ErrorCode, Text, error


class Channel(StrEnum):
    """Ways to tell somebody. The message centre always shows everything; the others are chosen."""

    INBOX = "inbox"
    SMS = "sms"
    PUSH = "push"


CHOSEN = (Channel.SMS, Channel.PUSH)
EVERYBODY = "city"
"""The topic of notices that go to all."""


class Purpose(StrEnum):
    """Why somebody is told, as far as a person can choose channels for it."""

    CASE_NOTICE = "case_notice"
    CASE_PROGRESS = "case_progress"
    RATING = "rating"
    SECURITY = "security"
    WORK = "work"
    TENDER = "tender"
    NOTICE = "notice"


STATUTORY = frozenset({Purpose.CASE_NOTICE, Purpose.SECURITY})
OFFERED = {Purpose.NOTICE: (Channel.PUSH,)}
"""Purposes that not every channel serves."""
PURPOSE_NAMES = {
    Purpose.CASE_NOTICE: Text("办件法定告知", "Statutory notices about your cases"),
    Purpose.CASE_PROGRESS: Text("办件进度", "Progress of your cases"),
    Purpose.RATING: Text("评价邀请", "Invitations to rate"),
    Purpose.SECURITY: Text("账号安全", "Security of your account"),
    Purpose.TENDER: Text("招标信息订阅", "Tenders you follow"),
    Purpose.WORK: Text("待办提醒", "Work waiting for you"),
    Purpose.NOTICE: Text("全市通知公告", "City-wide notices"),
}


class Audience(StrEnum):
    """Whom an event is told to."""

    APPLICANT = "applicant"
    HANDLERS = "handlers"


class Urgency(StrEnum):
    """How much it matters to see it soon."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


class AlertState(StrEnum):
    """Where a notice to many stands."""

    PROPOSED = "proposed"
    SENT = "sent"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class DeliveryState(StrEnum):
    """Where one channel of a notification stands."""

    QUEUED = "queued"
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    FAILED = "failed"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"


class Reason(StrEnum):
    """Why a channel was not used, did not work, or was used in place of another. Those of sms and push stand beside."""

    NONE = ""
    PREFERENCE = "preference"
    NO_NUMBER = "no_number"
    NO_DEVICE = "no_device"
    TEXT_INCOMPLETE = "text_incomplete"
    READ_ELSEWHERE = "read_elsewhere"
    INSTEAD = "instead_of_other_channel"
    UNREAD = "unread_push"


STATE_NAMES = {
    DeliveryState.QUEUED: Text("等待发送", "waiting to be sent"),
    DeliveryState.ACCEPTED: Text("已交付推送服务", "handed to the push service"),
    DeliveryState.DELIVERED: Text("已送达", "delivered"),
    DeliveryState.FAILED: Text("未送达", "not delivered"),
    DeliveryState.SKIPPED: Text("未发送", "not sent"),
    DeliveryState.CANCELLED: Text("已取消", "cancelled"),
}
REASON_NAMES = {
    "preference": Text("您已关闭此通道", "you switched this channel off"),
    "no_number": Text("没有手机号码", "no mobile number"),
    "no_device": Text("没有开启推送的设备", "no device with push"),
    "text_incomplete": Text("短信内容不完整", "the text could not be completed"),
    "read_elsewhere": Text("已在别处阅读", "read elsewhere"),
    "instead_of_other_channel": Text("因其他通道未能送达而补发", "sent because another channel did not work"),
    "unread_push": Text("推送未读，补发短信", "sent because the push was not read"),
    "not_configured": Text("系统尚未开通此通道", "this channel is not set up here"),
    "device_gone": Text("设备已失效", "the device is gone"),
    "opted_out": Text("您已退订此类短信", "you opted out of these texts"),
    "number_limit": Text("超过短信数量限制", "over the limit of texts"),
    "no_receipt": Text("运营商未返回回执", "no receipt from the carrier"),
    "carrier": Text("运营商未能送达", "the carrier could not deliver"),
    "gave_up": Text("多次尝试未成功", "several tries failed"),
    "refused_by_provider": Text("被运营商拒绝", "refused by the carrier"),
    "refused_by_service": Text("被推送服务拒绝", "refused by the push service"),
    "outcome_unknown": Text("结果不明", "the outcome is unknown"),
}


@dataclass(frozen=True, slots=True)
class Reach:
    """By what a person can be reached now, and what the person has switched off for the purpose at hand."""

    has_number: bool
    has_device: bool
    off: frozenset[Channel] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do on one channel: use it, or not and why."""

    channel: Channel
    use: bool
    reason: Reason = Reason.NONE


@dataclass(frozen=True, slots=True)
class AlertReach:
    """What sending a notice would do now: phones and people reached, what a lock screen shows, how many more its
    topics may get today."""

    phones: int
    people: int
    lock_screen: str
    left_today: int


@dataclass(frozen=True, slots=True)
class PreferenceInfo:
    """A person's choice for one purpose."""

    purpose: Purpose
    statutory: bool
    channels: dict[Channel, bool]


@dataclass(frozen=True, slots=True)
class PreferencesInfo:
    """All choices of a person."""

    items: tuple[PreferenceInfo, ...]
    version: int


class NotificationError(ErrorCode):
    """Refusals of the notifications."""

    NOT_FOUND = error(
        "notification_not_found",
        404,
        zh=("没有找到这条消息", "它不存在，或不是发给您的。"),
        en=("No such message", "It does not exist, or was not sent to you."),
    )
    STATUTORY = error(
        "statutory_notice_needs_channel",
        422,
        zh=("法定告知不能全部关闭", "法定告知须能送达您：请至少保留短信或推送中的一种。"),
        en=("Statutory notices cannot be silenced", "They must reach you: keep SMS or push switched on."),
    )
    ALERT_NOT_FOUND = error(
        "alert_not_found",
        404,
        zh=("没有找到这条通知公告", "它不存在，或还没有发布。"),
        en=("No such notice", "It does not exist, or was not published."),
    )
    ALERT_OWN = error(
        "alert_own",
        403,
        zh=("不能核发自己拟的通知", "须由另一人核发。"),
        en=("Not your own", "Somebody else must decide on it."),
    )
    ALERT_STATE = error(
        "alert_state",
        409,
        zh=("当前状态不能这样操作", "请刷新后再看。"),
        en=("Not in this state", "Load it anew."),
    )
    ALERT_CAP = error(
        "alert_daily_cap",
        409,
        zh=("今天发得够多了", "同一类通知每天最多 {cap} 条，请明天再发。"),
        en=("Enough for today", "At most {cap} a day for a topic. Send it tomorrow."),
    )
    ALERT_TOPIC = error(
        "alert_topic_unknown",
        422,
        zh=("没有这个发送范围", "请从列表中选择发送范围。"),
        en=("No such audience", "Choose one of the list."),
    )

"""Words of the push app: platforms, states, outcomes, plain records, refusals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from kernel.errors import ErrorCode, error


class Platform(StrEnum):
    """Ways to a device."""

    FCM = "fcm"
    WEBPUSH = "webpush"


class Kind(StrEnum):
    """What a message asks of the device: show something, or take what was read elsewhere off the screen."""

    SHOW = "show"
    CLEAR = "clear"


class Urgency(StrEnum):
    """How much a message may cost in battery (RFC 8030, 5.3)."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


class MessageState(StrEnum):
    """Where a message to one device stands. `accepted` is all a push service ever tells."""

    QUEUED = "queued"
    RETRYING = "retrying"
    DISPATCHING = "dispatching"
    ACCEPTED = "accepted"
    FAILED = "failed"
    CANCELLED = "cancelled"


class AttemptState(StrEnum):
    """How one call ended. `pending` is committed before the call."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    RETRY = "retry"
    UNKNOWN = "unknown"


class OutcomeKind(StrEnum):
    """The four ways a call can end."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    AGAIN = "again"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why a message did not reach a device, in our own words; the service's own code stands beside it."""

    NONE = ""
    NO_DEVICE = "no_device"
    NOT_CONFIGURED = "not_configured"
    DEVICE_GONE = "device_gone"
    REFUSED = "refused_by_service"
    TOO_LARGE = "too_large"
    GAVE_UP = "gave_up"
    UNKNOWN_OUTCOME = "outcome_unknown"
    READ_ELSEWHERE = "read_elsewhere"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message as a channel gets it. `token` is the FCM token, or the subscription as JSON; with a `condition`, such
    as "'city' in topics", there is none."""

    token: str
    payload: dict[str, str]
    kind: Kind
    collapse_key: str
    urgency: Urgency
    ttl_seconds: int
    condition: str = ""


@dataclass(frozen=True, slots=True)
class TopicOutcome:
    """How telling the service of phones in a topic ended: what was wrong, by place in the list; `hold_seconds` leaves
    the service alone for so long."""

    errors: Mapping[int, str]
    hold_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a call ended. `device_gone` drops the device; `hold_seconds` leaves the whole service alone for so long;
    `smaller` asks for the message in its smallest form; `requests` counts what was really sent over the wire."""

    kind: OutcomeKind
    code: str = ""
    provider_id: str = ""
    device_gone: bool = False
    hold_seconds: float | None = None
    smaller: bool = False
    reason: Reason = Reason.NONE
    requests: int = 0


@dataclass(frozen=True, slots=True)
class DeviceInfo:
    """A registered push address, without its secret."""

    id: UUID
    platform: Platform
    service: str
    current: bool
    created_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class TopicReach:
    """How far a message to topics reaches."""

    phones: int
    people: int


class PushError(ErrorCode):
    """Refusals of the push app."""

    DEVICE_NOT_FOUND = error(
        "device_not_found",
        404,
        zh=("没有找到这个设备", "它可能已经取消推送。"),
        en=("No such device", "It may have been removed already."),
    )
    ENDPOINT_REFUSED = error(
        "push_endpoint_refused",
        422,
        zh=("推送地址不被接受", "推送地址须为公网 https 地址，请使用浏览器提供的订阅。"),
        en=("Push address not accepted", "It must be a public https address, as the browser's subscription gives it."),
    )
    KEYS_INVALID = error(
        "push_keys_invalid",
        422,
        zh=("推送密钥无效", "请重新订阅推送。"),
        en=("Push keys are not valid", "Subscribe again."),
    )
    NOT_CONFIGURED = error(
        "push_not_configured",
        503,
        zh=("推送暂未开通", "本系统尚未配置浏览器推送，请使用消息中心和短信。"),
        en=("Push is not set up", "Browser push is not configured here. Use the message centre and SMS."),
    )

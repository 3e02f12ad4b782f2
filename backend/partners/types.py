"""Words of the partners app: scopes, states of a webhook, plain records, refusals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from kernel.errors import ErrorCode, error


class WebhookState(StrEnum):
    """Where a webhook stands. `parked`: every try failed, it waits for a replay by hand."""

    WAITING = "waiting"
    RETRYING = "retrying"
    CALLING = "calling"
    DELIVERED = "delivered"
    PARKED = "parked"


@dataclass(frozen=True, slots=True)
class Secret:
    """A signing secret, shown this once."""

    value: str
    valid_until: datetime | None


@dataclass(frozen=True, slots=True)
class Call:
    """One request as it goes out; `timestamp` in seconds is that of this try."""

    attempt_id: UUID
    url: str
    body: str
    message_id: str
    timestamp: int
    secrets: tuple[str, ...]
    timeout_seconds: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a call: status 0 means none. `retry_after` in seconds, when it was asked for."""

    status: int
    detail: str = ""
    retry_after: float | None = None


class PartnerError(ErrorCode):
    """Refusals of the partners app."""

    ADDRESS = error(
        "webhook_address_not_allowed",
        422,
        zh=("推送地址不可用", "请填写能从互联网访问的 https 地址，不能是内网地址。"),
        en=("This address cannot be used", "Give an https address on the open internet, no private one."),
    )
    SCOPE = error(
        "partner_scope_unknown",
        422,
        zh=("没有这项数据授权", "数据授权 {scope} 不存在。"),
        en=("No such scope", "There is no scope {scope}."),
    )
    NOT_FOUND = error(
        "partner_not_found",
        404,
        zh=("没有找到合作单位或推送地址", "请核对编号。"),
        en=("No such partner or endpoint", "Check the id."),
    )

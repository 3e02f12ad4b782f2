"""Words of the sms app that others may use: purposes, states, plain records, error codes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from kernel.errors import ErrorCode, error


class Purpose(StrEnum):
    """Why a text is sent. It decides the queue, the quiet hours, the budget of tries and who may refuse it.

    OTP: a code somebody waits for. STATUTORY: a notice that a law or rule asks for; cannot be refused, only
    re-channelled by its sender. BULK: invitations and courtesies; stopped by an opt-out.
    """

    OTP = "otp"
    STATUTORY = "statutory"
    BULK = "bulk"


class MessageState(StrEnum):
    """Where a text stands. Up to `unknown` it is ours to decide; from `accepted` on the carrier reports."""

    QUEUED = "queued"
    RETRYING = "retrying"
    DISPATCHING = "dispatching"
    UNKNOWN = "unknown"
    ACCEPTED = "accepted"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNDELIVERED = "undelivered"
    DELIVERED = "delivered"


class TextGroup(StrEnum):
    """Which texts somebody who looks after them wants to see. `failing`: still waiting, after a failed try."""

    ALL = "all"
    WAITING = "waiting"
    FAILING = "failing"
    FAILED = "failed"


class AttemptState(StrEnum):
    """How one call to a gateway ended. `pending` is committed before the call; `lost` means looked up and not there."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    RETRY = "retry"
    UNKNOWN = "unknown"
    LOST = "lost"


class OutcomeKind(StrEnum):
    """The four ways a call to a gateway can end."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    AGAIN = "again"
    UNKNOWN = "unknown"


class FoundKind(StrEnum):
    """The answers of a look-up at the provider."""

    FOUND = "found"
    ABSENT = "absent"
    FAILED = "failed"
    UNSUPPORTED = "unsupported"


class Reason(StrEnum):
    """Why a text ended without being delivered, in our own words; a provider's own code stands beside it."""

    NONE = ""
    REFUSED = "refused_by_provider"
    OPTED_OUT = "opted_out"
    NUMBER_LIMIT = "number_limit"
    GAVE_UP = "gave_up"
    UNKNOWN_OUTCOME = "outcome_unknown"
    CRASHED = "crashed_repeatedly"
    NO_RECEIPT = "no_receipt"
    CARRIER = "carrier"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One text as a gateway gets it. `validity_seconds` is how long it is still of use to the reader."""

    attempt_id: UUID
    to: str
    text: str
    extension: str
    ordinal: int
    validity_seconds: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a call ended. `hold_seconds` asks us to leave the whole gateway alone for so long."""

    kind: OutcomeKind
    sid: str = ""
    status: str = ""
    code: str = ""
    detail: str = ""
    hold_seconds: float | None = None
    opted_out: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked at the provider about an attempt whose outcome is unknown."""

    attempt_id: UUID
    to: str
    text: str
    started_at: datetime
    known_sids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """The provider's answer to a look-up."""

    kind: FoundKind
    sid: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class TemplateParam:
    """A place in a template. A value longer than `max_length` is refused, or cut with … where `shorten` allows it."""

    name: str
    max_length: int
    shorten: bool = False


@dataclass(frozen=True, slots=True)
class TemplateInfo:
    """A template version in force: signature and text with `{places}`, and the meaning of reply digits if it asks."""

    code: str
    version_id: UUID
    version: int
    signature: str
    text: str
    params: tuple[TemplateParam, ...]
    reply_map: dict[str, int]


@dataclass(frozen=True, slots=True)
class SendingPolicy:
    """How texts of one purpose are treated, from a date on.

    `give_up` counts from the moment of queueing. `delays` are the waits before the second, third, … try; the last one
    repeats. Quiet hours are wall-clock times in Suqian, None when there are none. Limits are per number, 0 = none.
    """

    purpose: Purpose
    give_up: timedelta
    delays: tuple[timedelta, ...]
    quiet_from: time | None
    quiet_until: time | None
    receipt_wait: timedelta
    hourly_limit: int
    daily_limit: int


@dataclass(frozen=True, slots=True)
class AttemptInfo:
    """One call to a gateway, for people who look into what happened."""

    id: UUID
    ordinal: int
    gateway: str
    state: AttemptState
    sid: str
    code: str
    started_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class MessageInfo:
    """A text without its number and wording in clear."""

    id: UUID
    reference: str
    template: str
    template_version_id: UUID
    purpose: Purpose
    to_masked: str
    parts: int
    state: MessageState
    reason: str
    provider_code: str
    gateway: str
    maybe_duplicate: bool
    queued_at: datetime
    due_at: datetime
    finished_at: datetime | None
    attempts: tuple[AttemptInfo, ...]


@dataclass(frozen=True, slots=True)
class InboundInfo:
    """A text that came in. `from_number` is E.164 for a mainland mobile, else as the provider gave it."""

    id: UUID
    from_number: str
    to_number: str
    text: str
    extension: str
    received_at: datetime
    opt_out: bool


class SmsError(ErrorCode):
    """Refusals of the sms app."""

    NUMBER_NOT_ALLOWED = error(
        "sms_number_not_allowed",
        422,
        zh=("手机号码不能接收短信", "请填写中国大陆 11 位手机号码，不支持固定电话、物联网号码和境外号码。"),
        en=(
            "This number cannot get texts",
            "Give an 11-digit mobile number of mainland China; landlines, machine and foreign numbers do not work.",
        ),
    )
    TEMPLATE_NOT_FOUND = error(
        "sms_template_not_found",
        422,
        zh=("没有可用的短信模板", "模板 {template} 不存在、未获批准或尚未生效。"),
        en=("No such text template", "Template {template} does not exist, is not approved or not yet in force."),
    )
    TEMPLATE_PARAMS = error(
        "sms_template_params",
        422,
        zh=("短信模板参数有误", "请按模板要求提供参数：{fault}"),
        en=("Wrong template parameters", "Give the parameters the template declares: {fault}"),
    )
    REFERENCE_REUSED = error(
        "sms_reference_reused",
        409,
        zh=("短信业务编号重复", "同一业务编号已用于另一条短信。"),
        en=("Reference already used", "This reference already stands for another text."),
    )


class RecordingLaterError(Exception):
    """The sound of a call could not be fetched now; another try may help."""


class RecordingGoneError(Exception):
    """The sound of a call is not there, or is not what we take."""

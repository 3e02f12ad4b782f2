"""Plain values of tenders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from backend.tenders.types.words import FailureReason, Law, NoticeKind, SectionState, Unit
from kernel.errors import Text


@dataclass(frozen=True, slots=True)
class PeriodRule:
    """A lawful number as it holds on a day: days of a kind, a percentage, or a count."""

    code: str
    value: int
    unit: Unit
    basis: str


@dataclass(frozen=True, slots=True)
class PlannedNotice:
    """What publication is checked against: kind, the day of publication, and the times the notice sets."""

    kind: NoticeKind
    at: datetime
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SectionFacts:
    """What the rules need to know of a section."""

    state: SectionState
    law: Law = Law.TENDER
    suspended: bool = False
    has_key: bool = False
    deadline: datetime | None = None
    estimate_fen: int | None = None
    publicity_until: datetime | None = None
    awarded_on: date | None = None
    opened: bool = False
    signed: bool = False


@dataclass(frozen=True, slots=True)
class PeriodFault:
    """A period that is too short: which rule, and from when on it would be kept."""

    pointer: str
    rule: Text
    earliest: date
    basis: str


@dataclass(frozen=True, slots=True)
class Possibility:
    """Whether a notice of a kind may come out now, why not, and from when on."""

    kind: NoticeKind
    allowed: bool
    reason: Text | None = None
    earliest: date | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits for the desk in a project."""

    notices: int
    questions: int
    objections: int


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a bidder announces before uploading: the wrapped key, the commitment, how many steps, their digest."""

    key_id: str
    point: bytes
    wrapped: bytes
    commitment: str
    step_count: int
    sha256: str
    bid_version: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a bidder holds in hands: the moment by the database's clock, what was received, and a signature."""

    receipt_no: str
    section_id: UUID
    section_no: str
    bid_id: UUID
    bid_version: int
    bidder: str
    received_at: datetime
    deadline: datetime
    deadline_version: int
    size: int
    ciphertext_sha256: str
    commitment: str
    key_id: str
    signature: str = ""


@dataclass(frozen=True, slots=True)
class OpenedBid:
    """What came out of a sealed bid: the statement that is read out, or why it stays closed."""

    statement: dict[str, Any] | None
    reason: FailureReason = FailureReason.NONE
    files: tuple[dict[str, Any], ...] = ()
    content_key: bytes = field(default=b"", repr=False)

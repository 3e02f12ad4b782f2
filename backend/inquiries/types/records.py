"""Plain records of the inquiries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from backend.inquiries.types.words import Action, Channel, RequestType, Urgency


@dataclass(frozen=True, slots=True)
class CallerInfo:
    """Who asks. All empty for somebody who gives no name and no number."""

    name: str = ""
    phone: str = ""
    gender: str = ""
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class PlaceInfo:
    """Where it is about: in words, a region code, a point; each may be missing."""

    words: str = ""
    area_code: str = ""
    longitude: float | None = None
    latitude: float | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What is registered."""

    channel: Channel
    words: str
    request_type: RequestType | None = None
    topic_code: str = ""
    title: str = ""
    place: PlaceInfo = field(default_factory=PlaceInfo)
    occurred_at: datetime | None = None
    urgency: Urgency | None = None
    caller: CallerInfo = field(default_factory=CallerInfo)
    is_anonymous: bool = False
    is_confidential: bool = False
    is_petition: bool = False
    public_ok: bool = True
    client_ref: str = ""


@dataclass(frozen=True, slots=True)
class ActRequest:
    """What an official asks for; which fields an act needs is told in `rules.states.NEEDS`."""

    action: Action
    note: str = ""
    text: str = ""
    law_basis: str = ""
    resolution: str = ""
    reason_code: str = ""
    clause: str = ""
    unit_id: UUID | None = None
    assist_ids: tuple[UUID, ...] = ()
    target_no: str = ""
    entry_id: UUID | None = None
    days: int = 0
    topic_code: str = ""
    request_type: str = ""
    urgency: str = ""
    heavy: bool | None = None
    reached: bool | None = None
    contacted: bool | None = None
    solved: bool | None = None
    satisfied: bool | None = None
    file_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A citizen's three answers: did somebody contact you, is it solved, are you satisfied."""

    contacted: bool | None
    solved: bool
    satisfied: bool
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Limit:
    """How long something may take: minutes, hours, working hours, working days or calendar days."""

    kind: str
    amount: int
    unit: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class ClockInfo:
    """A limit of an order as it runs. `whose` is `unit`, `centre` or `caller`."""

    kind: str
    due_at: datetime
    closed_at: datetime | None
    overdue: bool
    whose: str
    unit_name: str = ""


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One line of an order's story."""

    kind: str
    title: str
    at: datetime
    who: str = ""
    note: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TopicGuess:
    """A topic that the words speak for, with how sure we are (0 to 1)."""

    code: str
    path: str
    request_type: str
    score: float


@dataclass(frozen=True, slots=True)
class UnitGuess:
    """A unit that the matter probably belongs to, and why: `topic` (the duty list) or `past` (earlier dispatches)."""

    unit_id: UUID
    unit_name: str
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What somebody holds in hands after asking."""

    order_id: UUID
    order_no: str
    query_code: str
    received_at: datetime
    answer_due_on: date | None
    version: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A piece of personal data found in a text."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AskedFor:
    """Something a unit asks the hotline for: `return` (its how-manieth) or `extension` (by how many days)."""

    kind: str
    unit_name: str
    reason: str
    clause: str
    note: str
    asked_at: datetime
    number: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True)
class HandoverInfo:
    """The two facts of a change of shift: handed over, and confirmed by the next leader (empty until then)."""

    by_name: str
    at: datetime
    taken_by: str
    taken_at: datetime | None


@dataclass(frozen=True, slots=True)
class Wallboard:
    """The hotline at a glance; shares are None when there was no call. `goal_*` is what is asked of the hotline."""

    waiting: int
    talking: int
    longest_wait_seconds: int
    offered: int
    answered: int
    answered_in_15s: int
    connected_share: float | None
    quick_share: float | None
    open_orders: int
    overdue: int
    urgent_open: int
    to_dispatch: int
    to_call_back: int
    to_decide: int
    to_review: int
    goal_seconds: int
    goal_percent: int
    at: datetime
    handover: HandoverInfo | None

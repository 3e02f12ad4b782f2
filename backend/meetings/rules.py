"""Decisions of the meetings without a database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from backend.meetings.types import Answer
from kernel.errors import Text

LISTED_DIGITS = 8
TIME = Text("时间", "time")
CHANGES = {
    "starts_at": TIME,
    "ends_at": TIME,
    "place": Text("地点", "place"),
    "receipt_by": Text("回执截止时间", "answer deadline"),
    "title": Text("名称", "name"),
}


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds on a day."""

    reminder_minutes: tuple[int, ...]
    code_seconds: int
    sign_in_before: timedelta
    max_hours: int
    max_people: int
    max_files: int
    max_file_mb: int


def is_well_timed(starts_at: datetime, ends_at: datetime, receipt_by: datetime, now: datetime, rules: Rules) -> bool:
    """Whether a meeting may be called so: it lies ahead, has an end in reach, and answers come before it begins."""
    return now < starts_at < ends_at <= starts_at + timedelta(hours=rules.max_hours) and receipt_by <= starts_at


def reminders(starts_at: datetime, now: datetime, minutes: Iterable[int]) -> list[tuple[int, datetime]]:
    """Which reminders lie ahead, the furthest first."""
    due = [(before, starts_at - timedelta(minutes=before)) for before in sorted(set(minutes), reverse=True)]
    return [(before, at) for before, at in due if at > now]


def step_of(now: datetime, seconds: int) -> int:
    """The number of the code that shows at a moment."""
    return int(now.timestamp()) // seconds


def step_ends(step: int, seconds: int, like: datetime) -> datetime:
    """When the code with this number gives way to the next."""
    return datetime.fromtimestamp((step + 1) * seconds, tz=like.tzinfo)


def digits_of(digest: bytes) -> str:
    """A code that can be typed, from a keyed digest."""
    return str(int.from_bytes(digest[:8], "big") % 10**LISTED_DIGITS).zfill(LISTED_DIGITS)


def what_changed(before: dict[str, object], after: dict[str, object]) -> list[Text]:
    """In people's words, what is new for somebody who wanted to come; agenda and notes are no reason to disturb."""
    names = [name for field, name in CHANGES.items() if before.get(field) != after.get(field)]
    return list(dict.fromkeys(names))


def next_free(
    taken: Sequence[tuple[datetime, datetime]], earliest: datetime, length: timedelta, horizon: datetime
) -> datetime | None:
    """From when a room is free for so long, not before `earliest`; None beyond the horizon. `taken` is in order."""
    begin = earliest
    for start, end in taken:
        if begin + length <= start:
            break
        begin = max(begin, end)
    return begin if begin + length <= horizon else None


def to_remind(people: Iterable[tuple[UUID, str]]) -> list[UUID]:
    """Who is reminded: all but those on leave and those who send somebody else."""
    return [person for person, answer in people if answer not in (Answer.LEAVE, Answer.SUBSTITUTE)]

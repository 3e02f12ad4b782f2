"""Decisions about official documents without a database (domain: 2012 regulation on official documents, GB/T 9704)."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from backend.documents.types import Act, Direction, Kind, State

# What each act needs and leads to. The states of an act that leads nowhere else stay as they are.
STEPS: dict[Act, tuple[frozenset[State], State | None]] = {
    Act.SIGN: (frozenset({State.ARRIVED}), State.SIGNED),
    Act.REGISTER: (frozenset({State.SIGNED}), State.REGISTERED),
    Act.PROPOSE: (frozenset({State.REGISTERED}), State.PROPOSED),
    Act.INSTRUCT: (frozenset({State.PROPOSED}), State.INSTRUCTED),
    Act.HANDLE: (frozenset({State.INSTRUCTED}), None),
    Act.SUBMIT: (frozenset({State.DRAFT}), State.CHECKING),
    Act.CHECK: (frozenset({State.CHECKING}), None),
    Act.COUNTERSIGN: (frozenset({State.COUNTERSIGNING}), None),
    Act.ISSUE: (frozenset({State.SIGNING}), State.ISSUED),
    Act.SEND_BACK: (frozenset({State.CHECKING, State.COUNTERSIGNING, State.SIGNING}), State.DRAFT),
    Act.RECHECK: (frozenset({State.ISSUED}), State.NUMBERED),
    Act.REOPEN: (frozenset({State.ISSUED}), State.SIGNING),
    Act.DISTRIBUTE: (frozenset({State.NUMBERED, State.DISTRIBUTED}), State.DISTRIBUTED),
    Act.CIRCULATE: (
        frozenset(
            {State.REGISTERED, State.PROPOSED, State.INSTRUCTED, State.HANDLED, State.NUMBERED, State.DISTRIBUTED}
        ),
        None,
    ),
    Act.CHASE: (frozenset(State) - {State.DRAFT, State.ARCHIVED, State.VOID}, None),
    Act.ARCHIVE: (frozenset({State.REGISTERED, State.HANDLED, State.DISTRIBUTED}), State.ARCHIVED),
    Act.VOID: (frozenset({State.NUMBERED, State.DISTRIBUTED}), State.VOID),
}
NEEDS_OPINION = frozenset({Act.PROPOSE, Act.INSTRUCT, Act.HANDLE, Act.SEND_BACK, Act.REOPEN, Act.VOID})
UPWARD = frozenset({Kind.REPORT, Kind.REQUEST})
MAX_STROKES = 400
MAX_POINTS = 20_000
_YEAR = re.compile(r"[\[(（﹝【〔]\s*(\d{4})\s*[\])）﹞】〕]")
_NUMBER = re.compile(r"^[\u4e00-\u9fa5]{2,12}〔\d{4}〕[1-9]\d*号$")
_MARK = r"(绝\s*密|机\s*密|秘\s*密)\s*[级件]?\s*"
_GRADES = (
    re.compile(
        rf"^(?:\d{{1,6}}\s+)?(?:密\s*级\s*:?\s*)?{_MARK}(?:$|[★☆]|[0-9一二三四五六七八九十]+\s*[年月]|(?<=\s)\S)"
    ),
    re.compile(rf"^[\[(【〔]\s*(?:密\s*级\s*:?\s*)?{_MARK}(?:[★☆][^\])】〕]{{0,8}})?[\])】〕]"),
    re.compile(rf"[\[(【〔]\s*{_MARK}[\])】〕]$"),
)


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds on a day: working days to handle by urgency, hours until an unread one is told by SMS."""

    handle_days: dict[str, int]
    sms_hours: dict[str, int]
    chase_minutes: int
    max_people: int
    max_files: int
    max_file_mb: int


def leads_to(act: Act, state: State) -> State | None:
    """The state after an act. None: it stays, or the act decides itself. Raises ValueError where it is not possible."""
    allowed, after = STEPS[act]
    if state not in allowed:
        raise ValueError(f"{act} in {state}")
    return after


def number_of(text: str) -> str | None:
    """A document number as it must be written, brackets of every make put right; None when it is none."""
    flat = "".join(text.split())
    flat = _YEAR.sub(r"〔\1〕", flat)
    flat = unicodedata.normalize("NFKC", flat).replace("第", "")
    flat = re.sub(r"〕0+", "〕", flat)
    return flat if _NUMBER.fullmatch(flat) else None


def composed(code: str, year: int, serial: int) -> str:
    """A document number of its parts."""
    return f"{code}〔{year}〕{serial}号"


def secrecy_grade(*texts: str) -> str | None:
    """The secrecy grade that stands as a mark in one of these texts; else None.

    A mark stands alone on a line, before ★, a term or a space, behind 密级, or in brackets at either end of a line.
    The words inside a sentence are no mark: a notice may well be about the law on secrets.
    """
    lines = [line.strip() for text in texts for line in unicodedata.normalize("NFKC", text).splitlines()]
    for line in lines:
        for pattern in _GRADES:
            found = pattern.search(line)
            if found:
                return "".join(found.group(1).split())
    return None


def handling_states(direction: Direction) -> list[State]:
    """The states on the way, in their order, for a line of progress."""
    if direction is Direction.INCOMING:
        return [State.SIGNED, State.REGISTERED, State.PROPOSED, State.INSTRUCTED, State.HANDLED, State.ARCHIVED]
    return [State.DRAFT, State.CHECKING, State.COUNTERSIGNING, State.SIGNING, State.ISSUED, State.NUMBERED,
            State.DISTRIBUTED, State.ARCHIVED]  # fmt: skip


def differences(before: str, after: str) -> list[dict[str, str]]:
    """What changed between two texts, in pieces: `same`, `gone`, `new`; signs of one paragraph are compared."""
    pieces: list[dict[str, str]] = []
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            pieces.append({"kind": "same", "text": before[start:end]})
            continue
        if end > start:
            pieces.append({"kind": "gone", "text": before[start:end]})
        if new_end > new_start:
            pieces.append({"kind": "new", "text": after[new_start:new_end]})
    return pieces


def is_layer(strokes: Sequence[Sequence[Sequence[float]]]) -> bool:
    """Whether handwriting fits on a page: not too much of it, and every point inside it (0 to 1 both ways)."""
    points = sum(len(stroke) for stroke in strokes)
    inside = all(len(point) == 2 and 0 <= point[0] <= 1 and 0 <= point[1] <= 1 for one in strokes for point in one)
    return len(strokes) <= MAX_STROKES and points <= MAX_POINTS and inside


def chinese_date(day: date) -> str:
    """The date on a document (GB/T 9704: Arabic figures, no leading zeros)."""
    return f"{day.year}年{day.month}月{day.day}日"

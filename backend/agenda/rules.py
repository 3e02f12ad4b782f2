"""Decisions of schedules, reports and feeds without a database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from backend.agenda.types import FACT_NAMES, Fact, Openness, ShareLevel, View

_STRENGTH = {View.BUSY: 1, View.DETAILS: 2, View.KEEP: 3}
_OF_SHARE = {ShareLevel.BUSY: View.BUSY, ShareLevel.DETAILS: View.DETAILS, ShareLevel.KEEP: View.KEEP}
_FOLD = 73
_KINDS = {"case": "case", "inquiry": "inquiry", "inquiry_part": "inquiry", "document": "document", "work_task": "task"}


def granted(*, is_own: bool, same_unit: bool, has_rules: bool, shares: Iterable[ShareLevel]) -> View | None:
    """How much of a schedule somebody sees: all of one's own; else by the person's rules; where the person made none,
    colleagues of the unit see what is open to the unit."""
    if is_own:
        return View.KEEP
    given = [_OF_SHARE[level] for level in shares]
    if same_unit and not has_rules:
        given.append(View.DETAILS)
    return max(given, key=_STRENGTH.__getitem__, default=None)


def shown_as(level: View, openness: str) -> View:
    """How one entry is shown: what is private is only `busy` to everybody but who keeps the schedule."""
    return View.BUSY if level is View.DETAILS and openness == Openness.PRIVATE else level


def fact_kind(subject_kind: str) -> str:
    """Under which heading a finished to-do stands in a weekly report."""
    return _KINDS.get(subject_kind, "other")


def told(facts: Sequence[Fact], language: str) -> str:
    """The first draft of what was done: by kind, with numbers, in the person's language."""
    english = language.startswith("en")
    order = list(FACT_NAMES)
    lines = []
    for kind, found in groupby(sorted(facts, key=lambda fact: order.index(fact.kind)), key=lambda fact: fact.kind):
        texts = list(dict.fromkeys(fact.text for fact in found))
        name = FACT_NAMES[kind].render(language)
        lines.append(f"{name}: {len(texts)}" if english else f"{name}{len(texts)}项：")
        lines += [f"{number}. {text}" for number, text in enumerate(texts, start=1)]
    return "\n".join(lines)


def listed(texts: Sequence[str]) -> str:
    """Numbered lines."""
    return "\n".join(f"{number}. {text}" for number, text in enumerate(texts, start=1))


@dataclass(frozen=True, slots=True)
class CalendarItem:
    """One event of a feed. With `whole_days` only the days count, both included."""

    uid: UUID
    title: str
    starts_at: datetime
    ends_at: datetime
    whole_days: bool
    changed_at: datetime
    sequence: int
    place: str = ""
    notes: str = ""
    is_busy: bool = True


def calendar(name: str, items: Iterable[CalendarItem], zone: str) -> str:
    """An iCalendar file (RFC 5545): times in UTC, lines folded at 75 octets, ended by CRLF."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Suqian//Agenda//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
        f"X-WR-TIMEZONE:{zone}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    ]
    for item in items:
        lines += _event(item)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(item: CalendarItem) -> list[str]:
    if item.whole_days:
        until = item.ends_at.date() + timedelta(days=1)
        times = [f"DTSTART;VALUE=DATE:{_day(item.starts_at.date())}", f"DTEND;VALUE=DATE:{_day(until)}"]
    else:
        times = [f"DTSTART:{_moment(item.starts_at)}", f"DTEND:{_moment(item.ends_at)}"]
    words = [("SUMMARY", item.title), ("LOCATION", item.place), ("DESCRIPTION", item.notes)]
    return [
        "BEGIN:VEVENT",
        f"UID:{item.uid}@suqian.gov.cn",
        f"DTSTAMP:{_moment(item.changed_at)}",
        f"SEQUENCE:{item.sequence}",
        *times,
        *(f"{key}:{_text(value)}" for key, value in words if value),
        f"TRANSP:{'OPAQUE' if item.is_busy else 'TRANSPARENT'}",
        "END:VEVENT",
    ]


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    plain = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _folded(line: str) -> str:
    parts, part = [], ""
    for sign in line:
        if len((part + sign).encode()) > _FOLD:
            parts.append(part)
            part = ""
        part += sign
    return "\r\n ".join([*parts, part])

"""Decisions of attendance without a database: one person's day, a month in figures, a position against places.

A day has at most two halves. Coming counts against the first half that is worked, going against the last one; halves
of rightful absence are neither expected nor judged. Who comes after a half is over, or leaves before it began, was
absent in it; without any sign of coming (or going) the first (or last) half counts as absent until it is corrected.
Nothing is judged before it is over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from math import asin, ceil, cos, radians, sin, sqrt

from backend.attendance.types import (
    AbsenceKind,
    DayFacts,
    DayVerdict,
    Half,
    Mark,
    Plan,
    PunchKind,
    Span,
    Totals,
    Where,
)

EARTH_M = 6_371_000
_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")
ORDER = (Half.AM, Half.PM)
_MARK_OF = {AbsenceKind.LEAVE: Mark.LEAVE, AbsenceKind.TRIP: Mark.TRIP, AbsenceKind.OUTING: Mark.OUTING}
Moments = tuple[Half, datetime, datetime]


def judge(facts: DayFacts, now: datetime) -> DayVerdict:
    """What stands on the sheet for a day, as far as it can be said by `now` (local)."""
    worked = _worked(facts, now)
    expected_in = worked[0][1] if worked else None
    expected_out = worked[-1][2] if worked else None
    absent, late, early = _presence(facts, worked, now)
    away = {half: facts.away[half] for half in ORDER if half in facts.away and half in facts.plan.halves}
    return DayVerdict(
        day=facts.day,
        is_workday=facts.is_workday,
        expected_in=expected_in,
        expected_out=expected_out,
        punched_in=facts.punched_in,
        punched_out=facts.punched_out,
        late_minutes=late,
        early_minutes=early,
        absent=absent,
        away=away,
        marks=_marks(facts, late, early, absent, away.values()),
        outside=facts.outside,
        queued=facts.queued,
    )


def _worked(facts: DayFacts, now: datetime) -> list[Moments]:
    return [
        (half, _moment(facts.day, span, now, "starts"), _moment(facts.day, span, now, "ends"))
        for half in ORDER
        if half not in facts.away and (span := facts.plan.halves.get(half)) is not None
    ]


def _moment(day: date, span: Span, like: datetime, side: str) -> datetime:
    return datetime.combine(day, getattr(span, side), tzinfo=like.tzinfo)


def _presence(facts: DayFacts, worked: Sequence[Moments], now: datetime) -> tuple[tuple[Half, ...], int, int]:
    """Halves of absence, minutes late in the first half of presence, minutes early in the last one."""
    came, went = facts.punched_in, facts.punched_out
    missed = {half for half, starts, ends in worked if _missed(came, went, starts, ends, now)}
    if worked and now >= worked[-1][2]:
        missed |= _unsigned(came, went, worked)
    present = [row for row in worked if row[0] not in missed]
    if not present:
        return tuple(half for half, _, _ in worked if half in missed), 0, 0
    grace = timedelta(minutes=facts.plan.grace_minutes)
    late = _minutes(came - present[0][1], grace) if came else 0
    early = _minutes(present[-1][2] - went, grace) if went and now >= present[-1][2] else 0
    return tuple(half for half, _, _ in worked if half in missed), late, early


def _missed(came: datetime | None, went: datetime | None, starts: datetime, ends: datetime, now: datetime) -> bool:
    if now < ends:
        return False
    if came is None and went is None:
        return True
    return (came is not None and came >= ends) or (went is not None and went <= starts)


def _unsigned(came: datetime | None, went: datetime | None, worked: Sequence[Moments]) -> set[Half]:
    missing = set()
    if came is None:
        missing.add(worked[0][0])
    if went is None:
        missing.add(worked[-1][0])
    return missing


def _minutes(length: timedelta, grace: timedelta) -> int:
    return ceil(length.total_seconds() / 60) if length > grace else 0


def _marks(
    facts: DayFacts, late: int, early: int, absent: Sequence[Half], away: Iterable[AbsenceKind]
) -> tuple[Mark, ...]:
    found = [_MARK_OF[kind] for kind in dict.fromkeys(away)]
    if facts.planned and not facts.plan.halves:
        found.append(Mark.REST)
    if late:
        found.append(Mark.LATE)
    if early:
        found.append(Mark.EARLY)
    if absent:
        found.append(Mark.ABSENT)
    if facts.corrected:
        found.append(Mark.CORRECTED)
    return tuple(found)


def totals(days: Iterable[DayVerdict], planned: Mapping[date, int], past: date) -> Totals:
    """A month in figures. `planned` is how many halves each day has; days after `past` are not counted yet."""
    rows = [row for row in days if row.day <= past]
    expected = sum(planned.get(row.day, 0) for row in rows)
    absent = sum(len(row.absent) for row in rows)
    away = [kind for row in rows for kind in row.away.values()]
    return Totals(
        expected=expected / 2,
        worked=(expected - absent - len(away)) / 2,
        late=sum(bool(row.late_minutes) for row in rows),
        late_minutes=sum(row.late_minutes for row in rows),
        early=sum(bool(row.early_minutes) for row in rows),
        early_minutes=sum(row.early_minutes for row in rows),
        absent=absent / 2,
        leave=away.count(AbsenceKind.LEAVE) / 2,
        trip=away.count(AbsenceKind.TRIP) / 2,
        outing=away.count(AbsenceKind.OUTING) / 2,
        corrected=sum(Mark.CORRECTED in row.marks for row in rows),
    )


def away_on(day: date, kind: AbsenceKind, first: tuple[date, Half], last: tuple[date, Half]) -> dict[Half, AbsenceKind]:
    """The halves of a day that an absence from `first` to `last` (both included) covers."""
    return {half: kind for half in ORDER if _key(*first) <= _key(day, half) <= _key(*last)}


def _key(day: date, half: Half) -> tuple[date, int]:
    return day, ORDER.index(half)


def where(
    position: tuple[float, float] | None,
    accuracy: float,
    places: Iterable[tuple[float, float, float]],
    most_accuracy: float,
) -> Where:
    """Inside when the position lies in one of the places (latitude, longitude, radius), its inaccuracy allowed for.

    At most `most_accuracy` metres are allowed for, so that a phone that knows nothing is not everywhere.
    """
    known = list(places)
    if position is None or not known:
        return Where.UNKNOWN
    slack = min(max(accuracy, 0), most_accuracy)
    near = any(distance_m(position, (lat, lon)) <= radius + slack for lat, lon, radius in known)
    return Where.INSIDE if near else Where.OUTSIDE


def distance_m(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Metres between two positions in degrees (haversine)."""
    lat1, lon1, lat2, lon2 = map(radians, (*one, *other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_M * asin(sqrt(min(1.0, half)))


def is_timely(punched_at: datetime, now: datetime, hours: int) -> bool:
    """Whether the device's time of a queued punch can be taken: not ahead, not too long ago."""
    return now - timedelta(hours=hours) <= punched_at <= now


def next_kind(kinds: Sequence[PunchKind]) -> PunchKind:
    """What the button offers: going after coming, coming otherwise."""
    return PunchKind.OUT if kinds and kinds[-1] is PunchKind.IN else PunchKind.IN


def is_well_formed(am: Span | None, pm: Span | None) -> bool:
    """Whether these halves make a shift: at least one, each in order, the morning before the afternoon."""
    halves = [half for half in (am, pm) if half is not None]
    in_order = all(half.starts < half.ends for half in halves)
    return bool(halves) and in_order and (len(halves) < 2 or halves[0].ends <= halves[1].starts)


def plan_of(base: Plan, duties: Mapping[Half, Span], *, is_workday: bool) -> Plan:
    """A day's plan: the unit's on working days, and the duties at windows on any day in place of their halves."""
    halves = {**(base.halves if is_workday else {}), **duties}
    return Plan({half: halves[half] for half in ORDER if half in halves}, base.grace_minutes, base.outside_allowed)


def month_of(text: str) -> date | None:
    """The first day of a month written 2026-11; None for anything else."""
    found = _MONTH.fullmatch(text)
    return date(int(found[1]), int(found[2]), 1) if found else None


def has_waited(is_workday: Callable[[date], bool], shown_on: date, today: date, workdays: int) -> bool:
    """Whether so many whole working days lie behind the day on which a sheet was shown."""
    between = (shown_on + timedelta(days=step) for step in range(1, (today - shown_on).days))
    return sum(map(is_workday, between)) >= workdays


def days_of(month: date) -> list[date]:
    """The days of a month."""
    return [day for step in range(31) if (day := month + timedelta(days=step)).month == month.month]


def month_before(day: date) -> date:
    """The first day of the month before."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)

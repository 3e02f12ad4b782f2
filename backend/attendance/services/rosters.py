"""Duty rosters of windows. The database itself holds that nobody is on duty twice at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from backend.accounts import selectors as accounts
from backend.attendance import events, selectors, store
from backend.attendance.models import Duty, Roster, Shift
from backend.attendance.types import HALF_NAMES, AttendanceError, Half
from backend.centres import selectors as centres
from backend.centres.types import WindowRef
from backend.journal.services import record_change
from kernel import clock, realtime
from kernel.actors import Actor
from kernel.errors import CommonError, DomainError, FieldError, Text

SUBJECT = "attendance_roster"
CONSTRAINT = "attendance_person_not_twice"
POST = "窗口工作人员"


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody on duty for half a day. `shown_as` is a post or a staff number: the public reads it."""

    person_id: UUID
    day: date
    half: Half
    shown_as: str = ""


@transaction.atomic
def keep_roster(
    *, actor: Actor, window_id: UUID, first: date, last: date, version: int, wishes: Sequence[Wish]
) -> Roster:
    """Write a window's roster anew from `first` to `last`, today at the earliest.

    Raises WINDOW_NOT_FOUND, ROSTER_PAST, STALE, PERSON_UNKNOWN, NO_SHIFT_THEN, PERSON_TWICE.
    """
    window = selectors.kept_window(actor, window_id)
    _check_days(first, last, wishes)
    roster = _locked(window, version)
    realtime.lock_cursors({wish.person_id for wish in wishes})
    names = {info.id: info.name for info in accounts.officials(ids=[wish.person_id for wish in wishes])}
    _check_people(wishes, names)
    before = roster.duties.filter(day__range=(first, last))
    old = {(row.person_id, row.day, row.half) for row in before}
    rows = _rows(roster, window, wishes, names)
    before.delete()
    _write(rows, names)
    roster.save_change(at=clock.now())
    new = {(row.person_id, row.day, row.half) for row in rows}
    _tell(actor, roster, window, (first, last), sorted({person for person, _, _ in old ^ new}, key=str), len(rows))
    return roster


@transaction.atomic
def drop_duties(*, person_id: UUID) -> int:
    """Take somebody who left office off all rosters from now on. Returns how many duties there were."""
    actor, dropped = Actor.system("attendance"), 0
    rosters = Roster.objects.filter(duties__person_id=person_id, duties__starts_at__gt=clock.now()).distinct()
    for roster in Roster.objects.select_for_update().filter(pk__in=rosters.values("pk")).order_by("id"):
        rows = roster.duties.filter(person_id=person_id, starts_at__gt=clock.now())
        days = sorted(rows.values_list("day", flat=True))
        rows.delete()
        roster.save_change(at=clock.now())
        window = centres.windows(ids=[roster.window_id]).get(roster.window_id)
        dropped += len(days)
        if window is not None and days:
            _tell(actor, roster, window, (days[0], days[-1]), [], 0)
    return dropped


def _check_days(first: date, last: date, wishes: Sequence[Wish]) -> None:
    today = clock.today()
    most = store.rule_on(today).roster_days
    inside = all(first <= wish.day <= last for wish in wishes)
    if first < today or last < first or (last - first).days >= most or not inside:
        raise DomainError(AttendanceError.ROSTER_PAST, days=most)


def _locked(window: WindowRef, version: int) -> Roster:
    Roster.objects.get_or_create(
        window_id=window.id, defaults={"organisation_id": window.organisation_id, "version": 0}
    )
    roster = Roster.objects.select_for_update().get(window_id=window.id)
    if roster.version != version:
        raise DomainError(CommonError.STALE, extra={"current": {"version": roster.version}})
    return roster


def _check_people(wishes: Sequence[Wish], names: Mapping[UUID, str]) -> None:
    text = Text("请从列表中选择在职人员。", "Choose somebody who is in office.")
    faults = [
        FieldError(f"/items/{index}/person_id", "unknown", text)
        for index, wish in enumerate(wishes)
        if wish.person_id not in names
    ]
    if faults:
        raise DomainError(AttendanceError.PERSON_UNKNOWN, errors=faults)


def _rows(roster: Roster, window: WindowRef, wishes: Sequence[Wish], names: Mapping[UUID, str]) -> list[Duty]:
    path = accounts.organisation(window.organisation_id).path
    shifts = _shifts(window.id, path, max((wish.day for wish in wishes), default=clock.today()))
    rows = []
    for wish in dict.fromkeys(wishes):
        shift = next((row for row in shifts if row.valid_from <= wish.day), None)
        span = store.plan_from(shift).halves.get(wish.half) if shift else None
        if span is None:
            half = HALF_NAMES[wish.half]
            raise DomainError(AttendanceError.NO_SHIFT_THEN, day=wish.day.isoformat(), half=half.zh, half_en=half.en)
        rows.append(
            Duty(
                roster=roster,
                window_id=window.id,
                person_id=wish.person_id,
                name=names[wish.person_id],
                shown_as=wish.shown_as.strip() or POST,
                day=wish.day,
                half=wish.half,
                starts_at=store.local_moment(wish.day, span.starts),
                ends_at=store.local_moment(wish.day, span.ends),
            )
        )
    return rows


def _shifts(window_id: UUID, path: str, last: date) -> list[Shift]:
    """The shifts that may hold for a window, the one that goes before others first."""
    own = list(Shift.objects.filter(window_id=window_id, valid_from__lte=last).order_by("-valid_from"))
    units = store.shifts_above([path], last)
    nearest = store.ancestors(path)
    return own + sorted(units, key=lambda row: (nearest.index(row.path), -row.valid_from.toordinal()))


def _write(rows: Sequence[Duty], names: Mapping[UUID, str]) -> None:
    try:
        with transaction.atomic():
            Duty.objects.bulk_create(rows)
    except IntegrityError as exc:
        if CONSTRAINT not in str(exc):
            raise
        twice = _twice(rows)
        day, name = (twice.day.isoformat(), names[twice.person_id]) if twice else ("", "")
        raise DomainError(AttendanceError.PERSON_TWICE, name=name, day=day) from exc


def _twice(rows: Sequence[Duty]) -> Duty | None:
    """The first of the new duties that overlaps another one, new or old."""
    people, days = {row.person_id for row in rows}, {row.day for row in rows}
    others = [*Duty.objects.filter(person_id__in=people, day__in=days), *rows]
    return next((row for row in rows if any(_clash(row, other) for other in others if other.pk != row.pk)), None)


def _clash(one: Duty, other: Duty) -> bool:
    return one.person_id == other.person_id and one.starts_at < other.ends_at and other.starts_at < one.ends_at


def _tell(
    actor: Actor, roster: Roster, window: WindowRef, days: tuple[date, date], people: Sequence[UUID], duties: int
) -> None:
    record_change(
        actor=actor,
        event=events.ROSTER_CHANGED,
        subject=(SUBJECT, roster.id),
        organisation_id=roster.organisation_id,
        data={
            "window_id": window.id,
            "number": window.number,
            "people": [str(person) for person in people],
            "by_id": actor.user_id,
            "from_on": days[0],
            "to_on": days[1],
            "duties": duties,
        },
    )

"""Coming and going. The server's time counts, and of a position only whether it lies inside is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from backend.attendance import events, rules, selectors, store
from backend.attendance.models import AttendanceRule, Punch
from backend.attendance.services import common
from backend.attendance.store import Person
from backend.attendance.types import AttendanceError, PunchKind, Where
from backend.journal.services import record_change
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError, FieldError, Text

SUBJECT = "attendance_punch"


@dataclass(frozen=True, slots=True)
class Position:
    """Where a phone believes to be: degrees and metres. Lives for one call and is written nowhere."""

    latitude: float
    longitude: float
    accuracy: float = 0.0


@transaction.atomic
def punch(
    *,
    actor: Actor,
    kind: PunchKind,
    position: Position | None = None,
    queued: bool = False,
    punched_at: datetime | None = None,
) -> Punch:
    """Sign in or out now; or, when it was `queued`, at the time at which a device without a net noted it.

    The same within a minute is the same punch, from however many devices at once. Raises FORBIDDEN, NOT_KEPT,
    NOT_TIMELY, OUTSIDE.
    """
    person = selectors.check_official(actor)
    common.in_order(person.id)
    now = clock.now()
    known = store.rule_on(clock.local(now).date())
    at = _moment(punched_at, now, known) if queued or punched_at else now
    twin = _twin(person, kind, at, known)
    if twin is not None:
        return twin
    where = _where(person, position, clock.local(at), known)
    row = Punch.objects.create(
        person_id=person.id,
        organisation_id=person.organisation.id,
        day=clock.local(at).date(),
        kind=kind,
        at=at,
        received_at=now,
        queued=queued or punched_at is not None,
        where=where,
    )
    _tell(actor, row)
    return row


def _moment(punched_at: datetime | None, now: datetime, known: AttendanceRule) -> datetime:
    if punched_at is None or not rules.is_timely(punched_at, now, known.queued_hours):
        text = Text(
            "离线签到时间须在过去{hours}小时以内，请改为申请补签。",
            "It must lie within the last {hours} h; ask for a correction instead.",
        )
        fault = FieldError("/punched_at", "not_timely", text, {"hours": known.queued_hours})
        raise DomainError(AttendanceError.NOT_TIMELY, errors=[fault], hours=known.queued_hours)
    return punched_at


def _twin(person: Person, kind: PunchKind, at: datetime, known: AttendanceRule) -> Punch | None:
    near = timedelta(seconds=known.same_seconds)
    rows = Punch.objects.filter(person_id=person.id, kind=kind, at__range=(at - near, at + near))
    return rows.order_by("at", "id").first()


def _where(person: Person, position: Position | None, at: datetime, known: AttendanceRule) -> Where:
    facts = store.facts_of([person], at.date(), at.date())
    plan, kept = facts.plan(person, at.date())
    if not kept:
        raise DomainError(AttendanceError.NOT_KEPT)
    places = store.places_of(person.organisation.path)
    spot = (position.latitude, position.longitude) if position else None
    circles = [(float(row.latitude), float(row.longitude), float(row.radius_m)) for row in places]
    found = rules.where(spot, position.accuracy if position else 0.0, circles, known.accuracy_m)
    if places and found is not Where.INSIDE and not plan.outside_allowed and not facts.away(person.id, at.date()):
        names = "、".join(row.name for row in places)
        raise DomainError(AttendanceError.OUTSIDE, places=names)
    return found


def _tell(actor: Actor, row: Punch) -> None:
    subject = (SUBJECT, row.id)
    record_change(
        actor=actor,
        event=events.PUNCHED,
        subject=subject,
        organisation_id=row.organisation_id,
        data={
            "punch_id": row.id,
            "person_id": row.person_id,
            "kind": str(row.kind),
            "at": clock.local(row.at).isoformat(timespec="seconds"),
            "queued": row.queued,
            "where": str(row.where),
        },
    )
    common.show(row.person_id, "attendance.punched", subject)

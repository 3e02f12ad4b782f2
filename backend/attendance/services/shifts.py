"""Working times of units and windows, and the places where people punch. What was in force once stays as it was."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from backend.accounts import selectors as accounts
from backend.attendance import events, rules, selectors
from backend.attendance.models import Place, Shift
from backend.attendance.types import AttendanceError, Span
from backend.centres import selectors as centres
from backend.journal.services import record_change
from kernel import clock
from kernel.actors import Actor
from kernel.errors import CommonError, DomainError

USUAL: dict[str, Any] = {
    "name": "行政班",
    "am_starts": time(9, 0),
    "am_ends": time(12, 0),
    "pm_starts": time(13, 30),
    "pm_ends": time(17, 30),
    "grace_minutes": 5,
    "outside_allowed": True,
}
USUAL_RADIUS_M = 300


@transaction.atomic
def keep_shift(
    *, actor: Actor, organisation_id: UUID, valid_from: date, window_id: UUID | None = None, **wishes: Any
) -> Shift:
    """Set the working times of a unit (and all below it) or of one window, from today or a later day on.

    `wishes`: name, am_starts, am_ends, pm_starts, pm_ends, grace_minutes, outside_allowed. Raises UNIT_NOT_FOUND,
    WINDOW_NOT_FOUND, BAD_SHIFT, SHIFT_TAKEN.
    """
    unit = selectors.kept_unit(actor, organisation_id)
    if window_id is not None:
        _check_window(organisation_id, window_id)
    _check(valid_from, wishes)
    _check_free(unit.path, window_id, valid_from, None)
    row = Shift.objects.create(
        organisation_id=unit.id, path=unit.path, window_id=window_id, valid_from=valid_from, **wishes
    )
    _tell(actor, row)
    return row


@transaction.atomic
def change_shift(*, actor: Actor, shift_id: UUID, version: int, valid_from: date, **wishes: Any) -> Shift:
    """Write a shift anew that is not in force yet.

    Raises SHIFT_NOT_FOUND, STALE, SHIFT_BEGUN, BAD_SHIFT, SHIFT_TAKEN.
    """
    row = Shift.objects.select_for_update().filter(pk=shift_id).first()
    if row is None or not selectors.keeps(actor, row.path):
        raise DomainError(AttendanceError.SHIFT_NOT_FOUND)
    if row.version != version:
        raise DomainError(CommonError.STALE, extra={"current": {"version": row.version}})
    if row.valid_from <= clock.today():
        raise DomainError(AttendanceError.SHIFT_BEGUN)
    _check(valid_from, wishes)
    _check_free(row.path, row.window_id, valid_from, row.id)
    row.valid_from = valid_from
    for name, value in wishes.items():
        setattr(row, name, value)
    row.save_change("valid_from", *wishes, at=clock.now())
    _tell(actor, row)
    return row


@transaction.atomic
def keep_place(
    *, actor: Actor, organisation_id: UUID, name: str, latitude: float, longitude: float, radius_m: int
) -> Place:
    """Enter a place where a unit punches, or write anew where it lies. Raises UNIT_NOT_FOUND."""
    unit = selectors.kept_unit(actor, organisation_id)
    row, _ = Place.objects.update_or_create(
        organisation_id=unit.id,
        name=name.strip(),
        defaults={
            "path": unit.path,
            "latitude": round(latitude, 6),
            "longitude": round(longitude, 6),
            "radius_m": radius_m,
        },
    )
    record_change(
        actor=actor,
        event=events.PLACE_KEPT,
        subject=("attendance_place", row.id),
        organisation_id=unit.id,
        data={"place_id": row.id, "radius_m": radius_m},
    )
    return row


def load_shifts(*, actor: Actor, organisation_ids: Collection[UUID]) -> int:
    """Give each of these units that keeps no attendance yet the usual shift from today on, and the places of its
    service centres. Returns how many shifts are new."""
    having = set(Shift.objects.filter(window_id=None).values_list("organisation_id", flat=True))
    missing = [found for found in organisation_ids if found not in having]
    for found in missing:
        keep_shift(actor=actor, organisation_id=found, valid_from=clock.today(), **USUAL)
    for centre in centres.centres():
        if centre.organisation_id in missing and centre.latitude is not None and centre.longitude is not None:
            keep_place(
                actor=actor,
                organisation_id=centre.organisation_id,
                name=centre.name,
                latitude=centre.latitude,
                longitude=centre.longitude,
                radius_m=USUAL_RADIUS_M,
            )
    return len(missing)


def _check_window(organisation_id: UUID, window_id: UUID) -> None:
    window = centres.windows(ids=[window_id]).get(window_id)
    home = accounts.organisation(organisation_id)
    if window is None or not accounts.organisation(window.organisation_id).path.startswith(home.path):
        raise DomainError(AttendanceError.WINDOW_NOT_FOUND)


def _check(valid_from: date, wishes: dict[str, Any]) -> None:
    pairs = [(wishes.get(f"{half}_starts"), wishes.get(f"{half}_ends")) for half in ("am", "pm")]
    complete = all((starts is None) == (ends is None) for starts, ends in pairs)
    am, pm = (Span(starts, ends) if starts and ends else None for starts, ends in pairs)
    if not complete or not rules.is_well_formed(am, pm) or valid_from < clock.today():
        raise DomainError(AttendanceError.BAD_SHIFT)


def _check_free(path: str, window_id: UUID | None, valid_from: date, own: UUID | None) -> None:
    whose = Q(window_id=window_id) if window_id else Q(window_id=None, path=path)
    others = Shift.objects.exclude(pk=own) if own else Shift.objects.all()
    if others.filter(whose, valid_from=valid_from).exists():
        raise DomainError(AttendanceError.SHIFT_TAKEN, day=valid_from.isoformat())


def _tell(actor: Actor, row: Shift) -> None:
    record_change(
        actor=actor,
        event=events.SHIFT_KEPT,
        subject=("attendance_shift", row.id),
        organisation_id=row.organisation_id,
        data={"shift_id": row.id, "window_id": row.window_id, "valid_from": row.valid_from},
    )

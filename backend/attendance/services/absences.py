"""Own rows of what was granted elsewhere: leave, trips, outings. They come as events."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from backend.attendance.models import Absence
from backend.attendance.services import common
from backend.attendance.types import AbsenceKind, Half

_KINDS = {kind.value: kind for kind in (AbsenceKind.TRIP, AbsenceKind.OUTING)}


@transaction.atomic
def keep_absence(
    *, request_id: UUID, person_id: UUID, kind: str, first: tuple[date, Half], last: tuple[date, Half]
) -> Absence:
    """Take an absence in as it stands now; told again (shortened, moved) it is written anew.

    Every kind that is neither a trip nor an outing is leave: of what sort is nobody's business here.
    """
    row, _ = Absence.objects.update_or_create(
        request_id=request_id,
        defaults={
            "person_id": person_id,
            "kind": _KINDS.get(kind, AbsenceKind.LEAVE),
            "starts_on": first[0],
            "starts_half": first[1],
            "ends_on": last[0],
            "ends_half": last[1],
        },
    )
    common.show(person_id, "attendance.absence_kept", ("attendance_absence", row.id))
    return row


@transaction.atomic
def drop_absence(*, request_id: UUID) -> None:
    """An absence does not take place."""
    row = Absence.objects.select_for_update().filter(request_id=request_id).first()
    if row is not None:
        common.show(row.person_id, "attendance.absence_dropped", ("attendance_absence", row.id))
        row.delete()

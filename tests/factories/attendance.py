"""Shifts, places, punches for tests, made by the services themselves."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from backend.accounts import selectors as accounts
from backend.accounts.types import OrganisationInfo
from backend.attendance import services
from backend.attendance.models import Place, Punch, Shift
from backend.attendance.services.shifts import USUAL
from backend.attendance.types import PunchKind
from kernel import clock
from tests.factories import accounts as people

HERE = {"latitude": 33.9630, "longitude": 118.2750}
FAR = {"latitude": 31.2300, "longitude": 121.4700}


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """A wall-clock time in Suqian."""
    return datetime.combine(day, time(hour, minute), tzinfo=clock.SHANGHAI)


def shift(unit: OrganisationInfo, **wishes: Any) -> Shift:
    """The usual shift of a unit, from today on."""
    return services.keep_shift(
        actor=people.system(), organisation_id=unit.id, **{"valid_from": clock.today(), **USUAL, **wishes}
    )


def place(unit: OrganisationInfo, name: str = "市民中心") -> Place:
    """A place with a radius of 200 m."""
    return services.keep_place(actor=people.system(), organisation_id=unit.id, name=name, radius_m=200, **HERE)


def punch(person_id: UUID, kind: PunchKind, at: datetime) -> Punch:
    """A punch at a moment."""
    with clock.held(at):
        return services.punch(actor=accounts.actor_for(person_id), kind=kind)

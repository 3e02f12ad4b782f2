"""Leave for tests, asked for through the services themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from backend.accounts import selectors as accounts
from backend.accounts.types import OrganisationInfo, Role
from backend.leave import services
from backend.leave.models import LeaveRequest
from backend.leave.types import Half, Point
from backend.workflow import selectors as workflow
from kernel import clock
from tests.factories import accounts as people


@dataclass(frozen=True)
class Office:
    """A unit with a head, one above with another, and two who work there."""

    unit: OrganisationInfo
    above: OrganisationInfo
    head: UUID
    chief: UUID
    person: UUID
    colleague: UUID


def office() -> Office:
    """People of two levels; the person has worked for twelve years."""
    above = people.organisation()
    unit = people.organisation(parent=above)
    made = Office(
        unit=unit,
        above=above,
        head=people.official(Role.APPROVER, unit, name="李科长"),
        chief=people.official(Role.APPROVER, above, name="王局长"),
        person=people.official(Role.REVIEWER, unit, name="张三"),
        colleague=people.official(Role.REVIEWER, unit, name="赵四"),
    )
    career(made.person)
    return made


def career(person: UUID, years: int = 12, **more: Any) -> None:
    """Somebody has worked for so many years."""
    since = clock.today() - timedelta(days=years * 366 + 40)
    services.note_career(actor=people.system(), person_id=person, works_since=since, **more)


def workday(ahead: int = 0) -> date:
    """The `ahead`-th working day after ten days from now, so that no test hangs on today's calendar."""
    day, worked = clock.today() + timedelta(days=10), workflow.calendar_for(clock.today()).is_workday
    found = -1
    while True:
        found += worked(day)
        if found == ahead:
            return day
        day += timedelta(days=1)


def asked(person: UUID, day: date | None = None, until: date | None = None, **more: Any) -> LeaveRequest:
    """A request, for one working day of annual leave if nothing else is said."""
    day = day or workday()
    wishes: dict[str, Any] = {"kind": "annual", "first": Point(day, Half.AM), "last": Point(until or day, Half.PM)}
    return services.ask(actor=accounts.actor_for(person), **{**wishes, **more})


def decided(request: LeaveRequest, by: UUID, *, agree: bool = True, comment: str = "") -> LeaveRequest:
    """A decision on a request as it stands."""
    version = LeaveRequest.objects.values_list("version", flat=True).get(pk=request.id)
    return services.decide(
        actor=accounts.actor_for(by), request_id=request.id, version=version, agree=agree, comment=comment
    )

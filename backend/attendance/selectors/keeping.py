"""What those who keep attendance read: units, windows, shifts, places, rosters; and who is at a window now."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from backend.accounts import selectors as accounts
from backend.accounts.types import OrganisationInfo, Role
from backend.attendance import rules
from backend.attendance.models import Duty, Place, Punch, Roster, Shift
from backend.attendance.types import AttendanceError, PunchKind, WindowNow
from backend.centres import selectors as centres
from backend.centres.types import WindowRef
from kernel import clock
from kernel.actors import Actor, ActorKind
from kernel.errors import DomainError

HEAD = Role.APPROVER
KEEPERS = (Role.APPROVER, Role.SYSTEM_MANAGER)
MOST_UNITS = 500


@dataclass(frozen=True, slots=True)
class Managed:
    """What somebody manages: units, those among them whose sheets one sees, windows."""

    units: list[OrganisationInfo]
    headed: set[UUID]
    windows: list[WindowRef]


@dataclass(frozen=True, slots=True)
class RosterView:
    """A window's roster in a time; version 0 before it was written the first time."""

    window: WindowRef
    version: int
    duties: list[Duty]


def keeps(actor: Actor, path: str) -> bool:
    """Whether the actor sets shifts, places and rosters there."""
    return actor.kind is ActorKind.SYSTEM or any(actor.has_role(role, path=path) for role in KEEPERS)


def kept_unit(actor: Actor, organisation_id: UUID) -> OrganisationInfo:
    """A unit whose attendance the actor keeps. Raises UNIT_NOT_FOUND."""
    found = accounts.organisations_by_id([organisation_id]).get(organisation_id)
    if found is None or not keeps(actor, found.path):
        raise DomainError(AttendanceError.UNIT_NOT_FOUND)
    return found


def kept_window(actor: Actor, window_id: UUID) -> WindowRef:
    """A window of a centre whose attendance the actor keeps. Raises WINDOW_NOT_FOUND."""
    found = centres.windows(ids=[window_id]).get(window_id)
    if found is None or not keeps(actor, accounts.organisation(found.organisation_id).path):
        raise DomainError(AttendanceError.WINDOW_NOT_FOUND)
    return found


def managed(actor: Actor) -> Managed:
    """Units and windows that the actor manages; all empty for who manages nothing."""
    paths = sorted({path for role in KEEPERS for path in actor.paths(role)})
    ids = sorted({found for path in paths for found in accounts.subtree_ids(path)})[:MOST_UNITS]
    units = sorted(accounts.organisations_by_id(ids).values(), key=lambda unit: unit.path)
    headed = {unit.id for unit in units if actor.has_role(HEAD, path=unit.path)}
    windows = list(centres.windows(organisation_ids=ids).values()) if ids else []
    return Managed(units, headed, windows)


def shifts(actor: Actor, organisation_id: UUID) -> list[Shift]:
    """The shifts of a unit and of its windows, the newest first. Raises UNIT_NOT_FOUND."""
    unit = kept_unit(actor, organisation_id)
    return list(Shift.objects.filter(organisation_id=unit.id).order_by("-valid_from", "id")[:200])


def places(actor: Actor, organisation_id: UUID) -> list[Place]:
    """Where a unit punches. Raises UNIT_NOT_FOUND."""
    unit = kept_unit(actor, organisation_id)
    return list(Place.objects.filter(organisation_id=unit.id).order_by("name")[:200])


def roster(actor: Actor, window_id: UUID, first: date, last: date) -> RosterView:
    """A window's duties from `first` to `last`. Raises WINDOW_NOT_FOUND."""
    window = kept_window(actor, window_id)
    row = Roster.objects.filter(window_id=window_id).first()
    duties = Duty.objects.filter(window_id=window_id, day__range=(first, last)).order_by("starts_at", "name", "id")
    return RosterView(window, row.version if row else 0, list(duties[:1000]))


def at_the_windows(centre_code: str) -> dict[str, WindowNow]:
    """Who is at the windows of a centre now, by number; windows without a roster for today are missing. Public:
    a post or staff number is shown, never a name."""
    now = clock.now()
    today = clock.local(now).date()
    windows = centres.windows(centre_code=centre_code)
    duties = list(Duty.objects.filter(window_id__in=list(windows), day=today).order_by("starts_at", "id"))
    present = _present({duty.person_id for duty in duties}, today)
    found: dict[str, WindowNow] = {}
    for window_id in dict.fromkeys(duty.window_id for duty in duties):
        own = [duty for duty in duties if duty.window_id == window_id]
        found[windows[window_id].number] = _window_now(own, present, now)
    return found


def _window_now(duties: Iterable[Duty], present: Collection[UUID], now: datetime) -> WindowNow:
    running = [duty for duty in duties if duty.starts_at <= now < duty.ends_at]
    there = next((duty for duty in running if duty.person_id in present), None)
    shown = there or next(iter(running), None)
    return WindowNow(rostered=bool(running), staffed=there is not None, shown_as=shown.shown_as if shown else "")


def _present(people: Collection[UUID], day: date) -> set[UUID]:
    """Who of them came today and has not gone."""
    kinds: dict[UUID, list[PunchKind]] = {}
    if people:
        for row in Punch.objects.filter(person_id__in=people, day=day).order_by("at", "id"):
            kinds.setdefault(row.person_id, []).append(PunchKind(row.kind))
    return {person for person, found in kinds.items() if rules.next_kind(found) is PunchKind.OUT}

"""Leave in a scripted week: one with a stand-in who comes back early, a refused one, a race for one day, a trip to its
end; then balances must add up, nobody stand in any more, and nothing wait for a decision."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import connection

from backend.accounts import selectors as accounts
from backend.leave import selectors, services, store
from backend.leave.models import LeaveRequest
from backend.leave.types import Half, LeaveError, LeaveState, Point
from backend.workflow import selectors as workflow
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError

SYSTEM = Actor.system("play_leave")
STAFF = 4
AT_ONCE = 4
HELD = (LeaveState.ASKED.value, LeaveState.GRANTED.value, LeaveState.RETURNED.value)


@dataclass
class Played:
    """What the week came to. `faults` is empty when everything adds up."""

    requests: int = 0
    granted: int = 0
    refused: int = 0
    early: int = 0
    cancelled: int = 0
    raced: int = 0
    faults: list[str] = field(default_factory=list)


def play_week(head: UUID, staff: Sequence[UUID]) -> Played:
    """Let four officials of one unit be away in turn, decided by their head."""
    played, days = Played(), _workdays(7)
    for place, person in enumerate(staff[:STAFF]):
        since = clock.today() - timedelta(days=366 * (2 + 8 * place))
        services.note_career(actor=SYSTEM, person_id=person, works_since=since)
    rests, stands_in, stays, races = staff[:STAFF]
    _early_return(played, head, (rests, stands_in), days)
    _refusal(played, head, stays, days)
    _race(played, head, races, days)
    _trip(played, head, (stands_in, stays), days)
    _account(played, head, staff[:STAFF], days)
    return played


def _early_return(played: Played, head: UUID, pair: tuple[UUID, UUID], days: Sequence[date]) -> None:
    """Three days with a stand-in; back on the second."""
    person, stand_in = pair
    row = _ask(played, person, "annual", days[0], days[2], stand_in_id=stand_in)
    _decide(played, head, row)
    with _on(days[1]):
        if workflow.delegates_of(person) != [stand_in]:
            played.faults.append("nobody stands in for who is away")
        services.come_back(
            actor=accounts.actor_for(person), request_id=row, version=_version(row), at=Point(days[1], Half.AM)
        )
        played.early += 1
        if workflow.delegates_of(person):
            played.faults.append("somebody stands in for who is back")
    kept = LeaveRequest.objects.get(pk=row).days
    if kept != Decimal(1):
        played.faults.append(f"{kept} days stay taken where one was")


def _refusal(played: Played, head: UUID, person: UUID, days: Sequence[date]) -> None:
    row = _ask(played, person, "annual", days[0], days[1])
    try:
        services.decide(actor=accounts.actor_for(person), request_id=row, version=_version(row), agree=True)
        played.faults.append("somebody decided the own request")
    except DomainError as exc:
        if exc.code is not LeaveError.OWN:
            played.faults.append(f"own request: {exc.code.code}")
    _decide(played, head, row, agree=False)


def _race(played: Played, head: UUID, person: UUID, days: Sequence[date]) -> None:
    """The same day is asked for several times at once; one gets it, and gives it up before it begins."""

    def attempt(_: int) -> UUID | str:
        try:
            return _ask(played, person, "annual", days[3], days[3])
        except DomainError as exc:
            return exc.code.code
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        outcomes = list(pool.map(attempt, range(AT_ONCE)))
    won = [found for found in outcomes if isinstance(found, UUID)]
    lost = [found for found in outcomes if isinstance(found, str)]
    played.raced += len(lost)
    played.faults += [f"one day at once: {code}" for code in lost if code != LeaveError.OVERLAP.code]
    if len(won) != 1:
        played.faults.append(f"{len(won)} of {AT_ONCE} got the same day")
    for row in won:
        _decide(played, head, row)
        services.cancel(actor=accounts.actor_for(person), request_id=row, version=_version(row), reason="工作需要")
        played.cancelled += 1


def _trip(played: Played, head: UUID, pair: tuple[UUID, UUID], days: Sequence[date]) -> None:
    """To its end; standing in ends with its last day by itself."""
    person, stand_in = pair
    row = _ask(played, person, "trip", days[4], days[5], destination="南京", stand_in_id=stand_in)
    _decide(played, head, row)
    with _on(days[5]):
        if workflow.delegates_of(person) != [stand_in]:
            played.faults.append("nobody stands in for who is on a trip")
    with _on(days[6]):
        services.come_back(
            actor=accounts.actor_for(person), request_id=row, version=_version(row), at=Point(days[6], Half.AM)
        )


def _account(played: Played, head: UUID, staff: Sequence[UUID], days: Sequence[date]) -> None:
    """Balances are what stands of requests; nobody stands in after the week; nothing waits."""
    for person in staff:
        for year in {day.year for day in days}:
            rows = LeaveRequest.objects.filter(person_id=person, kind__code=store.ANNUAL, state__in=HELD)
            held = sum((one.days for row in rows for one in row.charges.filter(year=year)), Decimal(0))
            used = selectors.balances(accounts.actor_for(person), year)[0].used
            if used != held:
                played.faults.append(f"the balance of {year} says {used}, the requests say {held}")
        with _on(days[6]):
            if workflow.delegates_of(person):
                played.faults.append("somebody still stands in after the week")
    waiting = selectors.requests(accounts.actor_for(head), to_decide=True).filter(person_id__in=staff).count()
    if waiting:
        played.faults.append(f"{waiting} requests still wait for a decision")


def _ask(
    played: Played,
    person: UUID,
    kind: str,
    first: date,
    last: date,
    *,
    destination: str = "",
    stand_in_id: UUID | None = None,
) -> UUID:
    row = services.ask(
        actor=accounts.actor_for(person),
        kind=kind,
        first=Point(first, Half.AM),
        last=Point(last, Half.PM),
        destination=destination,
        stand_in_id=stand_in_id,
    )
    played.requests += 1
    return row.id


def _decide(played: Played, head: UUID, row: UUID, *, agree: bool = True) -> None:
    comment = "" if agree else "窗口人手不足，请改期"
    services.decide(actor=accounts.actor_for(head), request_id=row, version=_version(row), agree=agree, comment=comment)
    played.granted += agree
    played.refused += not agree


def _version(row: UUID) -> int:
    return LeaveRequest.objects.values_list("version", flat=True).get(pk=row)


def _workdays(count: int) -> list[date]:
    is_workday: Callable[[date], bool] = store.workdays_from(clock.today())
    found: list[date] = []
    day = clock.today()
    while len(found) < count:
        day += timedelta(days=1)
        if is_workday(day):
            found.append(day)
    return found


def _on(day: date) -> AbstractContextManager[None]:
    return clock.shifted(timedelta(days=(day - clock.today()).days))

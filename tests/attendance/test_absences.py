"""Leave, trips and outings come as events and stand on the sheet by half days (issue 6)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from uuid import UUID, uuid4

import pytest

from backend.accounts import selectors as accounts
from backend.accounts.types import Role
from backend.attendance import receivers, selectors
from backend.attendance.models import Absence
from backend.attendance.types import Half, Mark
from backend.leave import services
from kernel import clock
from kernel.events import Event
from tests.factories import accounts as people
from tests.factories import attendance, leave

pytestmark = pytest.mark.django_db
NOVEMBER = date(2026, 11, 1)


@pytest.fixture
def _end_of_the_month() -> Iterator[None]:
    with clock.held(attendance.moment(date(2026, 10, 30), 8)):
        unit = people.organisation()
        attendance.shift(unit)
        people.official(Role.REVIEWER, unit, username="absent-one")
    with clock.held(attendance.moment(date(2026, 11, 29), 8)):
        yield


def told(name: str, request_id: UUID, person: UUID, kind: str = "annual", ends_on: str = "2026-11-24") -> None:
    data = {
        "request_id": str(request_id),
        "person_id": str(person),
        "kind": kind,
        "starts_on": "2026-11-20",
        "starts_half": "pm",
        "ends_on": ends_on,
        "ends_half": "am",
        "days": 2,
        "stand_in_id": None,
    }
    receivers.on_leave(
        Event(
            id=uuid4(), type=f"leave.{name}", version=1, subject_kind="leave", subject_id=request_id,
            organisation_id=None, occurred_at=clock.now(), data=data, sequence=1,
        )
    )  # fmt: skip


def marks(person: UUID) -> list[tuple[tuple[Mark, ...], list[Half]]]:
    days = selectors.month_of(accounts.actor_for(person), NOVEMBER).days
    return [(row.marks, list(row.away)) for row in days if 20 <= row.day.day <= 24]


@pytest.mark.usefixtures("_end_of_the_month")
def test_granted_shortened_and_cancelled() -> None:
    person = next(info.id for info in accounts.all_officials())
    request = uuid4()
    told("granted", request, person)
    rest = ((Mark.REST,), [])
    friday, monday = ((Mark.LEAVE, Mark.ABSENT), [Half.PM]), ((Mark.LEAVE,), [Half.AM, Half.PM])
    assert marks(person) == [friday, rest, rest, monday, ((Mark.LEAVE, Mark.ABSENT), [Half.AM])]
    told("returned", request, person, ends_on="2026-11-23")
    assert marks(person)[3:] == [((Mark.LEAVE, Mark.ABSENT), [Half.AM]), ((Mark.ABSENT,), [])]
    told("cancelled", request, person)
    assert not Absence.objects.exists()
    assert marks(person)[3] == ((Mark.ABSENT,), [])


@pytest.mark.usefixtures("_end_of_the_month")
@pytest.mark.parametrize(
    ("kind", "mark"), [("trip", Mark.TRIP), ("outing", Mark.OUTING), ("sick", Mark.LEAVE), ("marriage", Mark.LEAVE)]
)
def test_of_leave_the_sheet_does_not_say_what_sort(kind: str, mark: Mark) -> None:
    person = next(info.id for info in accounts.all_officials())
    told("granted", uuid4(), person, kind)
    assert marks(person)[3][0] == (mark,)
    assert Absence.objects.get().kind == mark.value


def test_what_heads_grant_reaches_the_sheet_and_leaves_it_again(deliver_events: Callable[[], int]) -> None:
    office = leave.office()
    attendance.shift(office.unit)
    actor = accounts.actor_for(office.person)
    row = leave.decided(leave.asked(office.person), office.head)

    def stands() -> tuple[Mark, ...]:
        deliver_events()
        return next(found.marks for found in selectors.month_of(actor, row.starts_on.replace(day=1)).days
                    if found.day == row.starts_on)  # fmt: skip

    assert stands() == (Mark.LEAVE,)
    services.cancel(actor=actor, request_id=row.id, version=row.version, reason="不用了")
    assert stands() == ()

"""Signing in and out: the server's time, no position kept, queued punches bounded, twice at once is one (issue 6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest

from backend.accounts import selectors as accounts
from backend.accounts.types import OrganisationInfo, Role
from backend.attendance import selectors, services
from backend.attendance.models import Punch
from backend.attendance.types import AttendanceError, Mark, PunchKind, Where
from backend.journal.models import JournalLine
from kernel import clock
from kernel.errors import DomainError
from tests.factories import accounts as people
from tests.factories import attendance

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)
NEAR = services.Position(**attendance.HERE)
FAR = services.Position(**attendance.FAR)


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with clock.held(attendance.moment(MONDAY, 8, 55)):
        yield


@pytest.fixture
def unit() -> OrganisationInfo:
    found = people.organisation()
    attendance.shift(found)
    attendance.place(found)
    return found


@pytest.fixture
def person(unit: OrganisationInfo) -> UUID:
    return people.official(Role.REVIEWER, unit)


def test_a_day_of_punches(person: UUID) -> None:
    actor = accounts.actor_for(person)
    before = selectors.today(actor)
    assert (before.next, before.verdict.marks, before.kept) == (PunchKind.IN, (), True)
    row = services.punch(actor=actor, kind=PunchKind.IN, position=NEAR)
    assert (row.at, row.where, row.queued) == (clock.now(), Where.INSIDE, False)
    attendance.punch(person, PunchKind.OUT, attendance.moment(MONDAY, 16, 0))
    with clock.held(attendance.moment(MONDAY, 18, 0)):
        evening = selectors.today(actor)
    assert (evening.verdict.marks, evening.verdict.early_minutes) == ((Mark.EARLY,), 90)


def test_nothing_of_a_position_is_kept(person: UUID) -> None:
    services.punch(actor=accounts.actor_for(person), kind=PunchKind.IN, position=FAR)
    kept = str(list(Punch.objects.values())) + str(list(JournalLine.objects.values_list("data", flat=True)))
    assert "outside" in kept
    assert str(attendance.FAR["latitude"])[:4] not in kept
    assert str(attendance.FAR["longitude"])[:5] not in kept


def test_the_same_within_a_minute_is_one_and_later_is_another(person: UUID) -> None:
    actor = accounts.actor_for(person)
    first = services.punch(actor=actor, kind=PunchKind.IN)
    with clock.held(clock.now() + timedelta(seconds=30)):
        assert services.punch(actor=actor, kind=PunchKind.IN).pk == first.pk
        assert services.punch(actor=actor, kind=PunchKind.OUT).pk != first.pk
    with clock.held(clock.now() + timedelta(seconds=90)):
        assert services.punch(actor=actor, kind=PunchKind.IN).pk != first.pk


def test_a_queued_punch_counts_at_its_own_time_within_bounds(person: UUID) -> None:
    actor, now = accounts.actor_for(person), clock.now()
    row = services.punch(actor=actor, kind=PunchKind.OUT, queued=True, punched_at=now - timedelta(hours=8))
    assert (row.day, row.queued, row.received_at) == (MONDAY, True, now)
    for bad in (now + timedelta(seconds=1), now - timedelta(hours=24, seconds=1), None):
        with pytest.raises(DomainError) as refused:
            services.punch(actor=actor, kind=PunchKind.OUT, queued=True, punched_at=bad)
        assert refused.value.code is AttendanceError.NOT_TIMELY
        assert refused.value.errors[0].pointer == "/punched_at"
    assert Punch.objects.count() == 1


def test_a_shift_may_ask_for_the_place(unit: OrganisationInfo, person: UUID) -> None:
    actor = accounts.actor_for(person)
    attendance.shift(unit, valid_from=MONDAY + timedelta(days=1), outside_allowed=False)
    with clock.held(clock.now() + timedelta(days=1)):
        for position in (FAR, None):
            with pytest.raises(DomainError) as refused:
                services.punch(actor=actor, kind=PunchKind.IN, position=position)
            assert refused.value.code is AttendanceError.OUTSIDE
            assert refused.value.params["places"] == "市民中心"
        assert services.punch(actor=actor, kind=PunchKind.IN, position=NEAR).where == Where.INSIDE


def test_units_without_a_shift_keep_no_attendance_and_shifts_reach_down(unit: OrganisationInfo) -> None:
    loose = accounts.actor_for(people.official(Role.REVIEWER))
    assert selectors.today(loose).kept is False
    with pytest.raises(DomainError) as refused:
        services.punch(actor=loose, kind=PunchKind.IN)
    assert refused.value.code is AttendanceError.NOT_KEPT
    below = accounts.actor_for(people.official(Role.REVIEWER, people.organisation(parent=unit)))
    assert selectors.today(below).kept is True


def test_what_is_in_force_is_not_changed(unit: OrganisationInfo) -> None:
    running = attendance.shift(people.organisation())
    wishes = {"actor": people.system(), "version": 1, "valid_from": MONDAY + timedelta(days=3), **services.USUAL}
    with pytest.raises(DomainError) as refused:
        services.change_shift(shift_id=running.id, **wishes)
    assert refused.value.code is AttendanceError.SHIFT_BEGUN
    coming = attendance.shift(unit, valid_from=MONDAY + timedelta(days=2))
    assert services.change_shift(shift_id=coming.id, **wishes).valid_from == MONDAY + timedelta(days=3)
    with pytest.raises(DomainError) as refused:
        attendance.shift(unit, valid_from=MONDAY + timedelta(days=3))
    assert refused.value.code is AttendanceError.SHIFT_TAKEN

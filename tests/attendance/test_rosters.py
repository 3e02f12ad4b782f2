"""Duty rosters: nobody twice at once, held by the database; who is at the window now, without a name (issue 6)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from backend.accounts import selectors as accounts
from backend.accounts.types import OrganisationInfo, Role
from backend.attendance import selectors, services
from backend.attendance.models import Duty
from backend.attendance.types import AttendanceError, Half, Mark, PunchKind, WindowNow
from backend.centres import selectors as centres
from backend.centres import services as centre_services
from backend.notifications.models import Notification
from kernel import clock
from kernel.actors import Actor
from kernel.errors import CommonError, DomainError
from tests.factories import accounts as people
from tests.factories import attendance
from tests.factories.centres import description, window

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)
SATURDAY = date(2026, 11, 28)


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with clock.held(attendance.moment(MONDAY, 8, 30)):
        yield


@pytest.fixture
def unit() -> OrganisationInfo:
    found = people.organisation()
    attendance.shift(found)
    windows = (window(), window("A02", box=[80, 20, 40, 30]))
    centre_services.import_centre(actor=people.system(), document=description(found, *windows))
    return found


@pytest.fixture
def windows(unit: OrganisationInfo) -> dict[str, UUID]:
    return {row.number: row.id for row in centres.windows(centre_code="test").values()}


@pytest.fixture
def head(unit: OrganisationInfo) -> Actor:
    return accounts.actor_for(people.official(Role.APPROVER, unit))


@pytest.fixture
def clerk(unit: OrganisationInfo) -> UUID:
    return people.official(Role.WINDOW_CLERK, unit, name="刘窗口")


def keep(actor: Actor, window_id: UUID, *wishes: services.Wish, version: int = 0) -> None:
    services.keep_roster(
        actor=actor, window_id=window_id, first=MONDAY, last=MONDAY + timedelta(days=6), version=version, wishes=wishes
    )


def refusal(act: Callable[[], object]) -> object:
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value.code


def test_nobody_is_on_duty_twice_at_once(
    head: Actor, clerk: UUID, windows: dict[str, UUID], deliver_events: Callable[[], int]
) -> None:
    morning = services.Wish(clerk, MONDAY, Half.AM, "3号工作人员")
    keep(head, windows["A01"], morning)
    with pytest.raises(DomainError) as refused:
        keep(head, windows["A02"], services.Wish(clerk, MONDAY, Half.PM), morning)
    assert (refused.value.code, refused.value.params["name"]) == (AttendanceError.PERSON_TWICE, "刘窗口")
    assert Duty.objects.count() == 1
    keep(head, windows["A02"], services.Wish(clerk, MONDAY, Half.PM))
    deliver_events()
    assert Notification.objects.filter(person_id=clerk, event_type="attendance.roster_changed").count() == 2


def test_the_database_itself_refuses_an_overlap(head: Actor, clerk: UUID, windows: dict[str, UUID]) -> None:
    keep(head, windows["A01"], services.Wish(clerk, MONDAY, Half.AM))
    row = Duty.objects.get()
    row.pk, row.window_id = people.official(), windows["A02"]
    row.starts_at += timedelta(hours=1)
    with pytest.raises(IntegrityError, match="attendance_person_not_twice"), transaction.atomic():
        row.save(force_insert=True)


def test_a_roster_is_written_anew_by_who_has_seen_it(head: Actor, clerk: UUID, windows: dict[str, UUID]) -> None:
    other = people.official(Role.WINDOW_CLERK)
    keep(head, windows["A01"], services.Wish(clerk, MONDAY, Half.AM))
    assert refusal(lambda: keep(head, windows["A01"])) is CommonError.STALE
    keep(head, windows["A01"], services.Wish(other, SATURDAY, Half.AM), version=1)
    found = selectors.roster(head, windows["A01"], MONDAY, SATURDAY)
    assert (found.version, [row.person_id for row in found.duties]) == (2, [other])
    assert refusal(lambda: keep(head, windows["A01"], services.Wish(windows["A01"], MONDAY, Half.AM), version=2)) is (
        AttendanceError.PERSON_UNKNOWN
    )
    late = services.Wish(clerk, MONDAY + timedelta(days=7), Half.AM)
    assert refusal(lambda: keep(head, windows["A01"], late, version=2)) is AttendanceError.ROSTER_PAST
    stranger = accounts.actor_for(people.official(Role.APPROVER))
    assert refusal(lambda: keep(stranger, windows["A01"], version=2)) is AttendanceError.WINDOW_NOT_FOUND


def test_who_is_at_the_window_now(head: Actor, clerk: UUID, windows: dict[str, UUID]) -> None:
    assert selectors.at_the_windows("test") == {}
    keep(head, windows["A01"], services.Wish(clerk, MONDAY, Half.AM, "3号工作人员"))

    def now(hour: int) -> WindowNow:
        with clock.held(attendance.moment(MONDAY, hour, 30)):
            return selectors.at_the_windows("test")["A01"]

    assert now(8) == WindowNow(rostered=False, staffed=False, shown_as="")
    assert now(10) == WindowNow(rostered=True, staffed=False, shown_as="3号工作人员")
    attendance.punch(clerk, PunchKind.IN, attendance.moment(MONDAY, 8, 50))
    assert now(10) == WindowNow(rostered=True, staffed=True, shown_as="3号工作人员")
    attendance.punch(clerk, PunchKind.OUT, attendance.moment(MONDAY, 11, 10))
    assert now(11) == WindowNow(rostered=True, staffed=False, shown_as="3号工作人员")
    assert now(14) == WindowNow(rostered=False, staffed=False, shown_as="")


def test_a_duty_on_saturday_is_a_day_of_work(head: Actor, clerk: UUID, windows: dict[str, UUID]) -> None:
    keep(head, windows["A01"], services.Wish(clerk, SATURDAY, Half.AM))
    with clock.held(attendance.moment(SATURDAY, 20)):
        days = {row.day: row.marks for row in selectors.month_of(accounts.actor_for(clerk), date(2026, 11, 1)).days}
    assert days[SATURDAY] == (Mark.ABSENT,)
    assert days[SATURDAY + timedelta(days=1)] == (Mark.REST,)


def test_who_leaves_office_stands_on_no_roster_any_more(head: Actor, clerk: UUID, windows: dict[str, UUID]) -> None:
    other = people.official(Role.WINDOW_CLERK)
    wishes = [services.Wish(person, SATURDAY, half) for person in (clerk, other) for half in Half]
    keep(head, windows["A01"], *wishes)
    assert services.drop_duties(person_id=clerk) == 2
    assert set(Duty.objects.values_list("person_id", flat=True)) == {other}
    assert services.drop_duties(person_id=clerk) == 0


def test_a_window_has_its_own_hours(unit: OrganisationInfo, head: Actor, clerk: UUID, windows: dict[str, UUID]) -> None:
    attendance.shift(
        unit, window_id=windows["A01"], pm_starts=None, pm_ends=None, am_starts=services.USUAL["am_starts"]
    )
    late = refusal(lambda: keep(head, windows["A01"], services.Wish(clerk, MONDAY, Half.PM)))
    assert late is AttendanceError.NO_SHIFT_THEN
    keep(head, windows["A02"], services.Wish(clerk, MONDAY, Half.PM))

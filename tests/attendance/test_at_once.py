"""Several at once: one punch of two devices, one duty of two rosters, no two heads waiting crosswise (issue 6)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, time, timedelta
from functools import partial
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connection

from backend.accounts import selectors as accounts
from backend.accounts.types import OrganisationInfo, Role
from backend.attendance import selectors, services
from backend.attendance.models import Correction, Duty, Punch
from backend.attendance.types import AttendanceError, Half, PunchKind
from backend.centres import selectors as centres
from backend.centres import services as centre_services
from kernel import clock
from kernel.errors import DomainError
from tests.factories import accounts as people
from tests.factories import attendance
from tests.factories.centres import description, window

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 3


def both(one: Callable[[], object], other: Callable[[], object]) -> list[object]:
    """What each of two acts that begin at the same moment came to: its value, or the code of its refusal."""
    gate = Barrier(2)

    def run(act: Callable[[], object]) -> object:
        try:
            gate.wait(timeout=10)
            return act()
        except DomainError as exc:
            return exc.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return [done.result() for done in [pool.submit(run, one), pool.submit(run, other)]]


@pytest.fixture
def unit() -> OrganisationInfo:
    found = people.organisation(parent=people.organisation())
    attendance.shift(found)
    return found


def test_one_punch_of_two_devices(unit: OrganisationInfo) -> None:
    for _ in range(ROUNDS):
        person = people.official(Role.REVIEWER, unit)
        punch = partial(services.punch, actor=accounts.actor_for(person), kind=PunchKind.IN)
        one, other = both(punch, punch)
        assert one == other
        assert Punch.objects.filter(person_id=person).count() == 1


def test_one_duty_of_two_rosters(unit: OrganisationInfo) -> None:
    head = accounts.actor_for(people.official(Role.APPROVER, unit))
    windows = (window(), window("A02", box=[80, 20, 40, 30]))
    centre_services.import_centre(actor=people.system(), document=description(unit, *windows))
    first, second = centres.windows(centre_code="test")
    for step in range(1, ROUNDS + 1):
        day = clock.today() + timedelta(days=step)
        wishes = [services.Wish(people.official(Role.WINDOW_CLERK, unit), day, Half.AM) for _ in range(2)]

        def keep(window_id: UUID, order: list[services.Wish], day: date = day) -> object:
            seen = selectors.roster(head, window_id, day, day).version
            return services.keep_roster(
                actor=head, window_id=window_id, first=day, last=day, version=seen, wishes=order
            ).window_id

        found = both(partial(keep, first, wishes), partial(keep, second, wishes[::-1]))
        assert found.count(AttendanceError.PERSON_TWICE) == 1, found
        assert Duty.objects.filter(day=day).count() == 2


def test_two_heads_who_ask_each_other_wait_for_nobody(unit: OrganisationInfo) -> None:
    heads = [accounts.actor_for(people.official(Role.APPROVER, unit)) for _ in range(2)]
    for step in range(1, ROUNDS + 1):
        ask = partial(
            services.ask_correction,
            day=clock.today() - timedelta(days=step),
            kind=PunchKind.OUT,
            hour=time(17, 40),
            reason="忘记签退",
        )
        both(partial(ask, actor=heads[0]), partial(ask, actor=heads[1]))
        assert Correction.objects.count() == 2 * step

"""Eight ask at once: a balance is never overdrawn, and nobody is away twice at the same time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import connection

from backend.leave.models import Balance, LeaveRequest
from kernel.errors import DomainError
from tests.factories import leave

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 8


def _outcome(act: Callable[[], object]) -> str:
    try:
        act()
    except DomainError as exc:
        return exc.code.code
    finally:
        connection.close()
    return "asked"


def test_parallel_requests_neither_overdraw_nor_overlap() -> None:
    office = leave.office()
    days = [leave.workday(number) for number in range(AT_ONCE)]
    years = {day.year for day in days}
    leave.asked(office.person, days[0])
    for year in years:
        row, _ = Balance.objects.get_or_create(
            person_id=office.person, kind="annual", year=year, defaults={"granted": 10}
        )
        Balance.objects.filter(pk=row.pk).update(used=Decimal(8))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        told = list(pool.map(lambda day: _outcome(lambda: leave.asked(office.person, day)), days[1:]))
    taken = {year: min(2, sum(day.year == year for day in days[1:])) for year in years}
    assert told.count("asked") == sum(taken.values())
    assert set(told) <= {"asked", "leave_balance_short"}
    for row in Balance.objects.filter(person_id=office.person, year__in=years):
        assert row.used == 8 + taken[row.year]
    LeaveRequest.objects.all().delete()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        ask = lambda _: _outcome(lambda: leave.asked(office.person, days[0], kind="personal"))  # noqa: E731
        told = list(pool.map(ask, range(AT_ONCE)))
    assert sorted(told) == ["asked", *["leave_overlap"] * (AT_ONCE - 1)]
